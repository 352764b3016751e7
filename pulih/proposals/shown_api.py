"""A proposal as programs read it, and the look-ups that their addresses share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.responses import Status

from pulih.people.access import asked_by
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.web.words import language, say

from .actions.clashes import Clash
from .contents import SECTIONS
from .models import CostRow, Proposal, ProposalDecision
from .presenters import ShownRow, answer_to, shown_plan
from .rules.findings import Finding

# One router for all: an address that is read and written must be one address of one router.
router = Router(tags=["proposals"])


def proposal_of(person: User, pk: int) -> Proposal:
    visible = Proposal.objects.visible_to(person)
    found = visible.select_related("round", "measure", "province", "made_by", "changed_by")
    proposal: Proposal = get_object_or_404(found, pk=pk)
    return proposal


def own(request: HttpRequest, pk: int) -> tuple[User, Proposal]:
    """Return who asks and a proposal of the own office, to be written."""
    person = asked_by(request, Permission.PROPOSE)
    proposal = proposal_of(person, pk)
    if not may(person, Permission.PROPOSE, proposal.province):
        raise PermissionDenied
    return person, proposal


def whole(proposal: Proposal, person: User) -> dict[str, Any]:
    """Return all of a proposal as it stands now, checked, with what this person may read of it."""
    proposal = proposal_of(person, proposal.pk)
    plan, answer = shown_plan(proposal, language()), answer_to(proposal, person, language())
    return {
        "id": proposal.pk,
        "number": proposal.number,
        "round": proposal.round_id,
        "measure": proposal.measure.code,
        "province": proposal.province_id,
        "state": proposal.state,
        "seen": proposal.version,
        "last_step": answer.seen,
        "held_by": str(answer.held.duty.post or answer.held.duty.person) if answer.held else None,
        "held_until": answer.held.due.last_day if answer.held else None,
        "sections": {name: getattr(proposal, name) for name in SECTIONS},
        "rows": [_row(one) for one in plan.rows],
        "places": [
            {**_named(one, "regency_id", "site", "people"), "name": one.regency.name}
            for one in plan.places
        ],
        "goods": [
            _named(one, "text", "quantity", "unit", "standard", "receiver", "receiver_note")
            for one in plan.goods
        ],
        "attachments": [
            {"id": one.pk, "name": one.name, "size_bytes": one.size_bytes, "sha256": one.sha256}
            for one in proposal.attachments.order_by("pk")
        ],
        "asked_rupiah": proposal.asked_rupiah,
        "approved_rupiah": answer.approved,
        "missing_rupiah": answer.missing,
        "people": proposal.people,
        "per_participant": plan.sums.per_participant,
        "may_be_sent": proposal.is_editable and plan.may_be_sent,
        "findings": [
            told(one) for one in plan.assessment.findings if not isinstance(one.place, int)
        ],
        "steps": [
            {
                "number": one.number, "move": one.move, "to_state": one.to_state, "at": one.at,
                "reason": one.reason,
            }
            for one in answer.steps
        ],
        "versions": list(proposal.versions.order_by("number")),
        "scores": [
            {"slot": one.slot, "total": one.total, "points": one.points} for one in answer.scores
        ],
        "decision": _decision(answer.decision),
    }  # fmt: skip


def told(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key,
        "severity": finding.severity.value,
        "stops": finding.severity.stops,
        "place": str(finding.place),
        "message": say(finding.message),
    }


def clashing(clash: Clash) -> Status[dict[str, Any]]:
    """Answer with both versions: nothing has been overwritten."""
    return Status(
        409,
        {
            "refused": say(clash.message),
            "now": clash.now,
            "is_gone": clash.is_gone,
            "differing": [
                {"field": one.field, "theirs": str(one.theirs), "mine": str(one.mine)}
                for one in clash.differing
            ],
        },
    )


def _row(shown: ShownRow) -> dict[str, Any]:
    row: CostRow = shown.row
    return {
        **_named(row, "position", "text", "account", "unit_cost", "rupiah", "standard", "reason"),
        "factors": shown.calculation,
        "standard_is_confirmed": shown.is_confirmed,
        "suggested": [one.code for one in shown.checked.suggested],
        "prices": row.prices,
        "survey": row.survey_id,
        "findings": [told(one) for one in shown.checked.findings],
    }


def _named(part: Any, *names: str) -> dict[str, Any]:
    values = {name.removesuffix("_id"): getattr(part, name) for name in names}
    return {"id": part.pk, "seen": part.version, **values}


def _decision(decision: ProposalDecision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    names = ("outcome", "reason", "asked_rupiah", "approved_rupiah", "approved_people")
    of_place = ("position", "people_asked", "people")
    return {
        **{name: getattr(decision, name) for name in names},
        "places": [
            {"regency": one.regency_id, **{name: getattr(one, name) for name in of_place}}
            for one in decision.places.order_by("position")
        ],
    }
