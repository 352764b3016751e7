"""The tables of reports: what is typed once, and what was filed."""

from .filing import Dispatch, Filing, Form, Paper
from .office import ForeignFund, GeneralData, Heading, Signatory
from .typed import AccountNote, ActivityTarget, QuarterNote, QuarterProgress

__all__ = [
    "AccountNote",
    "ActivityTarget",
    "Dispatch",
    "Filing",
    "ForeignFund",
    "Form",
    "GeneralData",
    "Heading",
    "Paper",
    "QuarterNote",
    "QuarterProgress",
    "Signatory",
]
