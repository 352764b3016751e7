"""Payment requests (SPP) on their way: each document of the ledger takes its step and its duty.

The ledger stays the one door for money: nothing here posts, but for the examination, which asks the
ledger's own action. Pulih itself asks nobody: what it posts of the past opens no duty.
"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget import actions as budget
from pulih.budget.actions import Posted
from pulih.budget.models import Appointment, DocumentKind, Posting, SpendingUnit
from pulih.budget.reads.doors import doors, has_hand
from pulih.budget.reads.limits import left_of
from pulih.budget.retrying import until_done
from pulih.common.errors import Message, Refusal
from pulih.people.models import Role, User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow import reads as workflow
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.models import Step
from pulih.workflow.posts import post_of

from ..models import Examination, Submission
from ..reads.taxes import is_unstated
from ..rules import checklist
from ..states import ACTS, EXAMINED, ORDERED, PAID, PAYMENT, POSTS, RETURNED, WITHDRAWN
from .printing import end_papers
from .taxes import one_at_a_time

HAND_OVER = {EXAMINED: "hand_over", RETURNED: "hand_over_returned", ORDERED: "hand_over_ordered"}


def follow(posting: Posting, by: User) -> None:
    """Take the step that a new document of the payment chain means. May refuse."""
    match DocumentKind(posting.document_kind):
        case DocumentKind.REQUEST:
            if by.role != Role.SYSTEM:
                _begin(posting, by)
        case DocumentKind.ORDER:
            _ordered(posting, by)
        case DocumentKind.PAYMENT:
            _paid(posting, by)
        case DocumentKind.CORRECTION if posting.reverses is not None:
            _taken_back(posting.reverses, by)


def examine(
    request: Posting, *, ticked: Collection[str], number: str, effective_on: date, by: User,
    taxes: int | None = None,
) -> Posted:  # fmt: skip
    """Examine an SPP by the checklist and order its payment (SPM). May refuse.

    Refused: a checklist that is not ticked whole; such an SPP goes back with the reason. taxes:
    the edition of what is withheld that the page showed, 0 for none.
    """
    require(by, Permission.POST_DOCUMENTS, request.unit.province)

    def act() -> Posted:
        return _examine(request, set(ticked), number, effective_on, by, taxes)

    return until_done(act)


@transaction.atomic
def _examine(
    request: Posting, ticked: set[str], number: str, effective_on: date, by: User,
    taxes: int | None,
) -> Posted:  # fmt: skip
    one_at_a_time(request)
    if taxes is not None and taxes != request.withholdings.count():
        raise Refusal(_("The taxes were stated anew in the meantime. Examine them first."))
    submission, last = _open(request, by)
    asked = checklist.items_on(effective_on, request.method)
    if left := checklist.missing(asked, ticked):
        raise Refusal(_not_ticked(left))
    Examination.objects.create(
        submission=submission, province_id=submission.province_id, after_step=last.number,
        ticked=[one.key for one in asked], is_passed=True, by=by,
    )  # fmt: skip
    posted = budget.order_payment(request, number=number, effective_on=effective_on, by=by)
    if not posted.is_new:
        raise Refusal(
            _("SPM %(number)s is in the books already. Give it another number.")
            % {"number": number}
        )
    if is_unstated(request):  # Nobody can tick that they were worked out and withheld right.
        raise Refusal(_UNSTATED)
    record(by, "treasury.examine", submission, posting=posted.posting_id)
    return posted


@transaction.atomic
def send_back(
    request: Posting, *, reason: str, by: User, ticked: Collection[str] = (),
    seen: int | None = None,
) -> None:  # fmt: skip
    """Send an SPP back to who made it, with the reason and what of the checklist is missing."""
    _require_hand(request, by, DocumentKind.ORDER)
    submission, last = _open(request, by)
    asked = checklist.items_on(timezone.localdate(clock.now()), request.method)
    missing = checklist.missing(asked, ticked)
    _step(submission, "send_back", by, reason=reason, seen=seen)
    Examination.objects.create(
        submission=submission, province_id=submission.province_id, after_step=last.number,
        ticked=[one.key for one in asked if one not in missing],
        missing=[one.key for one in missing], is_passed=False, by=by,
    )  # fmt: skip
    record(by, "treasury.send_back", submission)


@transaction.atomic
def submit_again(request: Posting, *, reason: str, by: User, seen: int | None = None) -> None:
    """Submit an SPP again, saying what was mended; one of a wrong sum is reversed instead."""
    _require_hand(request, by, DocumentKind.REQUEST)
    submission, _last = _open(request, by)
    _step(submission, "submit_again", by, reason=reason, seen=seen)
    record(by, "treasury.submit_again", submission)


def hand_over(unit: SpendingUnit, by: User) -> None:
    """Give the open duties of a unit to who holds its posts now."""
    for one in Submission.objects.filter(unit=unit).with_state().filter(state__in=ACTS):
        duty = workflow.open_duty(PAYMENT, one.pk)
        if duty is None:
            continue
        holder = _holder(unit, ACTS[one.state])
        if duty.person_id != (holder.pk if holder else None):
            _step(one, HAND_OVER[one.state], by)


def hand_over_everywhere(by: User) -> None:
    """Do so in every unit where a request waits: an appointment begins and ends on its own day."""
    waiting = Submission.objects.with_state().filter(state__in=ACTS).values("unit")
    for unit in SpendingUnit.objects.filter(pk__in=waiting).select_related("province"):
        with transaction.atomic():
            hand_over(unit, by)


def newest(request: Posting) -> Submission | None:
    """Return the way that an SPP goes now; None where it never began."""
    related = ("request__unit__province", "unit__province")
    return request.submissions.select_related(*related).order_by("-turn").first()


def _begin(request: Posting, by: User, turn: int = 1) -> Submission:
    found = Submission.objects.create(
        request=request, turn=turn, unit=request.unit, province_id=request.province_id
    )
    start(
        PAYMENT, found.pk, area=request.unit.province, by=by,
        duty=_duty(found, EXAMINED if turn == 1 else ORDERED),
    )  # fmt: skip
    return found


def _open(request: Posting, by: User) -> tuple[Submission, Step]:
    """Return an SPP's way and its last step; one from before ways were kept begins now."""
    if request.document_kind != DocumentKind.REQUEST or hasattr(request, "reversed_by"):
        raise Refusal(
            _("%(document)s is no payment request that can be examined.") % {"document": request}
        )
    submission = newest(request) or _begin(request, by)
    last = workflow.last_step(PAYMENT, submission.pk)
    if last is None:
        raise PermissionDenied(f"{by.pk} sees no step of {submission.pk}")
    return submission, last


