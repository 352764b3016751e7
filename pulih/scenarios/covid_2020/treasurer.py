"""What three officers of Jawa Barat do with payment requests: one in each state, a late tax.

People act here, so what they write is learned when the demo is built. No line is committed further,
but for the bill out of the imprest, which nobody has paid back yet.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from pulih.budget import actions as budget
from pulih.budget.models import BudgetLine, DocumentKind, Posting, SpendingUnit
from pulih.budget.reads.limits import left_of
from pulih.budget.reads.numbers import next_number
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.treasury import actions as treasury
from pulih.treasury.models import Submission
from pulih.treasury.reads import taxes
from pulih.treasury.reads.supporting import checklist_of
from pulih.treasury.rules import checklist

from . import pok

PPK, PPSPM, TREASURER = "jabar_ppk", "jabar_ppspm", "jabar_bendahara"
PROVINCE, ASKED, BILL, IMPREST = "32", 1_000_000, 11_000_000, 100_000_000
BILLED_ON, ASKED_ON = date(2020, 6, 2), date(2020, 6, 12)
LAST_FILED = 4  # The month of which the treasurer has filed the books.


def act() -> None:
    """Let the officers act once."""
    unit = SpendingUnit.objects.select_related("province").get(code=pok.unit_code(PROVINCE))
    if Submission.objects.filter(unit=unit).exists():
        return
    with transaction.atomic():
        _send_requests(unit)
        _bill_with_a_late_tax(unit)
        _keep_the_books(unit)


def _send_requests(unit: SpendingUnit) -> None:
    """Leave one SPP that waits, one that went back, one withdrawn, one ordered and one paid."""
    contract = next(one for one in _contracts(unit) if _left(one) >= 5 * ASKED)
    _waiting, returned, withdrawn, ordered, paid = (_asked(contract) for _one in range(5))
    with _as(PPSPM) as officer:
        treasury.send_back(
            returned, reason="Kuitansi belum dibubuhi tanggal (peragaan)", ticked=["sum"],
            by=officer,
        )  # fmt: skip
    with _as(PPK) as officer:
        budget.reverse(
            withdrawn, number=f"BA-{withdrawn.document_number}", effective_on=ASKED_ON,
            reason="Diajukan dua kali (peragaan)", by=officer,
        )  # fmt: skip
    orders = [_ordered(one) for one in (ordered, paid)]
    with _as(TREASURER) as officer:
        budget.pay(
            unit, dict(orders[1].entries.values_list("line", "rupiah")), number="203213049999999",
            fiscal_year=pok.FISCAL_YEAR, effective_on=ASKED_ON, by=officer, refers_to=orders[1],
            method="LS", party=paid.party,
        )  # fmt: skip


def _bill_with_a_late_tax(unit: SpendingUnit) -> None:
    """Ask for the refill of a bill whose taxes the treasurer withheld and has not paid in."""
    goods = BudgetLine.objects.filter(unit=unit, account="521211", is_protected=False)
    line = next(one for one in goods.order_by("line_key") if one.amounts.free >= BILL)
    with _as(PPK) as officer:
        request = _posting(
            budget.request_payment(
                unit, {line.pk: BILL}, number=_number(unit), fiscal_year=pok.FISCAL_YEAR,
                effective_on=BILLED_ON, by=officer, method="GUP", party="Bendahara pengeluaran",
            )
        )  # fmt: skip
        rule = taxes.suggested(request, "vat_body", has_number=True)
        treasury.state_taxes(
            request, {one.tax: one.rupiah for one in rule}, payee="vat_body", has_number=True,
            by=officer,
        )  # fmt: skip
    _ordered(request)


def _keep_the_books(unit: SpendingUnit) -> None:
    with _as(TREASURER) as officer:
        treasury.move_cash(
            unit, kind="up_in", rupiah=IMPREST, day=date(2020, 1, 6), number="SP2D UP (peragaan)",
            by=officer,
        )  # fmt: skip
        for month in range(1, LAST_FILED + 1):
            treasury.file_month(unit, pok.FISCAL_YEAR, month, by=officer)


def _asked(contract: Posting) -> Posting:
    line = next(one.line.pk for one in left_of(contract, DocumentKind.REQUEST) if one.left >= ASKED)
    with _as(PPK) as officer:
        made = budget.request_payment(
            contract.unit, {line: ASKED}, number=_number(contract.unit), by=officer,
            fiscal_year=pok.FISCAL_YEAR, effective_on=ASKED_ON, method="LS", commitment=contract,
            party=contract.party,
        )  # fmt: skip
        asked = _posting(made)
        treasury.state_taxes(
            asked, {}, payee="exempt", has_number=True, by=officer, reason="Peragaan"
        )
    return asked


def _ordered(request: Posting) -> Posting:
    ticked = [one.key for one in checklist.items_on(ASKED_ON, request.method)]
    number = next_number(request.unit_id, pok.FISCAL_YEAR, DocumentKind.ORDER)
    with _as(PPK) as officer:
        papers = [
            treasury.NamedPaper(
                one.code, f"{place}/{request.document_number} (peragaan)", BILLED_ON
            )
            for place, one in enumerate(checklist_of(request), 1)
        ]
        treasury.name_papers(request, papers, by=officer)
    with _as(PPSPM) as officer:
        return _posting(
            treasury.examine(
                request, ticked=ticked, number=number, effective_on=ASKED_ON, by=officer
            )
        )


def _contracts(unit: SpendingUnit) -> Iterator[Posting]:
    every = Posting.objects.filter(
        unit=unit, document_kind=DocumentKind.COMMITMENT, settles=None, reversed_by=None,
        effective_on__lte=ASKED_ON,
    )  # fmt: skip
    yield from every.select_related("unit__province").order_by("pk")


def _left(contract: Posting) -> int:
    return max((one.left for one in left_of(contract, DocumentKind.REQUEST)), default=0)


def _number(unit: SpendingUnit) -> str:
    return next_number(unit.pk, pok.FISCAL_YEAR, DocumentKind.REQUEST)


@contextmanager
def _as(username: str) -> Iterator[User]:
    person = User.objects.get(username=username)
    with speaking_for(person):
        yield person


def _posting(posted: budget.Posted) -> Posting:
    found: Posting = Posting.objects.select_related("unit__province").get(pk=posted.posting_id)
    return found
