"""An email address is one person's, unless a clerk gave one to many."""

import pytest

from pulih.linkage.explain import explain
from tests.linkage.small import linked, record

BARE = dict.fromkeys(("nik", "phone", "address", "village", "village_code", "year_established"))
MAIL = "siti.aminah@example.id"
CUT_SHORT: dict[str, str | None] = {**BARE, "owner_name": "Aminah S", "email": MAIL}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (MAIL, "Siti.Aminah@Example.ID", "same"),
        (MAIL, f"{MAIL}; ujang@example.id", "same"),
        (MAIL, f"mailto:{MAIL}", "same"),
        (MAIL, "ujang@example.id", "differs"),
        (MAIL, None, "silent"),
        (MAIL, "tidak ada", "silent"),
        ("@", "@", "silent"),
    ],
)
def test_emails_are_compared_whatever_their_case(one, other, level):
    told = explain(record(1, email=one), record(2, email=other))
    assert {term.comparison: term.level for term in told.terms}["email"] == level


def test_records_that_only_an_email_brings_together_are_one_firm(tmp_path):
    other = {**CUT_SHORT, "owner_name": "Siti", "business_name": None}
    found = linked(tmp_path, [record(1, **CUT_SHORT), record(2, **other)])
    assert found["1"] == found["2"]


def test_an_email_of_many_owners_says_nothing(tmp_path):
    names = ("Ujang", "Wayan", "Dewi", "Hasan", "Rina", "Maria", "Lukas")
    rows = [record(at, **BARE | {"owner_name": name, "business_name": None, "email": MAIL})
            for at, name in enumerate(names)]  # fmt: skip
    assert len(set(linked(tmp_path, rows).values())) == len(names)
