"""The pages of reports."""

from .account_notes import save_account_notes
from .boards import show_board
from .filings import dispatch, file_consolidation, file_report, show_filing
from .office import (
    save_foreign_fund,
    save_general,
    save_heading,
    save_signatory,
    show_office,
)
from .previews import show_consolidation, show_report
from .quarter import save_quarter, show_quarter
from .targets import save_target, show_targets

__all__ = [
    "dispatch",
    "file_consolidation",
    "file_report",
    "save_account_notes",
    "save_foreign_fund",
    "save_general",
    "save_heading",
    "save_quarter",
    "save_signatory",
    "save_target",
    "show_board",
    "show_consolidation",
    "show_filing",
    "show_office",
    "show_quarter",
    "show_report",
    "show_targets",
]
