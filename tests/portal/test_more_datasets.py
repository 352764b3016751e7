"""Revisions, contracts, reports and the reach of help, counted from what the rooms keep."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from pulih.common.periods import WIB
from pulih.delivery.actions import certificates, followups
from pulih.delivery.actions.followups import GivenAnswer
from pulih.people.scope import speaking_for
from pulih.portal.areas import areas_on
from pulih.portal.datasets import (
    DATASETS,
    Moment,
    complaints,
    contracts,
    help_given,
    reach,
    reports,
    revisions,
    training_funnel,
)
from pulih.portal.datasets import budget as budget_dataset
from pulih.proposals.actions import amending
from pulih.proposals.amended import approved_content, row_content
from pulih.proposals.models import Amendment
from pulih.proposals.rules.factors import Factor
from pulih.revisions.models import Revision
from tests.make import budget, delivery, impact
from tests.make import ledger as make_ledger
from tests.make import proposals as make_proposals
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


def moment(day=DAY, known_at=None):
    return Moment(day, known_at or timezone.now() + timedelta(minutes=1), areas_on(day))


def values(dataset, at=None):
    return {
        (row.measure, row.area, row.dimension, row.category): row.value
        for row in dataset.collect(at or moment())
    }


def parts(found, measure, dimension):
    """What the categories of a dimension come to in the country."""
    wanted = (measure, "ID", dimension)
    return sum(number for (*key, _), number in found.items() if tuple(key) == wanted)


def test_a_room_without_records_says_so_everywhere():
    for dataset in (revisions, contracts, complaints):
        rows = list(dataset.collect(moment()))
        assert len(rows) == 35 * len(dataset.DATASET.measures)
        assert {(row.value, row.marker) for row in rows} == {(None, "[x]")}


def test_future_entrepreneurs_are_counted_as_far_as_somebody_recorded():
    activity = delivery.payable(4, absent=[(3, 0), (3, 1)])
    cohort, officer = activity.cohorts.get(), cast.provincial_officer()
    certificates.issue_all(cohort, number="S", dated=delivery.LAST, by=officer, today=delivery.LAST)
    first = delivery.followed_up(activity)
    said = GivenAnswer(None, None, None, True, "not_said")
    known = datetime(2020, 9, 28, 3, tzinfo=UTC)
    followups.answer(first, said, by=officer, now=known)
    found = values(training_funnel, moment(date(2020, 7, 31)))
    whole = {key: found[f"entrepreneurs_{key}", "ID", "all", ""] for key in
             ("applied", "chosen", "certified")}  # fmt: skip
    assert whole == {"applied": 4, "chosen": 4, "certified": 3}
    assert found["entrepreneurs_producing", "ID", "all", ""] is None  # Asked in September.
    later = values(training_funnel, moment(date(2020, 9, 30)))
    assert later["entrepreneurs_producing", "ID", "all", ""] == 1
    assert later["entrepreneurs_producing", "ID", "sex", "P"] == 1
    assert before_anybody(training_funnel) == {None}


def before_anybody(dataset):
    return {row.value for row in dataset.collect(moment(date(2020, 5, 1)))}


def test_contracts_are_worth_what_the_ledger_holds_of_them():
    make_ledger.history(lines=2, months=3)
    line = budget.line(key="3038.001.051.B.521211", ceiling=90_000)
    make_ledger.contract(line, 700, effective_on=date(2020, 3, 6), party="CV Tekun")
    late = make_ledger.contract(line, 5, effective_on=date(2020, 6, 16))
    found = values(contracts)
    assert found["contracts_value", "ID", "payee", "body"] >= 700
    for dimension in ("unit", "payee"):
        for measure in ("contracts", "contracts_value"):
            parts = [
                n
                for (m, area, of, _), n in found.items()
                if (m, area, of) == (measure, "ID", dimension)
            ]
            assert sum(parts) == found[measure, "ID", "all", ""]
    later = values(contracts, moment(date(2020, 6, 16)))
    assert later["contracts", "ID", "all", ""] == found["contracts", "ID", "all", ""] + 1
    assert late


@pytest.mark.parametrize(
    ("day", "is_open"), [(date(2020, 3, 30), True), (date(2020, 3, 31), False), (DAY, False)]
)
def test_what_is_paid_in_a_month_is_provisional_until_the_month_is_over(day, is_open):
    line = budget.line(key="3038.001.051.B.521211", ceiling=90_000)
    for month in (2, 3):
        make_ledger.contract(line, 700, effective_on=date(2020, month, 6))
    of_month = {
        (row.area, row.category): row.marker
        for row in budget_dataset.collect(moment(day))
        if (row.measure, row.dimension) == ("budget_committed", "month")
    }
    marker = "[p]" if is_open else ""
    assert of_month["ID", "2020-03"] == of_month["32", "2020-03"] == marker
    assert of_month["ID", "2020-02"] == ""


def test_a_month_in_which_nothing_was_paid_is_there_with_0():
    line = budget.line(key="3038.001.051.B.521211", ceiling=90_000)
    make_ledger.contract(line, 700, effective_on=date(2020, 3, 6))
    found = values(budget_dataset)
    for area in ("ID", "32"):
        assert found["budget_committed", area, "month", "2020-03"] == 700
        assert found["budget_realised", area, "month", "2020-03"] == 0


def test_a_revision_counts_from_the_day_on_which_it_is_in_force():
    line = budget.line(ceiling=1_000)
    one = Revision.objects.create(
        unit=line.unit, province=line.province, fiscal_year=2020, source="test", declared_total=0,
        made_by=cast.planner(), reason="Uji",
    )  # fmt: skip
    assert values(revisions)["revisions_in_force", "ID", "all", ""] is None
    posting = line.entries.first().posting
    for state in ("proposed", "approved"):
        Revision.objects.filter(pk=one.pk).update(state=state)
    Revision.objects.filter(pk=one.pk).update(
        state="in_force", effective_on=DAY, authority="KPA", number=1, posting=posting
    )
    other = budget.line(key="3038.001.051.B.521211", ceiling=1_000)
    for moved, rupiah in ((line, 300), (other, -300)):
        one.movements.create(
            line=moved, province=moved.province, line_key=moved.line_key, account="521211",
            ceiling_before=1_000, rupiah=rupiah,
        )  # fmt: skip
    found = values(revisions)
    assert found["revisions_in_force", "ID", "approval", "KPA"] == 1
    assert found["revisions_moved", "32", "all", ""] == 300
    before = values(revisions, moment(DAY - timedelta(days=1)))
    assert before["revisions_in_force", "32", "all", ""] is None


def test_reports_that_nobody_filed_are_due_and_not_in_time():
    budget.line(ceiling=1_000)
    found = values(reports)
    due = found["reports_due", "32", "all", ""]
    assert due > 0
    assert found["reports_on_time", "32", "all", ""] == 0
    assert found["reports_due", "32", "standing", "overdue"] == due
    by_form = [
        n for (m, area, of, _), n in found.items() if (m, area, of) == ("reports_due", "ID", "form")
    ]
    assert sum(by_form) == found["reports_due", "ID", "all", ""]


def test_known_and_helped_firms_count_once_in_their_regency():
    batch = impact.batch()
    first, second = (impact.enterprise(f"Konveksi {n}", "Kab. Indramayu") for n in (1, 2))
    impact.take(batch, impact.rows([first, second], batch))
    activity = delivery.activity()
    (seat,) = delivery.seated(delivery.cohort(of=activity), 1)
    seat.person.enterprise = first
    seat.person.save()
    at = moment(max(timezone.localdate(), activity.starts_on))
    found = values(reach, at)
    assert found["known_firms", "3212", "all", ""] == 2
    assert found["helped_firms", "3212", "all", ""] == 1
    assert found["helped_firms", "ID", "all", ""] == 1
    type(first).objects.filter(pk=second.pk).update(merged_into=first)
    assert values(reach, at)["known_firms", "ID", "all", ""] == 1


def test_every_dataset_is_named_and_its_measures_have_one_name_each():
    keys = [measure.key for dataset in DATASETS for measure in dataset.measures]
    assert len(keys) == len(set(keys)) > 25


def test_what_is_promised_follows_amendments_in_force_by_then():
    proposal = make_proposals.decided(make_proposals.complete(people=1))
    decided = proposal.decision.at
    (row,) = (content := approved_content(proposal))["rows"]
    fewer = {**content, "rows": [row_content(row, (Factor(10, "OJ"),), row["unit_cost"])]}
    amendment = make_proposals.amendment(proposal, fewer)
    planner, decider = cast.planner(), make_proposals.second_planner()
    with speaking_for(planner):
        amending.check(amendment, by=planner)
    first = timezone.localtime(decided, WIB).date()
    days = (first, first + timedelta(days=1))
    assert promised_at(days[1]) == 28_800_000
    with speaking_for(decider):
        granted = decided + timedelta(days=1)
        amending.grant(Amendment.objects.get(pk=amendment.pk), by=decider, now=granted)
    assert [promised_at(one) for one in days] == [28_800_000, 9_000_000]


def promised_at(day):
    at = Moment(day, timezone.now() + timedelta(days=2), areas_on(day))
    return values(help_given, at)["help_promised", "32", "all", ""]
