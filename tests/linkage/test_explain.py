"""Any two records can be explained: the terms add up to what a run would weigh."""

import duckdb
import polars as pl
import pytest

from pulih.linkage import words
from pulih.linkage.explain import explain, explain_many
from pulih.linkage.model import BLOCKING, COMPARISONS, MATCH
from pulih.linkage.pairs import LARGEST_BLOCK, cut_blocks
from tests.linkage.small import linked, record
from tests.make.linkage import register


def test_the_terms_add_up_to_the_weight_of_the_run(tmp_path):
    made = register(400, seed=6).records.to_dicts()
    rows = [{**row, "record_id": str(row["record_id"])} for row in made]
    weights = tmp_path / "weights.json"
    linked(tmp_path, rows, "--keep-weights", str(weights))
    by_id = {row["record_id"]: row for row in rows}
    pairs = pl.read_csv(tmp_path / "pairs.csv", infer_schema=False).to_dicts()
    assert len(pairs) > 50
    two = [(by_id[pair["record_a"]], by_id[pair["record_b"]]) for pair in pairs]
    told = explain_many(two, weights, levels=[pair["levels"] for pair in pairs])
    for pair, one in zip(pairs, told, strict=True):
        assert one.weight == pytest.approx(float(pair["weight"]), abs=2e-5)
        assert one.start + sum(term.bits for term in one.terms) == pytest.approx(one.weight)
        assert one.terms[-1].bits <= 0
    alone = explain_many(two, weights)
    agreeing = sum(
        one.terms[:-1] == other.terms[:-1] for one, other in zip(told, alone, strict=True)
    )
    assert agreeing > 0.8 * len(pairs)  # Who shares a telephone is not known of two alone.


def test_two_records_alone_are_enough(tmp_path):
    one = explain(record(1), record(2, owner_name="Hj. Sitti Aminah", nib=1234567890123))
    assert one.weight > MATCH
    assert [term.comparison for term in one.terms] == [
        *(comparison.name for comparison in COMPARISONS), "other firm",
    ]  # fmt: skip
    silent = next(term for term in one.terms if term.comparison == "registration")
    assert (silent.level, silent.bits, silent.right) == ("silent", 0, "1234567890123")


def test_a_nik_is_never_shown_whole():
    shown = str(explain(record(1), record(2)))
    assert "3204125203800007" not in shown
    assert "3204••••••••0007" in shown


def test_records_that_say_nothing_can_be_explained():
    nothing = explain({}, {"owner_name": "  "})
    assert {term.bits for term in nothing.terms[:-1]} == {0}


def test_every_level_has_its_words_in_both_languages():
    for comparison in COMPARISONS:
        assert words.NAMES[comparison.name].id
        for level in comparison.levels:
            said = words.says((comparison.name, level.name))
            assert said.id.endswith(".")
            assert said.en.endswith(".")


def test_every_rule_has_an_indonesian_name_of_its_own():
    assert set(words.RULES) == {rule.name for rule in BLOCKING}
    assert len(set(words.RULES.values())) == len(BLOCKING)


def test_a_cut_block_names_its_rule_in_the_language_of_the_sentence():
    connection, crowd = duckdb.connect(), LARGEST_BLOCK + 1
    keys = ", ".join(
        f"CAST({'7' if rule.name == 'first name in village' else 'NULL'} AS UBIGINT) AS k{at}"
        for at, rule in enumerate(BLOCKING)
    )
    connection.execute(f"CREATE TABLE keys AS SELECT range AS rec, {keys} FROM range({crowd})")
    connection.execute("CREATE TABLE cleaned AS SELECT 0 AS rec, 'r0' AS record_id")
    (found,) = cut_blocks(connection)
    assert (found.kind, found.count) == ("block: first name in village", crowd)
    assert "“nama depan dan desa”" in found.message.id
    assert "“first name in village”" in found.message.en
