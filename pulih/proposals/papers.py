"""The answer to a proposal carries a code that anybody can verify."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pulih.documents.actions import issue
from pulih.documents.kinds import PaperKind
from pulih.workflow.calendars import zone_of

from .models import ProposalDecision

ANSWER = PaperKind("proposals.answer", _("Answer to a proposal"))
ANSWERED_BY = "Direktorat Jenderal IKMA"


def register_answer(decision: ProposalDecision, at: datetime) -> None:
    """Give the letter its code on the day of the decision, by the clock of the office."""
    proposal = decision.proposal
    issue(
        ANSWER, proposal.pk, office=ANSWERED_BY, number=f"Usulan {proposal.number}",
        dated=at.astimezone(zone_of(proposal.province_id)).date(), province=proposal.province,
        person=decision.by.name,
    )  # fmt: skip
