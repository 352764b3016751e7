"""Lines for a plan, and a plan's drafts: nothing doubled, nothing lost, nothing on stale money."""

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied

from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.revisions.actions import case
from pulih.revisions.models import Revision
from tests.make import areas
from tests.make import budget as make
from tests.make import measures as make_measures
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


def plan(*rows):
    names = ["line", "province", "measure", "before", "after"]
    return pl.DataFrame(rows, schema=names, orient="row")


@made_once
def lines():
    measure = make_measures.measure()
    return (
        make.line(ceiling=1_000, committed=300, blocked=100, measure=measure),
        make.line(key="3038.001.051.A.522151", ceiling=500),
    )


def row(line, after):
    code = line.measure.code if line.measure else "OTHER"
    return (str(line.pk), line.province_id, code, line.ceiling, after)


def test_an_untagged_line_enters_protected_under_other(lines):
    table = case.lines_for_case(2020, cast.planner())
    tagged, untagged = lines
    columns = ("line", "measure", "ceiling", "committed", "blocked", "protected")
    assert table.select(columns).rows() == [
        (str(tagged.pk), "test_masks", 1_000, 300, 100, 0),
        (str(untagged.pk), "OTHER", 500, 0, 0, 1),
    ]
    assert case.lines_for_case(2021, cast.planner()).is_empty()
    assert case.lines_for_case(2020, cast.provincial_officer("Bali")).is_empty()


def test_the_head_office_stays_out_of_the_case_and_is_seen_by_the_country_alone():
    central = make.unit(areas.country(), "248000", authority="KP")
    make.line(central, ceiling=5_000_000_000)
    assert case.lines_for_case(2020, cast.planner()).is_empty()
    assert BudgetLine.objects.visible_to(cast.planner()).count() == 1
    assert not BudgetLine.objects.visible_to(cast.provincial_officer()).exists()


def test_a_plan_becomes_one_draft_per_unit_and_only_once(lines):
    bali = make.line(make.unit("Bali", "220001"), ceiling=2_000, measure=lines[0].measure)
    adopted = plan(row(lines[0], 700), row(lines[1], 500), row(bali, 2_300))
    drafts = case.draft_revisions(adopted, source="scenario:1", by=cast.planner())
    again = case.draft_revisions(adopted, source="scenario:1", by=cast.planner())
    assert [d.pk for d in again] == [d.pk for d in drafts]
    assert {(d.province.name, d.declared_total) for d in drafts} == {
        ("Jawa Barat", -300),
        ("Bali", 300),
    }
    assert Revision.objects.count() == 2
    assert BudgetLine.objects.get(pk=lines[0].pk).ceiling == 1_000


def test_a_new_line_is_opened_by_the_measures_template_and_shares(lines):
    measure = lines[0].measure
    new = (f"NEW:{lines[0].province_id}:{measure.code}", lines[0].province_id, measure.code, 0, 101)
    (draft,) = case.draft_revisions(
        plan(row(lines[0], 899), new), source="scenario:2", by=cast.planner()
    )
    opened = draft.movements.filter(line=None).order_by("line_key")
    assert [(m.line_key, m.rupiah) for m in opened] == [
        ("3038.001.051.Z.521211", 61),
        ("3038.001.051.Z.522151", 40),
    ]
    assert draft.declared_total == 0


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(999, 700, "Solve the plan again"), (1_000, 399, "committed or blocked")],
)
def test_a_stale_or_unlawful_plan_is_refused_whole(lines, before, after, words):
    bad = (str(lines[0].pk), lines[0].province_id, "test_masks", before, after)
    with pytest.raises(Refusal, match=words):
        case.draft_revisions(plan(bad), source="scenario:4", by=cast.planner())
    assert not Revision.objects.exists()


def test_only_a_planner_adopts(lines):
    with pytest.raises(PermissionDenied):
        case.draft_revisions(
            plan(row(lines[0], 700)), source="scenario:5", by=cast.provincial_officer()
        )
