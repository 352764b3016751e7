"""What holds for all records: order, strangers, repetition; our SQL against Splink's."""

import random
from itertools import combinations

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.linkage import compared as columns
from pulih.linkage import model, pairs, score, train, weights
from pulih.linkage.clean import NIK_PARTS, clean
from pulih.linkage.command import main
from pulih.linkage.compact import make_compact
from pulih.linkage.read import read_table
from tests.examples import examples
from tests.linkage.small import linked, record, write
from tests.make.linkage import register

LOOSE = settings(
    max_examples=examples(3),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def few(records, seed=3):
    made = register(records, seed=seed)
    return [{**row, "record_id": str(row["record_id"])} for row in made.records.to_dicts()]


@pytest.fixture
def cleaned(tmp_path):
    connection = duckdb.connect(config={"threads": 2})
    assert read_table(connection, write(tmp_path, few(700)), into="given") == []
    clean(connection)
    make_compact(connection)
    pairs.add_keys(connection)
    connection.execute(f"CREATE TABLE pairs AS {pairs.pairs_sql()}")
    return connection


@LOOSE
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tmp_path, chance):
    rows = few(150)
    before = linked(tmp_path, rows)
    chance.shuffle(rows)
    assert linked(tmp_path, rows) == before


@LOOSE
@given(st.integers(0, 10**6))
def test_a_stranger_changes_nothing_elsewhere(tmp_path, seed):
    rows = few(120)
    before = linked(tmp_path, rows)
    word = "".join(random.Random(seed).choices("bdgklmnr", k=9))
    stranger = {"record_id": "zz", "owner_name": word, "village": word[::-1], "product": word}
    after = linked(tmp_path, [*rows, stranger])
    assert after.pop("zz") == "zz"
    assert after == before


def test_one_record_of_each_enterprise_stays_alone(tmp_path):
    rows = few(300)
    found = linked(tmp_path, rows)
    alone = [row for row in rows if found[row["record_id"]] == row["record_id"]]
    firsts = linked(tmp_path, alone)
    joined = sum(enterprise != one for one, enterprise in firsts.items())
    assert joined <= 0.02 * len(firsts)


def test_enterprises_bear_their_smallest_id_and_numbers_come_before_text(tmp_path):
    found = linked(tmp_path, [record("10"), record("9"), record("a")])
    assert set(found.values()) == {"9"}


def test_keys_bring_together_nearly_all_of_one_firm_that_would_match(cleaned):
    """The slow reference: every pair of all is weighed."""
    truth = register(700, seed=3).truth
    firms = dict(zip(truth["record_id"].cast(pl.String), truth["firm"], strict=True))
    firm = {
        rec: firms[record_id]
        for rec, record_id in cleaned.execute("SELECT rec, record_id FROM cleaned").fetchall()
    }
    shipped = weights.shipped()
    score.score(cleaned, shipped, above=model.MATCH)
    quick = set(cleaned.execute("SELECT a, b FROM scored").fetchall())
    (many,) = cleaned.execute("SELECT count(*) FROM cleaned").fetchall()[0]
    cleaned.execute("CREATE OR REPLACE TABLE pairs (a INTEGER, b INTEGER)")
    every = list(combinations(range(many), 2))
    frame = pl.DataFrame(every, schema=["a", "b"], orient="row").to_arrow()
    cleaned.register("every", frame)
    cleaned.execute("INSERT INTO pairs FROM every")
    score.score(cleaned, shipped, above=model.MATCH)
    slow = set(cleaned.execute("SELECT a, b FROM scored").fetchall())
    assert quick <= slow
    right = {(a, b) for a, b in slow if firm[a] == firm[b]}  # What keys keep apart else is luck.
    assert len(quick & right) >= 0.97 * len(right)


