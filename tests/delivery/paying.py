"""People of the treasury chain, and the steps that they take with a list."""

from datetime import UTC, date, datetime
from typing import Any

from pulih.budget import actions as budget
from pulih.budget.models import Appointment, BudgetLine, Post, Posting, PromisedLine
from pulih.delivery.actions import attendance, packs, payments
from pulih.delivery.models import Activity, PaymentList
from pulih.delivery.reads.packs import pack_lines
from pulih.delivery.reads.payments import Source, promise_of, sources
from pulih.people.models import Role, User
from pulih.people.scope import speaking_for
from tests.make import ledger
from tests.people import cast

DAY = date(2020, 6, 26)


def line_of(activity: Activity, account: str = "521219") -> BudgetLine:
    lines = PromisedLine.objects.filter(promise=promise_of(activity))
    return lines.select_related("line__unit", "line__province").get(line__account=account).line


def hand(activity: Activity, post: str) -> User:
    """Return somebody who holds a post of the unit that pays."""
    line = line_of(activity)
    person = cast.person(Role.PROVINCIAL_OFFICER, line.province, f"{post}-{line.unit_id}")
    if not Appointment.objects.filter(person=person).exists():
        ledger.appointed(line, person, post)
    return person


def committed(
    activity: Activity, rupiah: int = 1_100_000, account: str = "521219", **values: Any
) -> Posting:
    by = values.pop("by", None) or hand(activity, Post.COMMITMENT_OFFICER)
    usual = {"number": "SK-9", "effective_on": DAY, "party": "Daftar peserta", "reason": "",
             "by": by}  # fmt: skip
    amounts = {line_of(activity, account).pk: rupiah}
    with speaking_for(by):
        posted = payments.commit(activity, amounts, **{**usual, **values})
    return Posting.objects.select_related("unit").get(pk=posted.posting_id)


def source(given: PaymentList, is_imprest: bool = False) -> Source:
    found = sources(promise_of(given.activity), given.row.account, given.gross)
    return next(one for one in found if (one.commitment is None) == is_imprest)


def packed(given: PaymentList) -> None:
    """Name the papers of a list that the office holds."""
    by = hand(given.activity, Post.COMMITMENT_OFFICER)
    for one in pack_lines(given):
        if one.is_of_office and one.named is None:
            packs.name_paper(
                given, key=one.rule.key, number=f"{one.rule.key}-1", dated=DAY, by=by, today=DAY
            )


def requested(
    given: PaymentList, number: str = "SPP-1", is_imprest: bool = False, **values: Any
) -> None:
    by = hand(given.activity, Post.COMMITMENT_OFFICER)
    usual = {"number": number, "effective_on": DAY, "method": "GUP" if is_imprest else "LS",
             "by": by, "today": DAY}  # fmt: skip
    where = values.pop("source", None) or source(given, is_imprest)
    packed(given)
    with speaking_for(by):
        payments.request_payment(given, source=where, **usual | values)


def paid(given: PaymentList, number: str = "1") -> Posting:
    """Let the order officer order and the treasurer pay what a list requests."""
    given.refresh_from_db()
    return paid_request(given.activity, given.request, number)


def ordered(given: PaymentList, number: str = "SPM-1", day: date = DAY) -> Posting:
    """Let the order officer order what a list requests."""
    return _ordered(given.activity, given.request, number, day)


def _ordered(activity: Activity, request: Posting, number: str, day: date = DAY) -> Posting:
    orderer = hand(activity, Post.ORDER_OFFICER)
    return ledger.examined(request, orderer, number=number, effective_on=day)


def paid_order(activity: Activity, order: Posting, number: str = "20061") -> Posting:
    """Let the treasurer pay an order."""
    treasurer = hand(activity, Post.TREASURER)
    amounts = dict(order.entries.values_list("line", "rupiah"))
    with speaking_for(treasurer):
        posted = budget.pay(
            order.unit, amounts, number=number, fiscal_year=2020, effective_on=DAY, by=treasurer,
            refers_to=order, method=order.method,
        )  # fmt: skip
    return Posting.objects.get(pk=posted.posting_id)


def paid_request(activity: Activity, request: Posting, number: str = "1") -> Posting:
    number = f"2006{number}"
    return paid_order(activity, _ordered(activity, request, number), number)


def bought_material(activity: Activity, rupiah: int = 2_000_000) -> Posting:
    """Commit and pay the material of an activity; return its SP2D."""
    contract = committed(activity, rupiah, "521211", number="K-1", party="CV Kain")
    officer = hand(activity, Post.COMMITMENT_OFFICER)
    with speaking_for(officer):
        posted = budget.request_payment(
            contract.unit, {line_of(activity, "521211").pk: rupiah}, number="SPP-K",
            fiscal_year=2020, effective_on=DAY, by=officer, method="LS", commitment=contract,
            party="CV Kain",
        )  # fmt: skip
    request = Posting.objects.select_related("unit").get(pk=posted.posting_id)
    return paid_request(activity, request, "K")


def corrected(activity: Activity, number: int, nth: int = 0, presence: str = "absent") -> None:
    """Correct what is known of a participant on the nth day: absent after all, or present."""
    session = list(activity.cohorts.get().sessions.order_by("day"))[nth]
    attendance.correct(
        session, activity.participants.get(number=number), presence=presence,
        reason="ill" if presence == "absent" else "", why="surat dokter",
        by=cast.provincial_officer(), now=datetime(2020, 6, 26, 4, tzinfo=UTC),
    )  # fmt: skip
