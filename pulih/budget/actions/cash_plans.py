"""Writing page III: as typed, as a POK sheet states it, as a revision moves it."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import CashPlan, PlanSource, SpendingUnit
from ..rules.months import MONTHS, moved


@transaction.atomic
def set_cash_plan(
    unit: SpendingUnit,
    fiscal_year: int,
    months: Mapping[str, Mapping[int, int]],
    *,
    by: User,
    source: str = PlanSource.FORM,
) -> None:
    """Keep a unit's page III, by spending type and month. May refuse.

    Refused: a type whose months do not add up to its ceiling.
    """
    require(by, Permission.REVISE_BUDGET, unit.province)
    if any(amount < 0 for plan in months.values() for amount in plan.values()):
        raise Refusal(_("A month cannot be negative. Nothing was saved."))
    if not (ceilings := ceilings_by_type(unit, fiscal_year)):
        raise Refusal(_("The unit has no ceiling in that year. Send its POK first."))
    for message in unequal(months, ceilings):
        raise Refusal(message)
    keep_plan(unit, fiscal_year, months, source)
    record(by, "budget.cash_plan", unit, fiscal_year=fiscal_year, source=str(source))


def ceilings_by_type(unit: SpendingUnit, fiscal_year: int) -> dict[str, int]:
    """Add up a unit's ceilings by spending type; types without money are left out."""
    found: dict[str, int] = {}
    lines = unit.lines.filter(fiscal_year=fiscal_year).values_list("account", "ceiling")
    for account, ceiling in lines:
        found[account[:2]] = found.get(account[:2], 0) + ceiling
    return {name: ceiling for name, ceiling in sorted(found.items()) if ceiling}


def unequal(
    months: Mapping[str, Mapping[int, int]], ceilings: Mapping[str, int]
) -> Iterator[Message]:
    """Yield a sentence for each spending type whose months do not add up to its ceiling."""
    for name in sorted({*months, *ceilings}):
        total, ceiling = sum(months.get(name, {}).values()), ceilings.get(name, 0)
        if total != ceiling:
            yield _unequal(name, total, ceiling)


def keep_plan(
    unit: SpendingUnit,
    fiscal_year: int,
    months: Mapping[str, Mapping[int, int]],
    source: str,
    posting_id: int | None = None,
) -> None:
    """Write every month of the plan; earlier rows are kept by the history.

    posting_id: the document that moved it.
    """
    rows = [
        CashPlan(
            unit=unit, province_id=unit.province_id, fiscal_year=fiscal_year, source=source,
            spending_type=name, month=month, rupiah=plan.get(month, 0), posting_id=posting_id,
        )
        for name, plan in sorted(months.items())
        for month in MONTHS
    ]  # fmt: skip
    CashPlan.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "fiscal_year", "spending_type", "month"],
        update_fields=["rupiah", "source", "posting"],
    )


def stated_plan(unit: SpendingUnit, fiscal_year: int) -> dict[str, dict[int, int]]:
    """Return page III as it is stated now, by spending type and month; empty where it is not."""
    stated: dict[str, dict[int, int]] = {}
    for row in CashPlan.objects.filter(unit=unit, fiscal_year=fiscal_year):
        stated.setdefault(row.spending_type, {})[row.month] = row.rupiah
    return stated


def move_plan(
    unit: SpendingUnit,
    fiscal_year: int,
    change: Mapping[str, int],
    effective_on: date,
    posting_id: int,
) -> None:
    """Let a stated plan follow a document; where none is stated the even spread follows anyway."""
    stated = stated_plan(unit, fiscal_year)
    if not stated:
        return
    first = effective_on.month if effective_on.year == fiscal_year else 1
    new = {}
    for name, by in change.items():
        plan = stated.get(name, {})
        new[name] = moved(plan, max(by, -sum(plan.values())), first)
    keep_plan(unit, fiscal_year, new, PlanSource.REVISION, posting_id)


def _unequal(name: str, total: int, ceiling: int) -> Message:
    by = rupiah(abs(total - ceiling))
    return Message(
        f"Jenis belanja {name}: rencana setahun {rupiah(total)}, sedangkan pagunya "
        f"{rupiah(ceiling)}. Selisih {by} harus dibagi ke bulan. Belum ada yang disimpan.",
        f"Spending type {name}: the year's plan is {rupiah(total, 'en')}, while its ceiling is "
        f"{rupiah(ceiling, 'en')}. Lay the difference of {rupiah(abs(total - ceiling), 'en')} on "
        "the months. Nothing was saved.",
    )
