"""What a sub-district says where the village is not written, or names two villages."""

import pytest

from pulih.linkage.explain import explain
from tests.linkage.small import record

BARE = dict.fromkeys(("village_code", "address", "nik", "phone"))


def place(one, other):
    """Return the level of place and the weight of two records of one owner, told their places."""
    told = explain(record(1, **BARE | one), record(2, **BARE | other))
    return {term.comparison: term.level for term in told.terms}["place"], told.weight


@pytest.mark.parametrize(
    "other",
    [
        {"district_code": "320412"},
        {"district": "Kec. Dayeuhkolot"},
        {"district": "DAYEUH KOLOT"},
        {"district": "Dayeukolot"},
        {"village_code": "3204122003"},
    ],
)
def test_a_code_a_name_and_a_slip_tell_one_district(other):
    assert place({"village": None, "district": "Dayeuhkolot"}, {"village": None} | other)[0] == (
        "district, village unknown"
    )


def test_without_a_village_the_district_speaks_for_one_firm_and_against():
    silent = {"village": None}
    same, more = place({"district": "Dayeuhkolot"}, silent | {"district": "Dayeuhkolot"})
    unknown, bits = place({"district": "Dayeuhkolot"}, silent)
    differs, less = place({"district": "Dayeuhkolot"}, silent | {"district": "Pangalengan"})
    assert same == "district, village unknown"
    assert unknown == "regency, village unknown"
    assert differs == "another district, village unknown"
    assert more > bits > less


def test_villages_of_one_name_in_two_districts_are_two():
    level, _ = place({"district": "Dayeuhkolot"}, {"district": "Pangalengan"})
    assert level == "regency"
