"""Recording what an office above the unit says of a fund source."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import FundTerm, SpendingUnit
from ..rules.revenue_and_loans import LOANS, REVENUE, overspent
from ..rules.years import expired_or_early


@transaction.atomic
def record_fund_term(
    unit: SpendingUnit,
    fiscal_year: int,
    *,
    fund_source: str,
    effective_on: date,
    letter: str,
    office: str,
    by: User,
    maximum: int | None = None,
    deposited: int | None = None,
    register: str = "",
    currency: str = "",
    rate: Decimal | None = None,
) -> FundTerm:
    """Record by a letter what may be paid of PNBP, or at which rate a loan counts. May refuse.

    Refused: a maximum below what is paid already on any later day, or above what was deposited.
    """
    require(by, Permission.APPROVE_REVISIONS, unit.province)
    if closed := expired_or_early(fiscal_year, effective_on):
        raise Refusal(closed)
    if fund_source in REVENUE:
        _refuse_revenue(maximum, deposited)
        register, currency, rate = "", "", None
    elif fund_source in LOANS:
        _refuse_loan(currency, rate)
        maximum = deposited = None
    else:
        raise Refusal(_("Only PNBP, loans and grants from abroad have terms of their own."))
    if not letter.strip() or not office.strip():
        raise Refusal(_("Name the letter and the office that wrote it."))
    term = FundTerm(
        unit=unit, province_id=unit.province_id, fiscal_year=fiscal_year, fund_source=fund_source,
        effective_on=effective_on, letter=" ".join(letter.split()), office=" ".join(office.split()),
        maximum=maximum, deposited=deposited, register=" ".join(register.split()),
        currency=currency, rate=rate, by=by,
    )  # fmt: skip
    _save(term)
    record(by, "budget.record_fund_term", term, fund=fund_source, letter=term.letter)
    return term


def _refuse_revenue(maximum: int | None, deposited: int | None) -> None:
    if maximum is None or deposited is None:
        raise Refusal(_("For PNBP give what was deposited and how much of it may be paid."))
    if maximum > deposited:
        raise Refusal(_("More may not be paid of PNBP than was deposited. Check both amounts."))


def _refuse_loan(currency: str, rate: Decimal | None) -> None:
    if not currency or rate is None or rate <= 0:
        raise Refusal(_("For a loan or grant give the currency and the rupiah a unit of it."))


def _save(term: FundTerm) -> None:
    try:
        with transaction.atomic():
            term.save()
    except DatabaseError as error:
        cause: Any = error.__cause__
        if getattr(cause, "sqlstate", None) != "PU009":
            raise
        raise Refusal(overspent(json.loads(cause.diag.message_detail))) from error
