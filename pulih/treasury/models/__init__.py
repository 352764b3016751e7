"""Lists of the treasury beside the ledger, and payment requests on their way to the payment."""

from .books import CashMove, FiledMonth
from .reconciliations import (
    OPEN_STATES,
    Difference,
    DifferenceKind,
    DifferenceQuerySet,
    DifferenceState,
    ImprestRow,
    ListKind,
    Reconciliation,
)
from .submissions import Examination, Submission
from .supporting import SupportingPaper
from .taxes import Deduction, TaxProof, Withholding

__all__ = [
    "OPEN_STATES",
    "CashMove",
    "Deduction",
    "Difference",
    "DifferenceKind",
    "DifferenceQuerySet",
    "DifferenceState",
    "Examination",
    "FiledMonth",
    "ImprestRow",
    "ListKind",
    "Reconciliation",
    "Submission",
    "SupportingPaper",
    "TaxProof",
    "Withholding",
]
