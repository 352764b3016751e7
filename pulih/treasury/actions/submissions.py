"""Payment requests (SPP): examined and ordered, sent back with the reason, submitted again.

The ledger stays the one door for money: nothing here posts, but for the examination, which asks the
ledger's own action.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget import actions as budget
from pulih.budget.actions import Posted
from pulih.budget.models import DocumentKind, Posting
from pulih.budget.reads.doors import doors, has_hand
from pulih.budget.retrying import until_done
from pulih.common.errors import Message, Refusal
from pulih.people.models import Role, User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock

from ..models import Examination
from ..reads.taxes import is_unstated
from ..rules import checklist
from .submission_steps import open_submission, take
from .supporting import refuse_incomplete
from .taxes import one_at_a_time


def examine(
    request: Posting, *, ticked: Collection[str], number: str, effective_on: date, by: User,
    taxes: int | None = None,
) -> Posted:  # fmt: skip
    """Examine an SPP by the checklist and order its payment (SPM). May refuse.

    Refused: a checklist that is not ticked whole; such an SPP goes back with the reason. Also one
    whose supporting papers are neither there nor excused. taxes: the edition of what is withheld
    that the page showed, 0 for none.
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
    submission, last = open_submission(request, by)
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
    refuse_incomplete(request)
    record(by, "treasury.examine", submission, posting=posted.posting_id)
    return posted


@transaction.atomic
def send_back(
    request: Posting, *, reason: str, by: User, ticked: Collection[str] = (),
    seen: int | None = None,
) -> None:  # fmt: skip
    """Send an SPP back to who made it, with the reason and what of the checklist is missing."""
    _require_hand(request, by, DocumentKind.ORDER)
    submission, last = open_submission(request, by)
    asked = checklist.items_on(timezone.localdate(clock.now()), request.method)
    missing = checklist.missing(asked, ticked)
    take(submission, "send_back", by, reason=reason, seen=seen)
    Examination.objects.create(
        submission=submission, province_id=submission.province_id, after_step=last.number,
        ticked=[one.key for one in asked if one not in missing],
        missing=[one.key for one in missing], is_passed=False, by=by,
    )  # fmt: skip
    record(by, "treasury.send_back", submission)


@transaction.atomic
def submit_again(request: Posting, *, reason: str, by: User, seen: int | None = None) -> None:
    """Submit an SPP again, saying what was fixed; one of a wrong sum is reversed instead."""
    _require_hand(request, by, DocumentKind.REQUEST)
    submission, _last = open_submission(request, by)
    take(submission, "submit_again", by, reason=reason, seen=seen)
    record(by, "treasury.submit_again", submission)


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
