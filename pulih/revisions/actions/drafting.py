"""Writing drafts of revisions: by hand, again, and the rows that a moved line is made of."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.rules.bounds import outgrows, too_large
from pulih.budget.rules.keys import NOT_SAID, Funding, LineKey, line_key
from pulih.budget.rules.years import expired_or_early
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.states import START

from ..models import OutputVolume, Revision, RevisionKind, RevisionMovement
from ..rules.new_lines import Near, funding_of_new
from ..states import REVISION
from .recording import locked, step

LineOf = tuple[str, Funding]  # One line of a unit's year: its key alone may stand in several funds.


class DraftLine(NamedTuple):
    """What a line's ceiling is to become, in rupiah; by its id, or by a key to be opened."""

    after: int
    line_id: int | None = None
    key: str = ""
    detail: str = ""
    funding: Funding = NOT_SAID  # Of a line to be opened; what is empty its neighbours say.


@transaction.atomic
def draft(
    unit: SpendingUnit,
    fiscal_year: int,
    asked: Iterable[DraftLine],
    *,
    title: str,
    declared_total: int,
    token: str,
    by: User,
    reason: str = "",
    judged_on: date | None = None,
    volume: str = OutputVolume.UNKNOWN,
) -> Revision:
    """Write a draft by hand. May refuse.

    token: of the form that was sent; sent twice, it is one draft.
    """
    require(by, Permission.REVISE_BUDGET, unit.province)
    source = f"{RevisionKind.HAND}:{token}"
    there: Revision | None = Revision.objects.filter(unit=unit, source=source).first()
    if there:
        return there
    if not title.strip():
        raise Refusal(_("Give the revision a title, such as what it is for."))
    movements = movements_of(unit, fiscal_year, asked)
    _refuse_unless_possible(unit, fiscal_year, movements, declared_total, judged_on)
    revision = Revision.objects.create(
        unit=unit,
        province_id=unit.province_id,
        fiscal_year=fiscal_year,
        kind=RevisionKind.HAND,
        source=source,
        title=title.strip(),
        reason=reason.strip(),
        declared_total=declared_total,
        judged_on=judged_on,
        volume=volume,
        made_by=by,
    )
    keep_movements(revision, movements)
    step(revision, START, by)
    return revision


@transaction.atomic
def redraft(
    revision: Revision,
    asked: Iterable[DraftLine],
    *,
    by: User,
    title: str,
    declared_total: int,
    reason: str = "",
    judged_on: date | None = None,
    volume: str = OutputVolume.UNKNOWN,
) -> Revision:
    """Change a draft, or one that was returned, on today's balances. May refuse."""
    revision = locked(revision)
    require(by, Permission.REVISE_BUDGET, revision.unit.province)
    REVISION.move(revision.state, "change")
    movements = movements_of(revision.unit, revision.fiscal_year, asked)
    _refuse_unless_possible(
        revision.unit, revision.fiscal_year, movements, declared_total, judged_on
    )
    earlier = {(one.line_key, one.funding): one for one in movements_there(revision)}
    for one in movements:
        if was := earlier.get((one.line_key, one.funding)):
            one.details = _kept(was.details, one.ceiling_after)
            one.measure_id = was.measure_id
    revision.movements.all().delete()
    revision.title, revision.reason = title.strip() or revision.title, reason.strip()
    revision.declared_total, revision.volume = declared_total, volume
    revision.judged_on = judged_on
    keep_movements(revision, movements)
    step(revision, "change", by)
    return revision


@transaction.atomic
def say_details(
    movement: RevisionMovement, rows: Iterable[Mapping[str, Any]], *, by: User
) -> RevisionMovement:
    """Say what a moved line is to be made of; the rows must add up to its ceiling. May refuse."""
    revision = locked(movement.revision)
    require(by, Permission.REVISE_BUDGET, revision.unit.province)
    REVISION.move(revision.state, "change")
    movement = RevisionMovement.objects.select_for_update().get(pk=movement.pk)
    kept = [dict(row) for row in rows]
    total = sum(row["rupiah"] for row in kept)
    if kept and total != movement.ceiling_after:
        raise Refusal(_unequal(movement, total))
    movement.details = kept
    movement.save(update_fields=["details"])
    return movement


def movements_there(revision: Revision) -> QuerySet[RevisionMovement]:
    """Return the movements of a revision as they are kept, with their lines."""
    found: QuerySet[RevisionMovement] = revision.movements.select_related("line")
    return found


def _kept(details: list[dict[str, Any]], after: int) -> list[dict[str, Any]]:
    """Return the rows said before if they still add up to the ceiling; nothing otherwise."""
    return details if sum(row["rupiah"] for row in details) == after else []


