"""The tables of the budget: units and lines, the ledger, the drafts of revisions."""

from .cash_plans import CashPlan, PlanSource
from .details import LineDetail
from .ledger import AmountKind, DocumentKind, Entry, Posting
from .lines import Authority, BudgetLine, SpendingUnit
from .revisions import (
    OutputVolume,
    Revision,
    RevisionKind,
    RevisionMovement,
    RevisionState,
    RevisionStep,
)

__all__ = [
    "AmountKind",
    "Authority",
    "BudgetLine",
    "CashPlan",
    "DocumentKind",
    "Entry",
    "LineDetail",
    "OutputVolume",
    "PlanSource",
    "Posting",
    "Revision",
    "RevisionKind",
    "RevisionMovement",
    "RevisionState",
    "RevisionStep",
    "SpendingUnit",
]
