"""The tables of the budget: units and lines, the ledger."""

from .appointments import Appointment, Post
from .cash_plans import CashPlan, PlanSource
from .contract_years import ContractYear
from .descriptions import DESCRIPTION_KINDS, DescriptionRuling
from .details import LineDetail
from .fund_terms import FundTerm
from .ledger import AmountKind, DocumentKind, Entry, PaymentMethod, Posting
from .lines import Authority, BudgetLine, SpendingUnit
from .parties import PARTY_KINDS, PartyRuling
from .promises import Promise, PromisedLine
from .seals import DaySum, Seal, SealedHead, SummedLine

__all__ = [
    "DESCRIPTION_KINDS",
    "PARTY_KINDS",
    "AmountKind",
    "Appointment",
    "Authority",
    "BudgetLine",
    "CashPlan",
    "ContractYear",
    "DaySum",
    "DescriptionRuling",
    "DocumentKind",
    "Entry",
    "FundTerm",
    "LineDetail",
    "PartyRuling",
    "PaymentMethod",
    "PlanSource",
    "Post",
    "Posting",
    "Promise",
    "PromisedLine",
    "Seal",
    "SealedHead",
    "SpendingUnit",
    "SummedLine",
]
