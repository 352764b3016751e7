"""A firm that is one is counted once, and is two again when the merge is taken back."""

from datetime import date

import pytest

from pulih.impact import actions as impact
from pulih.impact.models import AffectedCount, ImpactReport
from pulih.registry import actions, merge_hooks
from pulih.registry.models import Enterprise
from tests.make import impact as make
from tests.once import made_once
from tests.people import cast
from tests.registry.tables import content

DAY = date(2020, 6, 30)


def counted():
    whole = AffectedCount.objects.get(area_id=1, dimension="all")
    return (whole.firms, whole.reporting, whole.registered)


def needed():
    return impact.needs_for_case(DAY).select("need", "firms").rows()


@made_once
def firms():
    """Return two firms that both reported the same need, as real lists name them."""
    from tests.make import inbox

    heads = (*inbox.HEADS, "Kabupaten", "Bulan", "Omzet Sebelum", "Omzet", "Kebutuhan")
    told = ("Kab. Indramayu", "2020-05", "10000000", "1000000", "modal kerja")
    rows = [(*inbox.firm(name, nik=inbox.nik(n)), *told) for n, name in ((1, "Satu"), (2, "Dua"))]
    inbox.read(*rows, heads=heads, kind="impact")
    assert ImpactReport.objects.count() == 2
    return list(Enterprise.objects.order_by("id"))


@pytest.mark.django_db
def test_a_merged_firm_is_counted_once_and_twice_again_after_undoing(firms):
    planner = cast.planner()
    before, needs_before, tables = counted(), needed(), content()
    made = actions.merge(*firms, reason="", by=planner)
    assert before == (2, 2, 2)
    assert counted() == (1, 1, 1)
    assert [firms for _need, firms in needed()] == [1]
    actions.undo_merge(made, by=planner)
    assert (counted(), needed(), content()) == (before, needs_before, tables)


@pytest.mark.django_db
def test_people_are_told_before_that_both_reported_the_same_month(firms):
    (said,) = merge_hooks.objections(*firms)
    assert not said.refuses
    assert "(May 2020)" in said.message.en
    assert "(Mei 2020)" in said.message.id
    assert merge_hooks.objections(firms[0], make.enterprise()) == []


@pytest.mark.django_db
def test_a_report_that_comes_later_counts_for_the_firm_as_one(firms):
    kept, merged = firms
    made = actions.merge(kept, merged, reason="", by=cast.planner())
    make.report(merged, month="2020-06")
    assert list(ImpactReport.objects.newest().values_list("enterprise_id", "month")) == [
        (merged.pk, date(2020, 6, 1))
    ]
    assert ImpactReport.objects.of_firm(kept).count() == 3
    actions.undo_merge(made, by=cast.planner())
    assert ImpactReport.objects.newest().count() == 2
    assert ImpactReport.objects.of_firm(kept).count() == 1


@pytest.mark.django_db
def test_a_report_whose_row_was_split_off_counts_for_the_new_firm(firms):
    kept, merged = firms
    actions.merge(kept, merged, reason="", by=cast.planner())
    row = merged.sources.get().source_record_id
    new = actions.split(kept, [row], reason="", by=cast.planner())
    assert counted() == (2, 2, 2)
    assert ImpactReport.objects.of_firm(new).get().enterprise == merged
    assert ImpactReport.objects.of_firm(kept).count() == 1
    actions.undo_split(new, by=cast.planner())
    assert counted() == (1, 1, 1)
