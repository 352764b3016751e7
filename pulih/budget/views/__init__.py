"""The pages of the budget."""

from .ledger import show_posting, show_postings
from .lines import hold_line, protect_line, show_line, show_lines, tag_line, tag_lines
from .overview import show_province, show_summary, show_unit
from .revisions import show_revision, show_revisions

__all__ = [
    "hold_line",
    "protect_line",
    "show_line",
    "show_lines",
    "show_posting",
    "show_postings",
    "show_province",
    "show_revision",
    "show_revisions",
    "show_summary",
    "show_unit",
    "tag_line",
    "tag_lines",
]
