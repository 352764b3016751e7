"""Two records side by side: differences are marked, numbers stay cut, bars add up."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pulih.linkage.explain import explain
from pulih.linkage.model import MATCH, REVIEW
from pulih.registry import pairs, waterfall

LEFT = {
    "business_name": "Konveksi Sari Wangi",
    "owner_name": "Siti Maemunah",
    "nik": "3212014101800007",
    "phone": "0819-1120-0001",
    "village": "Paoman",
    "product": "masker kain, seragam",
    "workers": 6,
}
RIGHT = {
    **LEFT,
    "business_name": "Sari Wangi Collection",
    "nik": "3212014101800070",
    "phone": "+62 819 1120 0001",
    "product": "gamis, masker",
    "workers": 2,
}


@pytest.fixture
def rows():
    with override("en"):
        return {row.name: row for row in pairs.compared(LEFT, RIGHT, "en")}


def test_words_that_only_one_side_has_are_marked(rows):
    assert [p.text for p in rows["business_name"].left if p.is_other] == ["Konveksi"]
    assert [p.text for p in rows["business_name"].right if p.is_other] == ["Collection"]
    assert rows["business_name"].tone == "diff"


def test_two_numbers_that_differ_clash_and_stay_cut(rows):
    assert rows["nik"].tone == "clash"
    assert rows["nik"].says == "two digits swapped"
    shown = "".join(piece.text for piece in (*rows["nik"].left, *rows["nik"].right))
    assert LEFT["nik"] not in shown
    assert "••••" in shown


def test_one_telephone_written_two_ways_is_the_same(rows):
    assert (rows["phone"].verdict, rows["phone"].sign) == ("same", "+")


def test_two_telephones_that_differ_where_they_are_cut_say_so():
    with override("en"):
        (row,) = (
            row
            for row in pairs.compared({"phone": "081911200001"}, {"phone": "+6281911200002"}, "en")
            if row.name == "phone"
        )
    assert (row.verdict, row.says) == ("differs", "different in the part that is cut")


@pytest.mark.parametrize(("right", "says"), [
    ("9120003334445", "different"),
    ("8120999992223", "different in the part that is cut"),
])  # fmt: skip
def test_two_business_numbers_are_said_to_differ_where_they_do(right, says):
    with override("en"):
        rows = pairs.compared({"nib": "8120001112223"}, {"nib": right}, "en")
    assert {row.name: row.says for row in rows}["nib"] == says


def test_what_neither_tells_is_left_out_unless_it_is_a_number_of_identity(rows):
    assert "npwp" not in rows
    assert rows["nib"].says == "in neither"


@given(st.dictionaries(st.sampled_from(list(pairs.LABELS)), st.text("Sari 08.", max_size=8)))
def test_a_record_beside_itself_differs_nowhere(values):
    assert all(row.tone == "" for row in pairs.compared(values, values, "id"))


@given(st.lists(st.floats(-20, 20), max_size=7), st.floats(-40, 40))
def test_the_bars_add_up_to_the_weight_that_is_shown(bits, weight):
    terms = [{"comparison": "place", "bits": b, "says_id": "", "says_en": ""} for b in bits]
    drawn = waterfall.of_terms(terms, weight, "id")
    assert sum(bar.bits for bar in drawn.bars) == pytest.approx(drawn.weight, abs=0.1)
    assert 0 <= drawn.probability <= 1
    for bar in (*(each.fall for each in drawn.bars), drawn.sum):
        assert bar.x >= 0
        assert bar.x + bar.length <= drawn.width + 0.2


def test_kept_terms_give_the_same_drawing_as_a_fresh_explanation():
    explained = explain(LEFT, RIGHT)
    kept = [
        {
            "comparison": term.comparison,
            "bits": term.bits,
            "says_id": term.says.id,
            "says_en": term.says.en,
        }
        for term in explained.terms
    ]
    fresh = waterfall.of_explained(explained, "en")
    assert waterfall.of_terms(kept, explained.weight, "en") == fresh


def test_a_weight_at_a_threshold_decides_as_linkage_does():
    just_below = (MATCH - 0.01, REVIEW - 0.01)
    assert [waterfall.decision(w) for w in (MATCH, REVIEW)] == ["match", "review"]
    assert [waterfall.decision(w) for w in just_below] == ["review", "no"]
