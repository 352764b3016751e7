"""Lists of the treasury beside the ledger, and payment requests on their way to the payment."""

from .reconciliations import (
    STANDING,
    Difference,
    DifferenceKind,
    DifferenceQuerySet,
    DifferenceState,
    ImprestRow,
    ListKind,
    Reconciliation,
)
from .submissions import Examination, Submission
from .taxes import Deduction, TaxProof, Withholding

__all__ = [
    "STANDING",
    "Deduction",
    "Difference",
    "DifferenceKind",
    "DifferenceQuerySet",
    "DifferenceState",
    "Examination",
    "ImprestRow",
    "ListKind",
    "Reconciliation",
    "Submission",
    "TaxProof",
    "Withholding",
]