def _ordered(order: Posting, by: User) -> None:
    assert order.refers_to is not None
    submission = newest(order.refers_to)
    if by.role == Role.SYSTEM:
        if submission is not None:
            _step(submission, _order_move(submission), by)
        return
    submission, last = _open(order.refers_to, by)
    move = PAYMENT.move(last.to_state, _order_move(submission)).key
    examined = submission.examinations.filter(is_passed=True)
    if move == "order":
        examined = examined.filter(after_step=last.number)
    if not examined.exists():
        raise Refusal(_NOT_EXAMINED)
    _step(submission, move, by)


def _order_move(submission: Submission) -> str:
    return "order_more" if _state(submission) == ORDERED else "order"


def _paid(payment: Posting, by: User) -> None:
    order = payment.refers_to
    if order is None or order.document_kind != DocumentKind.ORDER or order.refers_to is None:
        return
    submission = newest(order.refers_to)
    if submission is None or _state(submission) != ORDERED:
        return
    _step(submission, "pay_part" if _is_owed(order.refers_to) else "pay", by)


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
            if (submission := newest(document)) and _state(submission) in (EXAMINED, RETURNED):
                _step(submission, "withdraw", by)
        case DocumentKind.ORDER if document.refers_to is not None:
            submission = newest(document.refers_to)
            if (
                submission
                and _state(submission) == ORDERED
                and not _standing_orders(document.refers_to)
            ):
                _step(submission, "order_reversed", by)
        case DocumentKind.PAYMENT if document.refers_to is not None:
            _waits_again(document.refers_to, by)


