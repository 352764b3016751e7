"""From Rp113.15 bn planned on 6 April to Rp75.77 bn left on 28 April, as the ledger tells it."""

from datetime import date

import pytest

from pulih.budget import actions
from pulih.budget.models import BudgetLine, Posting, SpendingUnit
from pulih.common.errors import Refusal
from pulih.portal.models import Scenario
from pulih.scenarios.refocusing_2020.account import rows
from pulih.scenarios.refocusing_2020.build import build
from pulih.scenarios.refocusing_2020.figures import TOTALS, UNITS, USES
from pulih.scenarios.refocusing_2020.story import refocused, tell
from tests.make import budget as make

SEVENTH, TWENTY_NINTH = date(2020, 4, 7), date(2020, 4, 29)


def test_every_split_adds_up_to_what_is_printed():
    assert sum(unit.ceiling for unit in UNITS) == TOTALS["ceiling"]
    assert sum(unit.cut for unit in UNITS) == TOTALS["cut"]
    assert sum(unit.given for unit in UNITS) == TOTALS["planned_in_one_report"]
    assert sum(unit.given + unit.late for unit in UNITS) == TOTALS["planned"]
    assert sum(unit.left for unit in UNITS) == TOTALS["left"]
    assert sum(use.planned for use in USES) == TOTALS["planned"]
    assert sum(use.left for use in USES) == TOTALS["left"]
    assert sum(use.planned for use in USES if use.is_ikm) == TOTALS["planned_for_ikm"]
    assert sum(use.left for use in USES if use.is_ikm) == TOTALS["left_for_ikm"]


def test_what_is_public_is_told_from_what_is_assumed():
    assert {unit.code: unit.left for unit in UNITS if "left" in unit.public} == {
        "019001": 1_100_000_000,
        "019003": 105_250_000,
    }
    public = [use.left for use in USES if use.public]
    assert sorted(public) == sorted(
        [24_900_000_000, 8_710_000_000, 11_350_000_000, 11_940_000_000, 3_000_000_000, 10_000_000]
    )


@pytest.mark.django_db
def test_the_ledger_answers_for_both_days_as_known_on_both():
    tell(by=make.system())
    as_known = {
        (day, known): refocused(day, known)
        for day in (SEVENTH, TWENTY_NINTH)
        for known in (SEVENTH, TWENTY_NINTH)
    }
    assert as_known[SEVENTH, SEVENTH].total == 113_120_000_000  # One document is not known yet.
    assert as_known[SEVENTH, TWENTY_NINTH].total == 113_150_000_000
    assert as_known[TWENTY_NINTH, SEVENTH].total == 113_120_000_000
    assert as_known[TWENTY_NINTH, TWENTY_NINTH].total == 75_770_000_000
    assert as_known[SEVENTH, TWENTY_NINTH].for_ikm == 92_000_000_000
    assert as_known[TWENTY_NINTH, TWENTY_NINTH].for_ikm == 59_910_000_000
    for answer in as_known.values():
        assert len(answer.by_source) == 9
        assert len(answer.by_use) == 10
        assert sum(answer.by_source.values()) == answer.total


@pytest.mark.django_db
def test_nine_sources_and_many_uses_make_one_sum_and_the_cut_comes_on_top():
    tell(by=make.system())
    lines = BudgetLine.objects.filter(fiscal_year=2020)
    assert SpendingUnit.objects.filter(lines__in=lines).distinct().count() == 9
    assert lines.totals()["ceiling"] == 2_093_000_000_000
    assert actions.check_balances() == []


@pytest.mark.django_db
def test_the_story_told_twice_is_one_story():
    tell(by=make.system())
    count = Posting.objects.count()
    tell(by=make.system())
    assert Posting.objects.count() == count


@pytest.mark.django_db
def test_the_story_is_never_told_beside_another_scenario():
    Scenario.objects.create(name="covid_2020", day=date(2020, 6, 15))
    with pytest.raises(Refusal, match="another scenario"):
        build({}, by=make.system())
    assert not Posting.objects.exists()


@pytest.mark.django_db
def test_the_account_adds_up_source_by_source_and_use_by_use():
    tell(by=make.system())
    told = rows("en")
    total, for_ikm = told[-2:]
    assert total == ("Total", "113.12", "113.15", "75.77")
    assert for_ikm[2:] == ("92.00", "59.91")
    at = [name for name, *_amounts in told].index("To")
    assert (at - 1, len(told) - 2 - at - 1) == (9, 10)  # Nine sources to ten uses.
    assert ("Penumbuhan wirausaha baru, dekonsentrasi", "24.90") in {
        (name, left) for name, _known, _planned, left in told
    }
    assert BudgetLine.objects.filter(authority="DK").totals()["ceiling"] == 24_900_000_000
