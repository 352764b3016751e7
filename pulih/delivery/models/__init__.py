"""What delivery stores, one file a noun."""

from .activities import (
    Activity,
    Cohort,
    Mode,
    Participant,
    Session,
    Site,
    TaxPayee,
    Trainer,
    TrainerRole,
)
from .applicants import Applicant, Origin
from .attendance import AbsenceReason, AttendanceFile, Mark, Presence, SessionPhoto
from .checks import Answer, CheckResult, CheckRun, Objection, Stage, Waiver
from .comparisons import (
    ComparisonEntry,
    ComparisonList,
    ListFile,
    ListFileState,
    ListKind,
    RegistryAnswer,
)
from .followups import FollowUp, FollowUpAnswer, FollowUpRound, Turnover
from .goods import Batch, Item, Move, MoveKind, Spot, Stock
from .handovers import (
    CountCorrection,
    Handover,
    HandoverPhoto,
    Receiver,
    ReceiverKind,
    Side,
    Signature,
)
from .honoraria import Honorarium, PaidSession, Teaching
from .mentoring import MentoringReport, MentoringVisit
from .payments import ListPaper, PaymentEntry, PaymentList
from .persons import Person, Sex
from .seats import NumberCorrection, Seat
from .selections import Selection, SelectionDecision, SelectionEntry
from .telling import ApplicantAnswer, ApplicantOutcome

__all__ = [
    "AbsenceReason",
    "Activity",
    "Answer",
    "Applicant",
    "ApplicantAnswer",
    "ApplicantOutcome",
    "AttendanceFile",
    "Batch",
    "CheckResult",
    "CheckRun",
    "Cohort",
    "ComparisonEntry",
    "ComparisonList",
    "CountCorrection",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpRound",
    "Handover",
    "HandoverPhoto",
    "Honorarium",
    "Item",
    "ListFile",
    "ListFileState",
    "ListKind",
    "ListPaper",
    "Mark",
    "MentoringReport",
    "MentoringVisit",
    "Mode",
    "Move",
    "MoveKind",
    "NumberCorrection",
    "Objection",
    "Origin",
    "PaidSession",
    "Participant",
    "PaymentEntry",
    "PaymentList",
    "Person",
    "Presence",
    "Receiver",
    "ReceiverKind",
    "RegistryAnswer",
    "Seat",
    "Selection",
    "SelectionDecision",
    "SelectionEntry",
    "Session",
    "SessionPhoto",
    "Sex",
    "Side",
    "Signature",
    "Site",
    "Spot",
    "Stage",
    "Stock",
    "TaxPayee",
    "Teaching",
    "Trainer",
    "TrainerRole",
    "Turnover",
    "Waiver",
]
