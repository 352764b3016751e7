"""What this room stores: rounds, proposals with all that is in them, and their answers."""

from .amendments import Amendment
from .decisions import DecidedPlace, DecidedRow, Outcome, ProposalDecision
from .earlier import EarlierProposal, EarlierRow
from .ideas import Idea
from .parts import Attachment, CostRow, Place, ProposedGood, Receiver
from .proposals import EDITABLE, Mode, Proposal
from .reviews import Assignment, Declared, Score, Verification
from .rounds import Round
from .versions import ProposalVersion

__all__ = [
    "EDITABLE",
    "Amendment",
    "Assignment",
    "Attachment",
    "CostRow",
    "DecidedPlace",
    "DecidedRow",
    "Declared",
    "EarlierProposal",
    "EarlierRow",
    "Idea",
    "Mode",
    "Outcome",
    "Place",
    "Proposal",
    "ProposalDecision",
    "ProposalVersion",
    "ProposedGood",
    "Receiver",
    "Round",
    "Score",
    "Verification",
]
