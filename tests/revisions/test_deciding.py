"""Who decides what is the KPA's, and the numbers of revisions that take effect at one moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from pulih.people.scope import speaking_for
from pulih.revisions import actions
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import Revision
from tests.make import budget, ledger
from tests.make import revisions as make
from tests.people import cast

JUNE_22 = date(2020, 6, 22)
REVISIONS = 5


def proposed():
    """A shift between accounts, for the KPA to decide, and its unit's first line."""
    one, other = make.two_lines()
    revision = make.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    actions.propose(revision, by=cast.provincial_officer())
    revision.refresh_from_db()
    assert revision.authority == "KPA"
    return revision, one


@pytest.mark.django_db
def test_what_is_the_kpas_is_decided_by_who_is_appointed_kpa_on_that_day():
    revision, line = proposed()
    kpa = ledger.officer(line, "kpa", valid_from=date(2020, 6, 20))
    ppk = ledger.officer(line, "ppk")
    for by, office, on in (
        (ppk, "KPA", JUNE_22),
        (kpa, "KPA", date(2020, 6, 19)),  # Not appointed yet.
        (kpa, "KANWIL", JUNE_22),
    ):
        with speaking_for(by), pytest.raises(PermissionDenied):
            actions.approve(revision, office=office, letter_number="1", letter_date=on, by=by)
    with speaking_for(kpa):
        actions.approve(revision, office="KPA", letter_number="1", letter_date=JUNE_22, by=kpa)
    revision.refresh_from_db()
    assert (revision.state, revision.authority) == ("approved", "KPA")


@pytest.mark.slow  # Other connections and a database made again: nothing less proves it.
@pytest.mark.django_db(transaction=True)
def test_revisions_of_one_unit_that_take_effect_at_once_have_each_a_number():
    unit = budget.unit()
    lines = [
        budget.line(unit, f"3038.001.05{n}.A.{account}", ceiling=1_000)
        for n in range(REVISIONS)
        for account in ("521211", "522151")
    ]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    every = [
        make.approved(make.draft(DraftLine(900, one.pk), DraftLine(1_100, other.pk)))
        for one, other in pairs
    ]
    planner = cast.planner()

    def put_in_force(revision):
        try:
            with speaking_for(planner):
                actions.put_in_force(revision, effective_on=JUNE_22, by=planner)
        finally:
            connection.close()

    with ThreadPoolExecutor(REVISIONS) as pool:
        list(pool.map(put_in_force, every))
    numbers = Revision.objects.filter(unit=unit).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, REVISIONS + 1))
