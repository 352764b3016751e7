"""The steps of a submitted SPP: where it stands, whose turn it is, and the step that it takes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.budget.models import Appointment, DocumentKind, Posting, SpendingUnit
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.workflow import clock
from pulih.workflow import reads as workflow
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.models import Step
from pulih.workflow.post_holders import post_of

from ..models import Submission
from ..rules import checklist
from ..states import ACTS, EXAMINED, ORDERED, PAID, PAYMENT, POSTS, WITHDRAWN


def newest(request: Posting) -> Submission | None:
    """Return the newest submission of an SPP; None where it was never submitted."""
    related = ("request__unit__province", "unit__province")
    return request.submissions.select_related(*related).order_by("-turn").first()


def begin(request: Posting, by: User, turn: int = 1) -> Submission:
    found = Submission.objects.create(
        request=request, turn=turn, unit=request.unit, province_id=request.province_id
    )
    start(
        PAYMENT, found.pk, area=request.unit.province, by=by,
        duty=_duty(found, EXAMINED if turn == 1 else ORDERED),
    )  # fmt: skip
    return found


def open_submission(request: Posting, by: User) -> tuple[Submission, Step]:
    """Return an SPP's submission and its last step; one from before these were kept begins now."""
    if request.document_kind != DocumentKind.REQUEST or hasattr(request, "reversed_by"):
        raise Refusal(
            _("%(document)s is no payment request that can be examined.") % {"document": request}
        )
    submission = newest(request) or begin(request, by)
    last = workflow.last_step(PAYMENT, submission.pk)
    if last is None:
        raise PermissionDenied(f"{by.pk} sees no step of {submission.pk}")
    return submission, last


def take(
    submission: Submission, move: str, by: User, *, reason: str = "", seen: int | None = None
) -> None:
    target = next(one.target for one in PAYMENT.moves if one.key == move)
    duty = None if target in (PAID, WITHDRAWN) else _duty(submission, target)
    take_step(PAYMENT, submission.pk, move, by=by, duty=duty, reason=reason, seen=seen)


def state_of(submission: Submission) -> str:
    last = workflow.last_step(PAYMENT, submission.pk)
    return last.to_state if last else ""


def _duty(submission: Submission, state: str) -> NewDuty:
    """Return whose turn it is: who holds the unit's post, or while nobody does, the area's."""
    post, request = ACTS[state], submission.request
    days = {
        EXAMINED: checklist.examination_days(request.effective_on, request.method),
        ORDERED: checklist.payment_days(request.effective_on),
    }.get(state)
    holder = holder_of(submission.unit, post)
    if holder is not None:
        return NewDuty(person=holder, working_days=days)
    return NewDuty(post=post_of(POSTS[post].key, submission.unit.province), working_days=days)


def holder_of(unit: SpendingUnit, post: str) -> User | None:
    today = timezone.localdate(clock.now())
    held = Appointment.objects.on(today).filter(unit=unit, post=post, person__is_active=True)
    found = held.select_related("person").order_by("-valid_from", "-pk").first()
    return found.person if found else None
