"""What pages show of reconciliations: figures of a file, its differences, what a POK changed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from pulih.budget.cash_plan import plans_by_unit
from pulih.budget.models import (
    AmountKind,
    BudgetLine,
    Entry,
    PaymentMethod,
    Posting,
    SpendingUnit,
)
from pulih.budget.models.lines import BudgetQuerySet
from pulih.budget.rules.amounts import Amounts
from pulih.common.errors import Message
from pulih.common.periods import WIB
from pulih.inbox.models import ImportBatch, State
from pulih.people.models import User

from ..models import (
    Difference,
    DifferenceState,
    ImprestRow,
    ListKind,
    Reconciliation,
)
from ..rules import imprest, imprest_limits

OF_IMPREST = frozenset(PaymentMethod.values) - {PaymentMethod.DIRECT}
GIVEN = frozenset({PaymentMethod.IMPREST, PaymentMethod.EXTRA})  # Asked for, not accounted for.


@dataclass(frozen=True)
class Change:
    """What a POK sheet changed of one line: its amounts before and after."""

    line: BudgetLine
    before: Amounts
    after: Amounts


@dataclass(frozen=True)
class Held:
    """The imprest of a unit on a day, month by month, with what is due."""

    unit: SpendingUnit
    positions: list[imprest.Position]
    warnings: list[Message]
    is_of_sheet: bool


def of_batch(batch: ImportBatch, person: User) -> list[Reconciliation]:
    """Return the lists of a file that a person may see."""
    found = Reconciliation.objects.visible_to(person).filter(batch=batch)
    related = found.select_related("unit", "province")
    return list(related.order_by("unit__code", "list_kind", "fiscal_year"))


def waiting(lists: list[Reconciliation]) -> int:
    """Return how many differences that these lists show are still open."""
    seen = Difference.objects.filter(last_seen__in=lists, state=DifferenceState.OPEN)
    return seen.count()


def changes(batch: ImportBatch, person: User) -> list[Change]:
    """Return what the postings of a POK file did to each line, before and after."""
    entries: BudgetQuerySet = Entry.objects.visible_to(person).filter(posting__batch=batch)
    moved: dict[int, list[tuple[str, int]]] = {}
    first: dict[int, int] = {}
    rows = entries.order_by("sequence").values_list("line_id", "amount_kind", "rupiah", "sequence")
    for line, kind, rupiah, sequence in rows:
        moved.setdefault(line, []).append((kind, rupiah))
        first.setdefault(line, sequence)
    before = _before(first)
    lines = BudgetLine.objects.filter(pk__in=moved).select_related("unit")
    return [
        Change(line, before.get(line.pk, Amounts()),
               before.get(line.pk, Amounts()).after(moved[line.pk]))
        for line in lines.order_by("unit__code", "line_key", "id")
    ]  # fmt: skip


def _before(first: dict[int, int]) -> dict[int, Amounts]:
    """Add up what each line had been told before the file's first entry on it."""
    kinds = [AmountKind.CEILING, AmountKind.BLOCK, AmountKind.COMMITMENT, AmountKind.REALISATION]
    earlier = Entry.objects.filter(line__in=list(first), amount_kind__in=kinds)
    sums: dict[int, list[tuple[str, int]]] = {}
    for line, kind, rupiah, sequence in earlier.values_list(
        "line_id", "amount_kind", "rupiah", "sequence"
    ).iterator(10_000):
        if sequence < first[line]:
            sums.setdefault(line, []).append((kind, rupiah))
    return {line: Amounts().after(entries) for line, entries in sums.items()}


def held(
    units: "QuerySet[SpendingUnit]", fiscal_year: int, day: date, known: date | None = None
) -> list[Held]:
    """Return the imprest of units on a day: of the newest sheet if there is one, else of SP2D.

    known: the last day whose lists count; None: the newest lists.
    """
    lists = Reconciliation.objects.filter(
        unit__in=units.order_by().values("pk"), fiscal_year=fiscal_year
    )
    rows = ImprestRow.objects.filter(reconciliation__in=_newest(lists, known))
    found: dict[int, dict[str, list[imprest.Movement]]] = {}
    for row in rows.select_related("reconciliation").order_by("unit_id", "day", "id"):
        by_list = found.setdefault(row.unit_id, {})
        by_list.setdefault(row.reconciliation.list_kind, []).append(_movement(row))
    chosen = units.filter(pk__in=found).select_related("province").order_by("code")
    ceilings = _eligible_ceilings(list(found), fiscal_year, day, known)
    return [_held(unit, found[unit.pk], day, ceilings.get(unit.pk, 0)) for unit in chosen]


def _eligible_ceilings(
    units: list[int], fiscal_year: int, day: date, known: date | None
) -> dict[int, int]:
    """Return the ceiling of each unit that its imprest may pay for."""
    lines = BudgetLine.objects.filter(unit__in=units, fiscal_year=fiscal_year)
    plans = plans_by_unit(lines, fiscal_year, day, known)
    return {unit: imprest_limits.eligible(ceilings) for unit, (_plan, ceilings) in plans.items()}


def _newest(lists: "QuerySet[Reconciliation]", known: date | None) -> "QuerySet[Reconciliation]":
    """Keep the newest list of each unit and kind, or the newest that was there by `known`."""
    if known is None:
        return lists.filter(is_newest=True)
    end = datetime.combine(known + timedelta(days=1), time(), WIB)
    there = lists.filter(batch__delivered_at__lt=end, batch__state=State.DONE)
    newest = there.order_by("unit_id", "list_kind", "-id").distinct("unit_id", "list_kind")
    return lists.filter(pk__in=newest.values("pk"))


def _held(
    unit: SpendingUnit, lists: dict[str, list[imprest.Movement]], day: date, ceiling: int
) -> Held:
    is_of_sheet = ListKind.IMPREST in lists
    movements = lists[ListKind.IMPREST if is_of_sheet else ListKind.PAYMENTS]
    positions = imprest.positions(movements, day)
    sentences = imprest.warnings(movements, day)
    newest = [one.held for one in positions if one.kind == imprest.UP][-1:]
    above = (imprest_limits.above_limit(held, ceiling, day) for held in newest)
    return Held(unit, positions, [*sentences, *filter(None, above)], is_of_sheet)


def _movement(row: ImprestRow) -> imprest.Movement:
    return imprest.Movement(
        row.imprest_kind, row.day, row.given, row.used, row.refilled, row.accounted, row.returned
    )


def warnings_of(request: Posting, asked: int, day: date) -> list[Message]:
    """Return what who examines a request out of the imprest should know. asked: its rupiah."""
    if request.method not in OF_IMPREST:
        return []
    unit = SpendingUnit.objects.filter(pk=request.unit_id)
    known = next(iter(held(unit, request.fiscal_year, day)), None)
    if request.method in GIVEN:
        return known.warnings if known else []
    newest = [one for one in known.positions if one.kind == imprest.UP][-1:] if known else []
    early = imprest.too_early(newest[0] if newest else None, day)
    is_extra = request.method == PaymentMethod.EXTRA_USED
    found = [imprest_limits.above_payee_limit(asked, day, is_extra=is_extra)]
    return list(filter(None, [*found, early if request.method == PaymentMethod.REFILL else None]))
