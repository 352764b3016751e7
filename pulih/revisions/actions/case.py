"""Between the budget and a refocusing plan: lines out, drafts of revisions in, and the matrix."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Level
from pulih.audit.actions import record
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.states import START

from ..models import Revision, RevisionMovement
from ..rules.drafts import DraftMovement, KnownLine, PlannedLine, merged, moved_line, opened_lines
from .recording import step
from .together import facts_together, hung

OTHER = "OTHER"
CASE_LINE = {
    "line": pl.String,
    "province": pl.Int64,
    "measure": pl.String,
    "ceiling": pl.Int64,
    "committed": pl.Int64,
    "blocked": pl.Int64,
    "protected": pl.Int8,
    "is_untagged": pl.Boolean,
    "unit": pl.Int64,
    "line_key": pl.String,
    "account": pl.String,
}


def lines_for_case(fiscal_year: int, by: User) -> pl.DataFrame:
    """Return the lines of a year that `by` may see, as the table `lines` of a case.

    province: the area's id; the head office, which is in none, stays out. A line without measure
    enters as protected, under `OTHER`; the columns after `protected` are ours (`is_untagged`,
    unit id, key, account).
    """
    lines = BudgetLine.objects.visible_to(by).of_year(fiscal_year).order_by("id")
    lines = lines.filter(province__level=Level.PROVINCE)
    fields = (
        "id", "province_id", "measure__code", "ceiling", "committed", "blocked", "is_protected",
        "unit_id", "line_key", "account",
    )  # fmt: skip
    rows = []
    for pk, province, measure, *amounts, protected, unit, key, account in lines.values_list(
        *fields
    ).iterator():
        is_kept = protected or measure is None
        held = (*amounts, int(is_kept), measure is None and not protected)
        rows.append((str(pk), province, measure or OTHER, *held, unit, key, account))
    return pl.DataFrame(rows, schema=CASE_LINE, orient="row")


@transaction.atomic
def draft_revisions(
    plan: pl.DataFrame,
    *,
    source: str,
    by: User,
    fiscal_year: int | None = None,
    title: str = "",
    judged_on: date | None = None,
) -> list[Revision]:
    """Write one draft revision per spending unit that an adopted plan changes. May refuse.

    plan: `line, province, measure, before, after` as in `lines_after` of a plan; province is an
    area id. source: what asks, such as `scenario:12`; asked again, the drafts there are come back.
    title: what people call it. judged_on: the day whose rules say who must approve.
    """
    require(by, Permission.ADOPT_PLAN, None)
    if existing := list(
        Revision.objects.filter(source=source).order_by("unit__province__sort_key")
    ):
        return existing
    planned = [
        PlannedLine(str(line), int(province), measure, int(before), int(after))
        for line, province, measure, before, after in plan.select(
            "line", "province", "measure", "before", "after"
        ).iter_rows()
    ]
    lines = _locked(planned)
    year = fiscal_year or next((line.fiscal_year for line in lines.values()), None)
    if year is None:
        raise Refusal(_("The plan names no budget line, so its fiscal year is unknown."))
    movements = merged([*_of_known(planned, lines), *_of_new(planned, year)])
    units = list(
        SpendingUnit.objects.filter(pk__in={one.unit_id for one in movements})
        .select_related("province")
        .order_by("province__sort_key", "code")
    )
    movements = hung(movements, units, year)
    total = sum(one.rupiah for one in movements)
    facts = facts_together(movements, units, year, judged_on)
    together = Together(source, title, judged_on, total, facts)
    return [
        _draft(unit, year, [one for one in movements if one.unit_id == unit.pk], together, by)
        for unit in units
    ]


class Together(NamedTuple):
    """What the drafts of one plan have in common; total, facts: of them all, rupiah and names."""

    source: str
    title: str
    judged_on: date | None
    total: int
    facts: list[str]


def _locked(planned: Iterable[PlannedLine]) -> dict[str, BudgetLine]:
    ids = [int(one.line) for one in planned if not one.is_new]
    found = BudgetLine.objects.filter(pk__in=ids).order_by("id").select_for_update()
    lines = {str(line.pk): line for line in found}
    if missing := len(ids) - len(lines):
        raise Refusal(
            _("%(count)s lines of the plan are no longer there. Solve the plan again.")
            % {"count": missing}
        )
    return lines


def _known(line: BudgetLine) -> KnownLine:
    return KnownLine(
        line.pk,
        line.unit_id,
        line.line_key,
        line.account,
        line.ceiling,
        line.committed + line.blocked,
        line.is_protected,
        line.funding,
    )


def _of_known(planned: list[PlannedLine], lines: dict[str, BudgetLine]) -> list[DraftMovement]:
    moved = (moved_line(one, _known(lines[one.line])) for one in planned if not one.is_new)
    return [movement for movement in moved if movement]


def _of_new(planned: list[PlannedLine], fiscal_year: int) -> list[DraftMovement]:
    opened = [one for one in planned if one.is_new and one.after]
    measures = {m.code: m for m in Measure.objects.filter(code__in={p.measure for p in opened})}
    movements: list[DraftMovement] = []
    for one in opened:
        unit = _unit_of(one.province_id, fiscal_year)
        measure = measures[one.measure]
        movements += opened_lines(
            one,
            unit_id=unit.pk,
            fiscal_year=fiscal_year,
            template=measure.line_template,
            shares=measure.account_shares,
            known={
                line.line_key: _known(line)
                for line in unit.lines.filter(fiscal_year=fiscal_year).order_by("-id")
            },
        )
    return movements


def _unit_of(province_id: int, fiscal_year: int) -> SpendingUnit:
    """Return the unit that a province's new lines go to: its oldest with lines of the year."""
    units = SpendingUnit.objects.filter(province_id=province_id, is_active=True)
    unit: SpendingUnit | None = (
        units.filter(lines__fiscal_year=fiscal_year).order_by("id").first() or units.first()
    )
    if unit is None:
        raise Refusal(
            _("The plan opens a line in a province without a spending unit. Nothing was saved.")
        )
    return unit


def _draft(
    unit: SpendingUnit,
    fiscal_year: int,
    movements: list[DraftMovement],
    together: Together,
    by: User,
) -> Revision:
    measures = {m.code: m for m in Measure.objects.filter(code__in={o.measure for o in movements})}
    revision = Revision.objects.create(
        unit=unit,
        province_id=unit.province_id,
        fiscal_year=fiscal_year,
        source=together.source,
        title=together.title,
        judged_on=together.judged_on,
        set_total=together.total,
        set_facts=together.facts,
        declared_total=sum(one.rupiah for one in movements),
        made_by=by,
    )
    RevisionMovement.objects.bulk_create(
        RevisionMovement(
            **one.funding._asdict(),
            revision=revision,
            province_id=unit.province_id,
            line_id=one.line_id,
            line_key=one.line_key,
            account=one.account,
            measure=measures.get(one.measure),
            ceiling_before=one.ceiling_before,
            rupiah=one.rupiah,
        )
        for one in movements
    )
    step(revision, START, by)
    record(by, "budget.draft_revision", revision, source=together.source, movements=len(movements))
    return revision
