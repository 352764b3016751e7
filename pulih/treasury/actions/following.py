"""Each document of the payment chain takes the step of its SPP; a reversal takes it back.

Pulih itself asks nobody: what it posts of the past opens no duty.
"""

from __future__ import annotations

from pulih.budget.models import DocumentKind, Posting
from pulih.budget.reads.limits import left_of
from pulih.common.errors import Message, Refusal
from pulih.people.models import Role, User

from ..models import Submission
from ..states import EXAMINED, ORDERED, PAID, PAYMENT, RETURNED
from .printing import end_papers
from .submission_steps import begin, newest, open_submission, state_of, take


def follow(posting: Posting, by: User) -> None:
    """Take the step that a new document of the payment chain means. May refuse."""
    match DocumentKind(posting.document_kind):
        case DocumentKind.REQUEST:
            if by.role != Role.SYSTEM:
                begin(posting, by)
        case DocumentKind.ORDER:
            _ordered(posting, by)
        case DocumentKind.PAYMENT:
            _paid(posting, by)
        case DocumentKind.CORRECTION if posting.reverses is not None:
            _taken_back(posting.reverses, by)


def _ordered(order: Posting, by: User) -> None:
    assert order.refers_to is not None
    submission = newest(order.refers_to)
    if by.role == Role.SYSTEM:
        if submission is not None:
            take(submission, _order_move(submission), by)
        return
    submission, last = open_submission(order.refers_to, by)
    move = PAYMENT.move(last.to_state, _order_move(submission)).key
    examined = submission.examinations.filter(is_passed=True)
    if move == "order":
        examined = examined.filter(after_step=last.number)
    if not examined.exists():
        raise Refusal(_NOT_EXAMINED)
    take(submission, move, by)


def _order_move(submission: Submission) -> str:
    return "order_more" if state_of(submission) == ORDERED else "order"


def _paid(payment: Posting, by: User) -> None:
    order = payment.refers_to
    if order is None or order.document_kind != DocumentKind.ORDER or order.refers_to is None:
        return
    submission = newest(order.refers_to)
    if submission is None or state_of(submission) != ORDERED:
        return
    take(submission, "pay_part" if _is_owed(order.refers_to) else "pay", by)


def _is_owed(request: Posting) -> bool:
    """Tell whether a standing order of an SPP is not paid whole."""
    return any(
        one.left
        for order in _standing_orders(request)
        for one in left_of(order, DocumentKind.PAYMENT)
    )


def _standing_orders(request: Posting) -> list[Posting]:
    orders = request.followed_by.filter(document_kind=DocumentKind.ORDER, reversed_by=None)
    return list(orders.select_related("unit"))


def _taken_back(document: Posting, by: User) -> None:
    """Follow the reversal of a document: the way goes back to where it stood before."""
    end_papers(document)
    match DocumentKind(document.document_kind):
        case DocumentKind.REQUEST:
            if (submission := newest(document)) and state_of(submission) in (EXAMINED, RETURNED):
                take(submission, "withdraw", by)
        case DocumentKind.ORDER if document.refers_to is not None:
            submission = newest(document.refers_to)
            if (
                submission
                and state_of(submission) == ORDERED
                and not _standing_orders(document.refers_to)
            ):
                take(submission, "order_reversed", by)
        case DocumentKind.PAYMENT if document.refers_to is not None:
            _waits_again(document.refers_to, by)


def _waits_again(order: Posting, by: User) -> None:
    """Let an SPP whose payment was taken back wait for it once more, as another turn."""
    submission = newest(order.refers_to) if order.refers_to else None
    if submission and state_of(submission) == PAID:
        again = begin(submission.request, by, submission.turn + 1)
        take(again, "order", by)


_NOT_EXAMINED = Message(
    "SPP ini belum diperiksa. Isi daftar periksanya di halaman SPP, lalu terbitkan SPM di sana. "
    "Belum ada yang disimpan.",
    "This SPP was not examined. Fill in its checklist on the page of the SPP and issue the SPM "
    "there. Nothing was saved.",
)
