"""What this room stores: rounds, proposals with all that is in them, ideas of regencies."""

from .parts import Attachment, CostRow, Place, ProposedGood, Receiver
from .proposals import EDITABLE, Mode, Proposal
from .rounds import Round

__all__ = [
    "EDITABLE",
    "Attachment",
    "CostRow",
    "Mode",
    "Place",
    "Proposal",
    "ProposedGood",
    "Receiver",
    "Round",
]
