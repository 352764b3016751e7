"""The tables of the budget: units and lines, the ledger, the drafts of revisions."""

from .ledger import AmountKind, DocumentKind, Entry, Posting
from .lines import Authority, BudgetLine, SpendingUnit
from .revisions import Revision, RevisionMovement

__all__ = [
    "AmountKind",
    "Authority",
    "BudgetLine",
    "DocumentKind",
    "Entry",
    "Posting",
    "Revision",
    "RevisionMovement",
    "SpendingUnit",
]
