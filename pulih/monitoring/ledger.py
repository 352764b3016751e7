"""What reports read of the ledger: money, the DIPA, and how the budget came to be."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Max, Sum

from pulih.budget.models import AmountKind, BudgetLine, DocumentKind, Entry, SpendingUnit
from pulih.budget.rules.amounts import Amounts, total
from pulih.references.charts import AccountNames

from .rules import quarters
from .rules.facts import Change, MoneyLine, Part, Prior, Returned


def last_entry(units: list[int]) -> int:
    """Return the newest entry of the ledger of these units; 0 while there is none."""
    newest = Entry.objects.filter(line__unit_id__in=units).aggregate(n=Max("pk"))["n"]
    return int(newest or 0)


def dipa_of(
    unit: SpendingUnit,
    fiscal_year: int,
    day: date,
    *,
    known: date | None = None,
    up_to: int | None = None,
) -> tuple[str, date | None]:
    """Return number and day of the DIPA that the ledger has in effect; a blank while it has none.

    Nobody types again what was posted as a document.
    """
    entries = Entry.objects.filter(
        line__unit=unit,
        line__fiscal_year=fiscal_year,
        posting__document_kind=DocumentKind.DIPA,
        posting__reversed_by=None,
        posting__reverses=None,
        effective_on__lte=day,
    ).known_by(known)
    if up_to is not None:
        entries = entries.filter(pk__lte=up_to)
    newest = entries.order_by("-effective_on", "-pk").values_list(
        "posting__document_number", "effective_on"
    )
    return newest.first() or ("", None)


def money(
    unit: SpendingUnit,
    fiscal_year: int,
    quarter: int,
    *,
    known: date | None = None,
    up_to: int | None = None,
) -> tuple[MoneyLine, ...]:
    """Return the money of a unit by output, account and fund source at the quarter's end."""
    day, before = (quarters.last_day(fiscal_year, one) for one in (quarter, quarter - 1))
    now, then = (_amounts(unit, fiscal_year, on, known, up_to) for on in (day, before))
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line in BudgetLine.objects.filter(unit=unit, fiscal_year=fiscal_year):
        if now.get(line.pk, Amounts()) != Amounts() or then.get(line.pk, Amounts()) != Amounts():
            groups[(*part_of(line), line.account, line.fund_source)].append(line.pk)
    names = AccountNames(day, "id")
    return tuple(_line(key, groups[key], now, then, names) for key in sorted(groups))


def changes(
    unit: SpendingUnit,
    fiscal_year: int,
    day: date,
    *,
    known: date | None = None,
    up_to: int | None = None,
) -> tuple[Change, ...]:
    """Return document by document what the ceiling was changed by until a day, the oldest first."""
    entries = Entry.objects.filter(
        line__unit=unit,
        line__fiscal_year=fiscal_year,
        amount_kind=AmountKind.CEILING,
        effective_on__lte=day,
    ).known_by(known)
    if up_to is not None:
        entries = entries.filter(pk__lte=up_to)
    document = ("posting__document_kind", "posting__document_number", "effective_on")
    sums = entries.order_by().values("posting_id", *document).annotate(moved=Sum("rupiah"))
    rows = sums.order_by("effective_on", "posting_id").values_list(*document, "moved")
    return tuple(Change(*row) for row in rows)


def returns(
    unit: SpendingUnit,
    fiscal_year: int,
    day: date,
    *,
    known: date | None = None,
    up_to: int | None = None,
) -> tuple[Returned, ...]:
    """Return what came back to the treasury until a day, by account and fund source."""
    entries = _paid(unit, fiscal_year, day, known, up_to)
    entries = entries.filter(posting__document_kind=DocumentKind.RETURN)
    keys = ("line__account", "line__fund_source")
    sums = entries.order_by().values(*keys).annotate(moved=Sum("rupiah"))
    rows = sums.order_by(*keys).values_list(*keys, "moved")
    return tuple(Returned(account, fund, -moved) for account, fund, moved in rows if moved)


def prior(
    unit: SpendingUnit,
    fiscal_year: int,
    quarter: int,
    *,
    known: date | None = None,
    up_to: int | None = None,
) -> tuple[Prior, ...]:
    """Return what was paid until the same quarter's end of the year before, by account."""
    day = quarters.last_day(fiscal_year - 1, quarter)
    entries = _paid(unit, fiscal_year - 1, day, known, up_to)
    sums = entries.order_by().values("line__account").annotate(moved=Sum("rupiah"))
    names = AccountNames(day, "id")
    rows = sums.order_by("line__account").values_list("line__account", "moved")
    return tuple(Prior(account, named(names, account), moved) for account, moved in rows if moved)


def named(names: AccountNames, account: str) -> str:
    """Return what an account is called on paper, where nothing is left blank."""
    return names(account) or f"Akun {account} (tidak ada dalam bagan akun)"


def _paid(
    unit: SpendingUnit, fiscal_year: int, day: date, known: date | None, up_to: int | None
) -> Any:
    entries = Entry.objects.filter(
        line__unit=unit,
        line__fiscal_year=fiscal_year,
        amount_kind=AmountKind.REALISATION,
        effective_on__lte=day,
    ).known_by(known)
    return entries if up_to is None else entries.filter(pk__lte=up_to)


def part_of(line: BudgetLine) -> Part:
    """Return the output that a budget line belongs to."""
    output = f"{line.output}.{line.suboutput}" if line.suboutput else line.output
    return Part(line.programme, line.activity, output)


def _amounts(
    unit: SpendingUnit, fiscal_year: int, day: date, known: date | None, up_to: int | None
) -> dict[int, Amounts]:
    entries = Entry.objects.filter(line__unit=unit, line__fiscal_year=fiscal_year)
    if up_to is not None:
        entries = entries.filter(pk__lte=up_to)
    found: dict[int, Amounts] = entries.amounts_by("line_id", day, known)
    return found


def _line(
    key: tuple[str, ...],
    lines: list[int],
    now: dict[int, Amounts],
    then: dict[int, Amounts],
    names: AccountNames,
) -> MoneyLine:
    programme, activity, output, account, fund_source = key
    sums = total(now.get(line, Amounts()) for line in lines)
    return MoneyLine(
        programme,
        activity,
        output,
        account,
        named(names, account),
        fund_source,
        sums.ceiling,
        sums.blocked,
        sums.committed,
        sums.realised,
        sum(then[line].realised for line in lines if line in then),
    )
