"""Odd identities are told with every NIK cut, and only to the office whose firms they are."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.people.scope import speaking_for
from pulih.registry import actions
from pulih.registry.identity_findings import counts, odd_identities
from pulih.registry.models import Enterprise
from pulih.registry.nik import doubts
from tests.make import inbox
from tests.make import registry as make
from tests.people import cast

CODES = frozenset({"3212"})
LATER = date(2020, 6, 30)


def doubt(nik, sex=None):
    row = doubts(pl.lit(nik, pl.String), pl.lit(sex, pl.String), CODES)
    return pl.select(row).item()


SAID = {
    ("3212014101800001", "P"): None,
    ("3212014101800001", "L"): "sex",
    ("3212010101800001", "P"): "sex",
    ("3212013002800001", None): "birthday",
    ("3212019913800001", None): "birthday",
    ("3212012902800001", None): None,
    ("9912014101800001", None): "place",
    ("3212014101800000", None): "serial",
    (None, "P"): None,
}


@pytest.mark.parametrize(("said", "kind"), SAID.items())
def test_a_nik_that_contradicts_itself_is_doubted(said, kind):
    assert doubt(*said) == kind


@given(st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.booleans(), st.integers(1, 9999))
def test_no_nik_that_was_rightly_given_is_doubted(born, is_woman, serial):
    day = born.day + (40 if is_woman else 0)
    nik = f"321201{day:02d}{born:%m%y}{serial:04d}"
    assert doubt(nik, "P" if is_woman else "L") is None
    assert doubt(nik, "L" if is_woman else "P") == "sex"


@pytest.mark.django_db
def test_one_nik_with_two_peoples_names_is_told_cut():
    firms = make.firms(3, **make.indramayu())
    Enterprise.objects.filter(pk=firms[1].pk).update(nik=firms[0].nik)
    found = odd_identities(cast.planner(), cast.area("Kab. Indramayu"))
    several = [one for one in found if one.kind == "several_owners"]
    assert [[pk for pk, _ in one.firms] for one in several] == [[firms[0].pk, firms[1].pk]]
    assert firms[0].nik.whole not in str(found)
    assert counts(found)["several_owners"] == 1


@pytest.mark.django_db
def test_two_people_stay_found_when_their_firms_were_merged():
    one, two = make.firms(2, **make.indramayu())
    inbox.read(make.row(1), make.row(2, nik=make.nik(1)), **make.indramayu(), as_of=LATER)
    third = Enterprise.objects.latest("pk")
    actions.merge(one, third, reason="", by=cast.planner())
    one.refresh_from_db()
    found = odd_identities(cast.regency_officer(), cast.area("Kab. Indramayu"))
    (several,) = (found_ for found_ in found if found_.kind == "several_owners")
    assert several.firms == [(one.pk, one.name)]
    assert set(several.owners) == {make.FIRMS[1][1], make.FIRMS[2][1]}
    assert two.pk not in dict(several.firms)


@pytest.mark.django_db
def test_another_spelling_is_not_another_person():
    firms = make.firms(2)
    Enterprise.objects.update(nik=firms[0].nik)
    Enterprise.objects.filter(pk=firms[1].pk).update(owner_name="Hj. Siti Maimunah")
    found = odd_identities(cast.planner(), cast.area("Jawa Barat"))
    assert counts(found)["several_owners"] == 0


@pytest.mark.django_db
def test_another_office_is_told_nothing():
    firms = make.firms(2, **make.indramayu())
    Enterprise.objects.filter(pk=firms[1].pk).update(nik=firms[0].nik)
    stranger = cast.regency_officer("Kota Bandung")
    with speaking_for(stranger):
        assert odd_identities(stranger, cast.area("Kab. Indramayu")) == []
