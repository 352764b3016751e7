"""What must be true of an impact report: who is affected, how badly, which counts may be shown."""

from .affected import DEFINITIONS, Definition, definition_on, is_affected
from .severity import (
    FORMULAS,
    Answers,
    Formula,
    Severity,
    Term,
    formula_named,
    formula_on,
    severity,
)

__all__ = [
    "DEFINITIONS",
    "FORMULAS",
    "Answers",
    "Definition",
    "Formula",
    "Severity",
    "Term",
    "definition_on",
    "formula_named",
    "formula_on",
    "is_affected",
    "severity",
]