def test_our_weights_are_splinks(cleaned):
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    shipped = weights.shipped()
    cleaned.execute("CREATE TABLE keyed AS FROM cleaned JOIN keys USING (rec)")
    rules = [f"l.k{at} = r.k{at}" for at in range(len(model.BLOCKING))]
    settings_of_splink = train.settings(shipped, blocking=rules, unique_id="rec")
    linker = Linker(DuckDBAPI(connection=cleaned).register("keyed"), settings_of_splink)
    theirs = linker.inference.predict().as_duckdbpyrelation().to_arrow_table()
    cleaned.register("theirs", theirs)
    score.score(cleaned, shipped, above=None)
    names = [f"gamma_{comparison.name}" for comparison in model.COMPARISONS]
    levels = " OR ".join(f"ours.{name} <> theirs.{name}" for name in names)
    bits = columns.splink_sql(shipped).replace("CASE gamma_", "CASE ours.gamma_")
    compared = cleaned.execute(f"""
        SELECT count(*), max(abs({bits} - match_weight)), count(*) FILTER ({levels})
        FROM scored AS ours JOIN theirs ON a = least(rec_l, rec_r) AND b = greatest(rec_l, rec_r)
    """).fetchall()[0]
    (ours,) = cleaned.execute("SELECT count(*) FROM scored").fetchall()[0]
    assert compared[0] == ours == len(theirs) > 500
    assert compared[1] < 2e-5
    assert compared[2] == 0


def test_no_pair_worth_a_look_is_dropped_by_its_numbers(cleaned):
    """Also where NIK were typed with every kind of slip."""
    slips = (
        "substr(nik, 1, 3) || substr(nik, 5) || '7'",
        "substr(nik, 2)",
        "left(nik, 12) || '0000'",
    )
    for at, slip in enumerate(slips):
        cleaned.execute(f"UPDATE cleaned SET nik = {slip} WHERE rec % 11 = {at}")
    parts = ", ".join(f"{name} = {sql.format('nik')}" for name, sql in NIK_PARTS.items())
    cleaned.execute(f"UPDATE cleaned SET {parts}")
    make_compact(cleaned)
    score.score(cleaned, weights.shipped(), above=None, into="whole")
    for above in (model.REVIEW, model.MATCH):
        score.score(cleaned, weights.shipped(), above=above)
        kept = cleaned.execute("SELECT a, b, weight FROM scored ORDER BY ALL").fetchall()
        worth = f"SELECT a, b, weight FROM whole WHERE weight >= {above} ORDER BY ALL"
        assert kept == cleaned.execute(worth).fetchall()
        assert len(kept) > 100


@pytest.mark.slow  # Six hundred records are linked three times.
def test_arrivals_join_the_register_as_they_would_all_together(tmp_path):
    rows = few(600)
    known, arrivals = rows[:500], rows[500:]
    whole = linked(tmp_path, rows)
    held = linked(tmp_path, known)
    clusters = write(tmp_path, [{"record_id": k, "enterprise_id": v} for k, v in held.items()],
                     "held")  # fmt: skip
    known_file, arrivals_file = write(tmp_path, known, "known"), write(tmp_path, arrivals, "new")
    out = tmp_path / "arrived.csv"
    against = ["--against", str(known_file), "--against-clusters", str(clusters)]
    assert main([str(arrivals_file), "--out", str(out), *against]) == 0
    found = dict(pl.read_csv(out, infer_schema=False).iter_rows())
    assert found.keys() == {row["record_id"] for row in arrivals}
    firm_of = {k: v for k, v in whole.items() if k in found}
    known_ids = {row["record_id"] for row in known}
    expected_known = {k for k, v in firm_of.items()
                      if any(whole[other] == v for other in known_ids)}  # fmt: skip
    landed = {k for k, v in found.items() if v in set(held.values())}
    assert len(landed ^ expected_known) <= 3


def test_an_arrival_that_bridges_two_known_enterprises_joins_one_and_asks(tmp_path):
    held = [{"record_id": "1", "enterprise_id": "A"}, {"record_id": "2", "enterprise_id": "B"}]
    index = tmp_path / "index"
    known = write(tmp_path, [record(1), record(2, owner_name="Siti Aminnah")], "known")
    from pulih.linkage.command import prepare_index

    assert prepare_index([str(known), "--clusters", str(write(tmp_path, held, "held")),
                          "--out", str(index)]) == 0  # fmt: skip
    found = linked(tmp_path, [record(3)], "--against", str(index))
    assert found == {"3": "A"}
    decisions = pl.read_csv(tmp_path / "pairs.csv", infer_schema=False)
    assert sorted(decisions["decision"]) == ["match", "review"]
