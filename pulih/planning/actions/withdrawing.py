"""Taking an adopted plan back while none of its revisions has taken effect."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.people.models import Reach, User
from pulih.people.permissions import ROLES, Permission, require
from pulih.revisions.actions import withdraw as withdraw_revision
from pulih.revisions.models import Revision
from pulih.workflow.actions import NewNotice, notify
from pulih.workflow.columns import move_row
from pulih.workflow.models import Decision

from ..models import Adoption, AdoptionWithdrawal, Scenario, State
from ..states import SCENARIO
from .adopting import ADOPTION, source_of


@transaction.atomic
def withdraw_adopted(scenario: Scenario, *, reason: str, by: User) -> AdoptionWithdrawal:
    """Withdraw an adopted plan with every draft that it made, in one act. May refuse.

    Refused: without a reason, and once a revision of the plan has moved money.
    """
    require(by, Permission.ADOPT_PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.state != State.ADOPTED:
        raise Refusal(_("Only an adopted plan can be taken back."))
    if not reason.strip():
        raise Refusal(_("Say why the plan is taken back: every office that got a draft reads it."))
    adoption = Adoption.objects.get(solution__scenario=scenario)
    found = Revision.objects.filter(source=source_of(scenario)).select_related("unit")
    drafts = list(found.order_by("unit_id", "pk").select_for_update(of=("self",)))
    _refuse_after_effect(drafts)
    open_ = [one for one in drafts if one.is_open]
    for draft in open_:
        withdraw_revision(draft, reason=reason, by=by)
    move_row(SCENARIO, scenario, "withdraw")
    scenario.save(update_fields=["state", "changed_at"])
    withdrawal = AdoptionWithdrawal.objects.create(
        adoption=adoption, reason=reason.strip(), withdrawn_by=by, drafts=len(open_)
    )
    record(by, "planning.withdraw_adopted", scenario, drafts=len(open_), reason=reason.strip())
    _tell(scenario, adoption, drafts, reason.strip(), by)
    return withdrawal


def _refuse_after_effect(drafts: list[Revision]) -> None:
    for one in drafts:
        if one.has_taken_effect:
            raise Refusal(
                _(
                    "The draft of %(unit)s is in force: its money has moved, so the plan stays "
                    "adopted. Move it back by a revision of that unit. Nothing was withdrawn."
                )
                % {"unit": one.unit}
            )


def _tell(
    scenario: Scenario, adoption: Adoption, drafts: list[Revision], reason: str, by: User
) -> None:
    """Tell who proposed and decided, and whoever revises the budget of a unit that got a draft."""
    decision = Decision.objects.filter(kind=ADOPTION, subject_id=scenario.pk).order_by("-pk")
    roles = [role for role, held in ROLES.items() if Permission.REVISE_BUDGET in held]
    reaches = Reach.objects.valid_on(timezone.localdate()).filter(
        area__in=[one.province_id for one in drafts], user__is_active=True, user__role__in=roles
    )
    people = {adoption.adopted_by, *(one.user for one in reaches.select_related("user"))}
    people |= {one.proposed_by for one in decision[:1]}
    title = Message(f"Rencana ditarik: {adoption.title}", f"Plan withdrawn: {adoption.title}")
    text = Message(
        f"Penetapan “{adoption.title}” ditarik; {len(drafts)} drafnya ikut ditarik dan tidak ada "
        f"uang yang berpindah. Alasan: {reason}",
        f"The adoption of “{adoption.title}” is withdrawn, its {len(drafts)} drafts with it; no "
        f"money moves. Reason: {reason}",
    )
    told = [NewNotice(one, title, text) for one in people if one.pk != by.pk]
    address = reverse("planning:adopted-plan", args=[adoption.pk])
    notify(told, f"decision_{ADOPTION}", decision[0].pk if decision else scenario.pk, url=address)
