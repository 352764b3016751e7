"""The papers of a proposal carry codes that anybody can verify: what is asked and answered."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.documents.actions import end, issue
from pulih.documents.kinds import PaperKind, at
from pulih.documents.lookups import code_in_force
from pulih.documents.models import PaperCode, PaperState
from pulih.people.permissions import Permission
from pulih.workflow.calendars import zone_of

from .models import Proposal, ProposalDecision, ProposalVersion, Verification

ANSWER = PaperKind(
    "proposals.answer",
    _("Answer to a proposal"),
    Permission.SEE_PROPOSALS,
    at("proposals:proposal"),
)
TERMS = PaperKind(
    "proposals.terms",
    _("Terms of reference (KAK)"),
    Permission.SEE_PROPOSALS,
    at("proposals:proposal"),
)
COST_PLAN = PaperKind(
    "proposals.cost_plan", _("Cost plan (RAB)"), Permission.SEE_PROPOSALS, at("proposals:proposal")
)
VERIFICATION = PaperKind(
    "proposals.verification",
    _("Verification sheet"),
    Permission.SEE_PROPOSALS,
    at("proposals:proposal"),
)
SCORING = PaperKind(
    "proposals.scoring",
    _("Minutes of scoring"),
    Permission.SEE_PROPOSALS,
    at("proposals:proposal"),
)
KINDS = (ANSWER, TERMS, COST_PLAN, VERIFICATION, SCORING)


def list_subject(round_id: int, province_id: int | None) -> str:
    """Return the subject of a round's list. province_id: None for the whole country."""
    return f"{round_id}/{province_id}" if province_id else str(round_id)


def _list_page(paper: PaperCode) -> str:
    return f"{reverse('proposals:list')}?round={paper.subject.partition('/')[0]}"


ROUND_LIST = PaperKind(
    "proposals.round_list", _("List of a round's proposals"), Permission.SEE_PROPOSALS, _list_page
)
ANSWERED_BY = "Direktorat Jenderal IKMA"


def register_answer(decision: ProposalDecision, at: datetime) -> None:
    """Give the letter its code on the day of the decision, by the clock of the office."""
    proposal = decision.proposal
    issue(
        ANSWER, proposal.pk, office=ANSWERED_BY, number=f"Usulan {proposal.number}",
        dated=_day(proposal, at), province=proposal.province, person=decision.by.name,
    )  # fmt: skip


def register_verification(verification: Verification) -> None:
    """Give the verification sheet its code; that of an earlier version is replaced."""
    proposal, version = verification.proposal, verification.version
    issue(
        VERIFICATION, proposal.pk, office=ANSWERED_BY,
        number=f"Usulan {proposal.number}, versi {version.number}",
        dated=_day(proposal, verification.at), province=proposal.province,
        person=verification.by.name,
    )  # fmt: skip


def register_scoring(proposal: Proposal, at: datetime) -> None:
    """Give the minutes their code as the last review comes in; they name no reviewer."""
    issue(
        SCORING, proposal.pk, office=ANSWERED_BY, number=f"Usulan {proposal.number}",
        dated=_day(proposal, at), province=proposal.province,
    )  # fmt: skip


def register_version(version: ProposalVersion) -> None:
    """Give KAK and RAB of a version their codes; those of the version before are replaced."""
    proposal = version.proposal
    office = f"Dinas Perindustrian Provinsi {proposal.province.name}"
    for kind in (TERMS, COST_PLAN):
        issue(
            kind,
            proposal.pk,
            office=office,
            number=f"Usulan {proposal.number}, versi {version.number}",
            dated=_day(proposal, version.at),
            province=proposal.province,
            person=version.by.name,
        )


def withdraw_papers(proposal: Proposal, at: datetime) -> None:
    """Say of the papers of a withdrawn proposal that they hold no longer."""
    for kind in (TERMS, COST_PLAN):
        end(kind, proposal.pk, PaperState.WITHDRAWN, on=_day(proposal, at))


def code_of(kind: PaperKind, proposal: Proposal) -> str:
    """Return the code that a print carries; none while the office still writes."""
    return "" if proposal.is_editable else code_in_force(kind, proposal.pk)


def _day(proposal: Proposal, at: datetime) -> date:
    return at.astimezone(zone_of(proposal.province_id)).date()
