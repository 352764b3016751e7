"""Multi-year contracts: what a letter gives each year, and the next year's part."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..identity import number_keys
from ..models import BudgetLine, ContractYear, DocumentKind, Posting, SpendingUnit
from ..reads.contract_years import Plan, plan_of
from ..rules.contract_years import before_its_last, below_committed, unfit
from .carrying_over import refuse_line
from .commitments import commit
from .ledger import Posted, require_for

LOCK = "SELECT budget_lock_contract(%s, %s)"


@transaction.atomic
def record_contract_years(
    unit: SpendingUnit,
    number: str,
    years: Mapping[int, int],
    *,
    letter: str,
    office: str,
    effective_on: date,
    by: User,
) -> Plan:
    """Record by a letter how much a contract may commit in each year, rupiah by year. May refuse.

    The same letter again is the same. Refused: less than is committed in a year on any of its days
    from effective_on on; a day before the contract's last letter; years that do not follow.
    """
    require(by, Permission.APPROVE_REVISIONS, unit.province)
    number, letter, office = (" ".join(text.split()) for text in (number, letter, office))
    key = number_keys([number]).get(number, "")
    if not key or not letter or not office:
        raise Refusal(_("Name the contract, the letter and the office that wrote it."))
    if problem := unfit(years):
        raise Refusal(problem)
    _lock(unit, key)
    last = plan_of(unit, number)
    new = Plan(number, last.edition + 1 if last else 1, letter, office, effective_on, dict(years))
    if last and _said(last) == _said(new):
        return last
    if last and effective_on < last.effective_on:
        raise Refusal(before_its_last(last.effective_on))
    _save(unit, new, by)
    record(by, "budget.record_contract_years", unit, contract=number, letter=letter)
    return new


def commit_part(contract: Posting, to: BudgetLine, *, effective_on: date, by: User) -> Posted:
    """Commit the part that the letter gives a contract in the next year, under its own number.

    to: a line of the next year. May refuse.
    """
    require_for(DocumentKind.COMMITMENT, by, contract.unit)
    refuse_line(contract, to, effective_on)
    year, plan = contract.fiscal_year + 1, plan_of(contract.unit, contract.document_number)
    part = plan.years.get(year, 0) if plan else 0
    if not part:
        raise Refusal(
            _("No letter gives this contract an amount in %(year)s. Record the letter first.")
            % {"year": year}
        )
    if part > to.amounts.free:
        raise Refusal(
            _("Of %(line)s only %(free)s is free; the part of %(year)s is %(part)s.")
            % {"line": to.line_key, "free": numbers.rupiah(to.amounts.free), "year": year,
               "part": numbers.rupiah(part)}
        )  # fmt: skip
    return commit(
        contract.unit, {to.pk: part}, number=contract.document_number, fiscal_year=year,
        effective_on=effective_on, by=by, party=contract.party,
        reason=f"Bagian TA {year} kontrak tahun jamak",
    )  # fmt: skip


def _lock(unit: SpendingUnit, key: str) -> None:
    """Lock the unit's lines, then the contract, in the order in which documents do."""
    list(BudgetLine.objects.filter(unit=unit).order_by("pk").select_for_update(no_key=True))
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [unit.pk, key])


def _said(plan: Plan) -> tuple[Any, ...]:
    return plan.letter, plan.office, plan.effective_on, plan.years


def _save(unit: SpendingUnit, plan: Plan, by: User) -> None:
    rows = [
        ContractYear(
            unit=unit, province_id=unit.province_id, contract_number=plan.number,
            edition=plan.edition, fiscal_year=year, rupiah=rupiah, letter=plan.letter,
            office=plan.office, effective_on=plan.effective_on, by=by,
        )
        for year, rupiah in sorted(plan.years.items())
    ]  # fmt: skip
    try:
        with transaction.atomic():
            ContractYear.objects.bulk_create(rows)
    except DatabaseError as error:
        cause: Any = error.__cause__
        if getattr(cause, "sqlstate", None) != "PU010":
            raise
        raise Refusal(below_committed(json.loads(cause.diag.message_detail))) from error
