"""What delivery stores, one file a noun."""

from .activities import Activity, Cohort, Mode, Participant, Session, Site, Trainer, TrainerRole
from .persons import Person, Sex

__all__ = [
    "Activity",
    "Cohort",
    "Mode",
    "Participant",
    "Person",
    "Session",
    "Sex",
    "Site",
    "Trainer",
    "TrainerRole",
]