def _waits_again(order: Posting, by: User) -> None:
    """Let an SPP whose payment was taken back wait for it once more, as another turn."""
    submission = newest(order.refers_to) if order.refers_to else None
    if submission and _state(submission) == PAID:
        again = _begin(submission.request, by, submission.turn + 1)
        _step(again, "order", by)


def _step(submission: Submission, move: str, by: User, **more: object) -> None:
    target = next(one.target for one in PAYMENT.moves if one.key == move)
    duty = None if target in (PAID, WITHDRAWN) else _duty(submission, target)
    take_step(PAYMENT, submission.pk, move, by=by, duty=duty, **more)  # type: ignore[arg-type]


def _state(submission: Submission) -> str:
    last = workflow.last_step(PAYMENT, submission.pk)
    return last.to_state if last else ""


def _duty(submission: Submission, state: str) -> NewDuty:
    """Return whose turn it is: who holds the unit's post, or while nobody does, the area's."""
    post, request = ACTS[state], submission.request
    days = {
        EXAMINED: checklist.examination_days(request.effective_on, request.method),
        ORDERED: checklist.payment_days(request.effective_on),
    }.get(state)
    holder = _holder(submission.unit, post)
    if holder is not None:
        return NewDuty(person=holder, working_days=days)
    return NewDuty(post=post_of(POSTS[post].key, submission.unit.province), working_days=days)


def _holder(unit: SpendingUnit, post: str) -> User | None:
    today = timezone.localdate(clock.now())
    held = Appointment.objects.on(today).filter(unit=unit, post=post, person__is_active=True)
    found = held.select_related("person").order_by("-valid_from", "-pk").first()
    return found.person if found else None


def _require_hand(request: Posting, by: User, kind: DocumentKind) -> None:
    require(by, Permission.POST_DOCUMENTS, request.unit.province)
    hands = doors()[kind].hands
    if by.role != Role.SYSTEM and not has_hand(request.unit, by, hands):
        raise Refusal(_NOT_THE_PPSPM if kind == DocumentKind.ORDER else _NOT_THE_PPK)


def _not_ticked(left: list[checklist.Item]) -> Message:
    names_id = "; ".join(one.words.id for one in left)
    names_en = "; ".join(one.words.en for one in left)
    return Message(
        f"Belum dicentang: {names_id}. Periksa lalu centang, atau kembalikan SPP dengan alasannya. "
        "Belum ada yang disimpan.",
        f"Not ticked: {names_en}. Examine and tick it, or send the SPP back with the reason. "
        "Nothing was saved.",
    )


_NOT_EXAMINED = Message(
    "SPP ini belum diperiksa. Isi daftar periksanya di halaman SPP, lalu terbitkan SPM di sana. "
    "Belum ada yang disimpan.",
    "This SPP was not examined. Fill in its checklist on the page of the SPP and issue the SPM "
    "there. Nothing was saved.",
)
_UNSTATED = Message(
    "Menurut aturan ada pajak yang dipotong dari SPP ini dan belum ada yang menyatakannya. PPK "
    "menyatakannya lebih dahulu, juga bila tidak ada yang dipotong. Belum ada yang disimpan.",
    "By the rule tax is withheld from this SPP, and nobody has stated it. The commitment officer "
    "(PPK) states it first, also where nothing is withheld. Nothing was saved.",
)
_NOT_THE_PPSPM = Message(
    "Hanya PPSPM satker ini yang mengembalikan SPP. Belum ada yang disimpan.",
    "Only the payment order officer (PPSPM) of this unit sends an SPP back. Nothing was saved.",
)
_NOT_THE_PPK = Message(
    "Hanya PPK satker ini yang mengajukan SPP lagi. Belum ada yang disimpan.",
    "Only the commitment officer (PPK) of this unit submits an SPP again. Nothing was saved.",
)
