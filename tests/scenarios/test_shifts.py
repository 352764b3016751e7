"""The revisions of the scenario's units go through their states, each step on its day."""

from datetime import date

import pytest

from pulih.budget.actions import check_balances, check_chains
from pulih.budget.models import BudgetLine
from pulih.common.periods import WIB
from pulih.revisions.models import Revision, RevisionState
from pulih.scenarios.covid_2020 import money, pok, shifts
from pulih.scenarios.covid_2020.people import CAST, add_people
from pulih.scenarios.covid_2020.shares import province_shares
from tests.make import areas
from tests.make import budget as make

SEED = 2020
SHARES = {share.code: share for share in province_shares(2_000, SEED)}


def lived(code):
    lines = pok.lines_of(SHARES[code], SEED)
    unit = make.unit(areas.province(SHARES[code].place.name), pok.unit_code(code))
    for line in lines:
        make.line(unit, line.key, ceiling=line.ceiling)
    money._live(money.Year(unit.code, code, lines), SEED, make.system())
    return unit, lines


@pytest.fixture
def people(db):
    add_people({character.username: "x" for character in CAST})


def test_all_fates_are_among_the_34_units():
    fates = {shifts.FATE_OF.get(code, shifts.FATES[int(code) % 7]) for code in SHARES}
    assert fates == set(shifts.FATES)
    assert {*fates, RevisionState.SUPERSEDED} == set(RevisionState.values)


@pytest.mark.parametrize("code", ["63", "32"])
def test_a_units_lines_stand_where_its_papers_and_revisions_leave_them(people, code):
    unit, lines = lived(code)
    fate = shifts.FATE_OF[code]
    may, june = Revision.objects.filter(unit=unit).order_by("made_at")
    assert (may.state, june.state) == (
        ("superseded", "in_force") if fate == "in_force" else ("in_force", fate)
    )
    assert june.made_at.astimezone(WIB).date() == date(2020, 6, 2)
    days = [step.at.astimezone(WIB).date() for step in may.steps.order_by("id")][:4]
    assert days == [date(2020, 5, 14), date(2020, 5, 15), date(2020, 5, 20), date(2020, 5, 22)]
    assert len({step.by_id for step in may.steps.all()}) == 2
    said = {line.key: line for line in lines}
    now = {line.line_key: line.amounts for line in BudgetLine.objects.filter(unit=unit)}
    assert sum(one.ceiling for one in now.values()) == sum(one.ceiling for one in lines)
    assert now[f"{pok.ACTIVITY}.{shifts.MASKS}"].ceiling > said[
        f"{pok.ACTIVITY}.{shifts.MASKS}"
    ].ceiling  # fmt: skip
    for key, one in now.items():
        line = said[key]
        assert (one.committed, one.realised, one.blocked) == (
            line.committed, line.realised, line.blocked,
        )  # fmt: skip
    assert check_balances() == []
    assert list(check_chains()) == []


def test_a_returned_revision_says_why(people):
    unit, _lines = lived("32")
    (returned,) = Revision.objects.filter(unit=unit, state="returned")
    assert returned.steps.latest("id").note == shifts.WHY_RETURNED
