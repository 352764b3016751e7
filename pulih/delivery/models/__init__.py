"""What delivery stores, one file a noun."""

from .activities import Activity, Cohort, Mode, Participant, Session, Site, Trainer, TrainerRole
from .attendance import AbsenceReason, Mark, Presence
from .persons import Person, Sex

__all__ = [
    "AbsenceReason",
    "Activity",
    "Cohort",
    "Mark",
    "Mode",
    "Participant",
    "Person",
    "Presence",
    "Session",
    "Sex",
    "Site",
    "Trainer",
    "TrainerRole",
]
