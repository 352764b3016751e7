"""What delivery stores, one file a noun."""

from .activities import Activity, Cohort, Mode, Participant, Session, Site, Trainer, TrainerRole
from .attendance import AbsenceReason, Mark, Presence
from .goods import Item, Move, MoveKind, Spot, Stock
from .handovers import Handover, Receiver, ReceiverKind, Side, Signature
from .persons import Person, Sex
from .seats import Seat

__all__ = [
    "AbsenceReason",
    "Activity",
    "Cohort",
    "Handover",
    "Item",
    "Mark",
    "Mode",
    "Move",
    "MoveKind",
    "Participant",
    "Person",
    "Presence",
    "Receiver",
    "ReceiverKind",
    "Seat",
    "Session",
    "Sex",
    "Side",
    "Signature",
    "Site",
    "Spot",
    "Stock",
    "Trainer",
    "TrainerRole",
]
