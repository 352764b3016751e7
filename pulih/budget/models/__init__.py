"""The tables of the budget: units and lines, the ledger."""

from .appointments import Appointment, Post
from .cash_plans import CashPlan, PlanSource
from .details import LineDetail
from .ledger import AmountKind, DocumentKind, Entry, PaymentMethod, Posting
from .lines import Authority, BudgetLine, SpendingUnit
from .parties import PARTY_KINDS, PartyRuling
from .promises import Promise, PromisedLine
from .reconciliations import (
    Difference,
    DifferenceKind,
    DifferenceState,
    ImprestRow,
    ListKind,
    Reconciliation,
)
from .seals import DaySum, Seal, SealedHead, SummedLine

__all__ = [
    "PARTY_KINDS",
    "AmountKind",
    "Appointment",
    "Authority",
    "BudgetLine",
    "CashPlan",
    "DaySum",
    "Difference",
    "DifferenceKind",
    "DifferenceState",
    "DocumentKind",
    "Entry",
    "ImprestRow",
    "LineDetail",
    "ListKind",
    "PartyRuling",
    "PaymentMethod",
    "PlanSource",
    "Post",
    "Posting",
    "Promise",
    "PromisedLine",
    "Reconciliation",
    "Seal",
    "SealedHead",
    "SpendingUnit",
    "SummedLine",
]
