"""Fund sources of a unit's year: their ceilings, what was paid, and the terms that hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pulih.common.periods import WIB

from ..models import BudgetLine, FundTerm, SpendingUnit
from ..rules.amounts import Amounts
from ..rules.revenue_and_loans import REVENUE, in_currency, is_revenue
from .lines import amounts_by


@dataclass(frozen=True)
class Fund:
    """One fund source. term: the newest that holds on the day; None while none is recorded."""

    code: str
    amounts: Amounts
    term: FundTerm | None

    @property
    def is_revenue(self) -> bool:
        return is_revenue(self.code)

    @property
    def left(self) -> int | None:
        """What of the revenue may still be paid; None for other funds."""
        if not self.is_revenue:
            return None
        return max(0, (self.term.maximum or 0 if self.term else 0) - self.amounts.realised)

    @property
    def ceiling_in_currency(self) -> Decimal | None:
        rate = self.term.rate if self.term else None
        return in_currency(self.amounts.ceiling, rate) if rate else None


def funds_of(
    unit: SpendingUnit, fiscal_year: int, day: date, known: date | None = None
) -> list[Fund]:
    """Return the fund sources that a unit has lines of, or terms for."""
    lines = BudgetLine.objects.filter(unit=unit, fiscal_year=fiscal_year)
    amounts = amounts_by(lines, "fund_source", day, known)
    terms = terms_on(unit, fiscal_year, day, known)
    codes = {*amounts, *(one.fund_source for one in terms if not is_revenue(one.fund_source))}
    if any(is_revenue(one.fund_source) for one in terms) and not codes & set(REVENUE):
        codes.add(REVENUE[0])
    return [
        Fund(code, amounts.get(code, Amounts()), term_of(code, terms)) for code in sorted(codes)
    ]


def term_of(fund_source: str, terms: Iterable[FundTerm]) -> FundTerm | None:
    """Return the newest terms of a fund source among those that hold; PNBP has two writings."""
    same = REVENUE if is_revenue(fund_source) else (fund_source,)
    return max(
        (one for one in terms if one.fund_source in same),
        key=lambda one: (one.effective_on, one.pk),
        default=None,
    )


def terms_on(
    unit: SpendingUnit, fiscal_year: int, day: date, known: date | None = None
) -> list[FundTerm]:
    """Return the newest terms of each fund source that hold on a day, as they were known."""
    terms = FundTerm.objects.of_year(unit, fiscal_year).filter(effective_on__lte=day)
    if known is not None:
        terms = terms.filter(at__lt=datetime.combine(known + timedelta(days=1), time(), WIB))
    newest: dict[str, FundTerm] = {}
    for one in terms:
        newest.setdefault(one.fund_source, one)
    return list(newest.values())
