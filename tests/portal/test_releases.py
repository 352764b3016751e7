"""What PostgreSQL holds of releases, whatever a program forgets."""

import pytest
from django.db import Error, transaction
from django.utils import timezone

from pulih.people.scope import speaking_for
from pulih.portal.models import Cell, Release
from tests.make.portal import release, steward
from tests.people import cast

pytestmark = pytest.mark.django_db


def refused(make) -> bool:
    try:
        with transaction.atomic():
            make()
    except Error:
        return True
    return False


def cell(of: Release, **values) -> Cell:
    usual = {"dataset": "impact", "measure": "affected_firms", "period": "2020-06-15", "area": "ID"}
    usual |= {"area_level": "country", "dimension": "all", "value": 5}
    return Cell.objects.create(release=of, **{**usual, **values})


def test_who_made_a_release_does_not_publish_it():
    maker, other = steward(), steward("walidata_b")
    one = release(made_by=maker)
    now = timezone.now()

    def publish(by):
        return Release.objects.filter(pk=one.pk).update(published_by=by, published_at=now)

    assert refused(lambda: publish(maker))
    assert publish(other) == 1


def test_a_restatement_says_why():
    old = release()
    assert refused(lambda: release("2020-06-15.2", restates=old))
    assert release("2020-06-15.2", restates=old, restatement_reason="Berkas terlambat").pk


@pytest.mark.parametrize(
    ("value", "marker", "holds"),
    [
        (5, "", True),
        (5, "[r]", True),
        (None, "[c]", True),
        (None, "[x]", True),
        (5, "[c]", False),
        (None, "", False),
        (None, "[p]", False),
    ],
)
def test_a_cell_has_a_number_or_says_why_not(value, marker, holds):
    one = release()
    assert refused(lambda: cell(one, value=value, marker=marker)) is not holds


def test_a_cell_stands_once_and_is_never_changed():
    one = release()
    kept = cell(one)
    assert refused(lambda: cell(one))
    assert refused(lambda: Cell.objects.filter(pk=kept.pk).update(value=6))
    assert kept.cell == "affected_firms|2020-06-15|ID|all|"


def test_an_office_sees_no_release_before_it_is_published():
    cell(release())
    with speaking_for(cast.provincial_officer()):
        assert not Release.objects.exists()
        assert not Cell.objects.exists()
