"""Reports: the newest month counts, history is kept, files can be corrected and withdrawn."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from pulih.impact import actions
from pulih.impact.models import ImpactReport
from pulih.impact.receivers import ImpactReceiver
from pulih.impact.rules import Answers, severity
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import impact as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_a_delivered_row_becomes_a_scored_report():
    report = make.report(
        turnover_before=11_000_000,
        turnover=2_500_000,
        workers_before=6,
        laid_off=1,
        furloughed=3,
        status="PRODUCING_CHANGED_KBLI",
        obstacles="falling_sales;raw_material_scarce;cannot_market",
        needs='working_capital;kain "katun";working_capital',
        kbli="14111",
    )
    assert report.severity == Decimal("64.0")
    assert report.terms == {"turnover": 30.9, "workers": 16.7, "status": 10.0, "obstacles": 6.4}
    assert (report.month, report.workers_hit, report.known) == (date(2020, 5, 1), 4, 100)
    assert report.needs == ["working_capital", 'kain "katun"']
    assert report.obstacles == ["falling_sales", "raw_material_scarce", "cannot_market"]
    assert report.commodity_group == "apparel"
    assert report.is_affected
    assert report.is_latest


def test_what_was_not_said_stays_unknown():
    report = make.report(turnover=None, turnover_before=None, status="CLOSED")
    assert report.severity is None
    assert report.severity_rank == -1
    assert report.terms == {"turnover": None, "workers": None, "status": 100.0, "obstacles": None}
    assert report.needs is None
    assert report.is_affected


def test_the_newest_month_counts_and_the_earlier_one_is_kept():
    firm = make.enterprise()
    make.report(firm, month="2020-05")
    make.report(firm, month="2020-04")
    june = make.report(firm, month="2020-06")
    newest = ImpactReport.objects.newest()
    assert [report.pk for report in newest] == [june.pk]
    assert ImpactReport.objects.count() == 3


def test_of_two_reports_of_a_month_the_later_row_counts():
    firm = make.enterprise()
    batch = make.batch()
    make.take(batch, make.rows([firm, firm], batch, turnover=[1_000_000, 9_000_000]))
    assert ImpactReport.objects.newest().get().turnover == 9_000_000


def test_taking_the_same_rows_again_changes_nothing():
    firm = make.enterprise()
    batch = make.batch()
    rows = make.rows([firm], batch)
    make.take(batch, rows)
    assert make.take(batch, rows)["impact_reports"] == 0
    assert ImpactReport.objects.get().is_latest


def test_a_corrected_file_replaces_its_forerunner():
    stays, leaves = make.enterprise("Tetap"), make.enterprise("Pergi")
    first = make.batch()
    make.take(first, make.rows([stays, leaves], first))
    second = make.batch(supersedes=first)
    make.take(second, make.rows([stays], second, turnover=9_000_000))
    assert [report.enterprise for report in ImpactReport.objects.newest()] == [stays]
    assert ImpactReport.objects.filter(is_withdrawn=True).count() == 2


def test_when_a_file_is_withdrawn_what_it_replaced_counts_again():
    firm = make.enterprise()
    april = make.report(firm, month="2020-04")
    batch = make.batch()
    make.take(batch, make.rows([firm], batch))
    ImpactReceiver().withdraw(batch)
    assert ImpactReport.objects.newest().get() == april


def test_a_list_of_firms_gives_reports_only_of_rows_that_tell_of_an_impact():
    told, silent = make.enterprise("A"), make.enterprise("B")
    batch = make.batch(kind="firms")
    rows = make.rows(
        [told, silent], batch, month=[None, None], turnover_before=[5, None], turnover=[1, 1]
    )
    assert ImpactReceiver().receive(batch, rows)["impact_reports"] == 1
    assert ImpactReport.objects.get().enterprise == told
    assert ImpactReport.objects.get().month == date(2020, 6, 1)


def test_a_merged_firm_counts_once():
    kept, merged = make.enterprise("A"), make.enterprise("A juga")
    make.report(kept, month="2020-04", needs="training")
    make.report(merged, month="2020-05", needs="training")
    merged.merged_into = kept
    merged.save()
    actions.settle([merged.pk])
    assert ImpactReport.objects.newest().get().enterprise == merged
    assert actions.needs_for_case(date(2020, 6, 15))["firms"].to_list() == [1]


@pytest.mark.parametrize("change", [{"turnover": 1}, {"severity": 1}, {"month": date(2020, 1, 1)}])
def test_what_a_firm_said_is_never_edited(change):
    make.report()
    with pytest.raises(DatabaseError), transaction.atomic():
        ImpactReport.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ImpactReport.objects.all().delete()


def test_reports_are_seen_within_ones_reach_alone():
    make.report()
    bali = make.enterprise("Bali", "Kab. Badung", "Bali")
    make.report(bali)
    for person, seen in (
        (cast.planner(), 2),
        (cast.auditor(), 2),
        (cast.provincial_officer(), 1),
        (cast.regency_officer("Kab. Badung"), 1),
        (cast.regency_officer("Kota Bandung"), 0),
        (cast.administrator(), 0),
    ):
        with speaking_for(person):
            assert ImpactReport.objects.count() == seen, person
        assert ImpactReport.objects.visible_to(person).count() == seen, person


def test_the_needs_of_a_case_count_affected_firms_by_their_newest_report():
    firms = [make.enterprise(f"F{n}") for n in range(4)]
    batch = make.batch()
    rows = make.rows(
        firms,
        batch,
        turnover=[5_000_000, 0, 10_000_000, None],
        status=[None, None, None, "CLOSED"],
        needs=["training;equipment", "training", "training", "equipment"],
    )
    make.take(batch, rows)
    needs = actions.needs_for_case(date(2020, 6, 15))
    indramayu = areas.regency().pk
    expected = severity(Answers(10_000_000, 5_000_000)).tenths / 10
    assert needs.rows() == [
        (indramayu, "equipment", 2, expected),
        (indramayu, "training", 2, (expected + 100) / 2),
    ]
    assert actions.needs_for_case(date(2020, 4, 1)).is_empty()