def _unequal(movement: RevisionMovement, total: int) -> Message:
    after = movement.ceiling_after
    return Message(
        f"Rincian baris {movement.line_key} berjumlah {rupiah(total)}, padahal menjadi "
        f"{rupiah(after)} (selisih {rupiah(abs(after - total))}). Belum ada yang disimpan.",
        f"The rows of line {movement.line_key} add up to {rupiah(total, 'en')}, but it becomes "
        f"{rupiah(after, 'en')} (off by {rupiah(abs(after - total), 'en')}). Nothing was saved.",
    )


def movements_of(
    unit: SpendingUnit, fiscal_year: int, asked: Iterable[DraftLine]
) -> list[RevisionMovement]:
    """Return what must move so that each line asked for gets its ceiling; unsaved. May refuse."""
    known = {line.pk: line for line in unit.lines.filter(fiscal_year=fiscal_year).order_by("id")}
    by_place = {(line.line_key, line.funding): line for line in known.values()}
    found: dict[LineOf, RevisionMovement] = {}
    for one in asked:
        place = _place(unit, one, known, fiscal_year)
        if place in found:
            raise Refusal(_("Line %(key)s is named twice. Nothing was saved.") % {"key": place[0]})
        line = known[one.line_id] if one.line_id else by_place.get(place)
        if movement := _movement(unit, line, place, one):
            found[place] = movement
    if not found:
        raise Refusal(_("No line changes. Type what at least one line is to become."))
    return [found[place] for place in sorted(found)]


def _place(
    unit: SpendingUnit, one: DraftLine, known: Mapping[int, BudgetLine], fiscal_year: int
) -> LineOf:
    """Return the key of a line asked for and what it hangs on. May refuse."""
    key = _key(one, known, fiscal_year)
    if one.line_id is not None:
        return key, known[one.line_id].funding
    return key, new_funding(unit, key, fiscal_year, one.funding, known.values())


def new_funding(
    unit: SpendingUnit, key: str, fiscal_year: int, said: Funding, lines: Iterable[BudgetLine]
) -> Funding:
    """Return what a new line hangs on, as said or as its neighbours have it. May refuse."""
    read = line_key(key, fiscal_year)
    if not isinstance(read, LineKey):
        raise Refusal(read)
    near = [Near(line.key, line.funding) for line in lines]
    found = funding_of_new(read, said, near, unit.authority)
    if not isinstance(found, Funding):
        raise Refusal(found)
    return found


def _key(one: DraftLine, known: Mapping[int, BudgetLine], fiscal_year: int) -> str:
    if one.after < 0:
        raise Refusal(_("A ceiling cannot be negative. Nothing was saved."))
    if over := too_large(one.after):
        raise Refusal(over)
    if one.line_id is not None:
        if one.line_id not in known:
            raise Refusal(_("A line named is not of this unit and year. Nothing was saved."))
        return known[one.line_id].line_key
    key = line_key(one.key, fiscal_year)
    if not isinstance(key, LineKey):
        raise Refusal(key)
    return str(key)


def _movement(
    unit: SpendingUnit, line: BudgetLine | None, place: LineOf, one: DraftLine
) -> RevisionMovement | None:
    before = line.ceiling if line else 0
    if one.after == before:
        return None
    key, funding = place
    return RevisionMovement(
        **funding._asdict(),
        province_id=unit.province_id,
        line=line,
        line_key=key,
        account=key[-6:],
        measure_id=line.measure_id if line else None,
        ceiling_before=before,
        rupiah=one.after - before,
        detail=one.detail.strip(),
    )


def _refuse_unless_possible(
    unit: SpendingUnit,
    fiscal_year: int,
    movements: Iterable[RevisionMovement],
    declared_total: int,
    judged_on: date | None,
) -> None:
    """Raise Refusal: a day of another year, undeclared money, more than a unit can hold."""
    if judged_on and (closed := expired_or_early(fiscal_year, judged_on)):
        raise Refusal(closed)
    refuse_unless_declared(movements, declared_total)
    before = unit.lines.filter(fiscal_year=fiscal_year).totals()["ceiling"]
    after = before + declared_total
    if odd := outgrows(unit.name, unit.authority, before, after):
        raise Refusal(odd)


def refuse_unless_declared(movements: Iterable[RevisionMovement], declared_total: int) -> None:
    """Raise Refusal unless the movements sum to the declared total."""
    total = sum(one.rupiah for one in movements)
    if total != declared_total:
        raise Refusal(
            Message(
                f"Jumlah pergeseran {rupiah(total)}, sedangkan yang dinyatakan "
                f"{rupiah(declared_total)}. Selisih {rupiah(abs(total - declared_total))} harus "
                "diseimbangkan. Belum ada yang disimpan.",
                f"The movements sum to {rupiah(total, 'en')}, while {rupiah(declared_total, 'en')} "
                f"was declared. Balance the difference of "
                f"{rupiah(abs(total - declared_total), 'en')}. Nothing was saved.",
            )
        )


def keep_movements(revision: Revision, movements: Iterable[RevisionMovement]) -> None:
    """Write movements under their revision."""
    kept = list(movements)
    for one in kept:
        one.revision = revision
    RevisionMovement.objects.bulk_create(kept)
