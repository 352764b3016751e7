"""Generated NIK and telephones are well formed and nobody's, also where a typist slipped."""

from collections import Counter
from datetime import date

import polars as pl
import pytest

from pulih import places
from pulih.places import Level, Scheme
from pulih.registry.nik import doubts
from pulih.scenarios.covid_2020 import numbers, slips
from pulih.scenarios.covid_2020.firms import firms_of
from pulih.scenarios.covid_2020.shares import province_shares

SEED = 2020
BORN = date(1980, 2, 1)


@pytest.fixture(scope="module")
def lists():
    return {share.code: list(firms_of(share, SEED)) for share in province_shares(20_000, SEED)}


@pytest.fixture(scope="module")
def firms(lists):
    return [firm for listed in lists.values() for firm in listed]


@pytest.fixture(scope="module")
def typed(lists):
    return [
        firm for code, listed in lists.items() for firm in slips.typed(listed, f"{SEED} {code}")
    ]


def is_nobodys(nik: str) -> bool:
    """Tell whether no real person can have a number: its serial is never reached, or it is cut."""
    return len(nik) != 16 or nik[12:] == "0000" or nik[12:] >= "9000"


def test_no_number_can_be_a_persons(firms, typed):
    for firm in [*firms, *typed]:
        assert firm.nik is None or is_nobodys(firm.nik)
        assert firm.phone is None or firm.phone[4:8] == "0000"


def test_every_number_is_well_formed_and_says_the_owners_sex(firms):
    codes = {
        code.value
        for place in places.all_places()
        if place.level == Level.REGENCY
        for code in places.dated_codes(place, Scheme.KEMENDAGRI)
    }
    said = pl.DataFrame({"nik": [firm.nik for firm in firms], "sex": [firm.sex for firm in firms]})
    found = said.select(doubts(pl.col("nik"), pl.col("sex"), codes)).to_series()
    assert found.null_count() == said.height
    assert said["nik"].null_count() < said.height / 10


def test_a_number_is_one_owners(firms):
    owners: dict[str, set[str]] = {}
    for firm in firms:
        if firm.nik:
            owners.setdefault(firm.nik, set()).add(firm.owner)
    assert max(len(names) for names in owners.values()) == 1


def test_the_owner_and_her_birthday_give_the_number():
    people = "Siti", "Siti", "Budi"
    siti, again, budi = (numbers.nik("321201", BORN, "P", name) for name in people)
    assert siti == again
    assert siti[:13] == budi[:13] == "3212014102809"
    assert siti != budi


def test_typists_slip_in_one_or_two_of_a_hundred_numbers(firms, typed):
    both = [(firm.nik, other.nik) for firm, other in zip(firms, typed, strict=True)]
    slipped = [(meant, said) for meant, said in both if meant != said]
    assert 0.01 < len(slipped) / len(both) < 0.02
    assert all(said for _meant, said in slipped)
    seen = Counter()
    for meant, said in slipped:
        seen["cut"] += len(said) < 16
        seen["serial"] += len(said) == 16 and said.endswith("0000")
        seen["somebody_elses"] += (meant or "")[:4] == said[:4] and said in {n for n, _ in both}
    assert min(seen.values()) > 10, seen


def test_typing_changes_numbers_alone_and_always_the_same(lists):
    listed = lists["32"]
    once, twice = (slips.typed(listed, f"{SEED} 32") for _ in range(2))
    assert once == twice != listed
    pairs = zip(listed, once, strict=True)
    assert all({**vars(one), "nik": ""} == {**vars(other), "nik": ""} for one, other in pairs)
