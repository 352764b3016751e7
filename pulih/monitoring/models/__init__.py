"""The tables of reports: what is typed once, and what was filed."""

from .filing import Dispatch, Filing, Form, Paper
from .typed import ActivityTarget, GeneralData, Heading, QuarterNote, QuarterProgress, Signatory

__all__ = [
    "ActivityTarget",
    "Dispatch",
    "Filing",
    "Form",
    "GeneralData",
    "Heading",
    "Paper",
    "QuarterNote",
    "QuarterProgress",
    "Signatory",
]
