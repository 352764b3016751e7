"""The pages of the budget."""

from .appointments import appointments, end_appointment
from .closing import show_closing
from .commitments import show_blocks, show_commitments
from .descriptions import show_descriptions
from .funds import show_fund_terms, show_funds
from .ledger import rule_party, show_entries, show_posting, show_postings
from .line import protect_line, rule_description, show_line, tag_line
from .lines import show_lines, tag_lines
from .overview import show_province, show_summary, show_unit
from .pok import take_pok_out
from .promises import release_promise, reserve_line, show_promises
from .standards import show_standards
from .written import (
    carry_over,
    commit_line,
    hold_line,
    pay,
    request_imprest,
    request_payment,
    return_payment,
    reverse_posting,
)

__all__ = [
    "appointments",
    "carry_over",
    "commit_line",
    "end_appointment",
    "hold_line",
    "pay",
    "protect_line",
    "release_promise",
    "request_imprest",
    "request_payment",
    "reserve_line",
    "return_payment",
    "reverse_posting",
    "rule_description",
    "rule_party",
    "show_blocks",
    "show_closing",
    "show_commitments",
    "show_descriptions",
    "show_entries",
    "show_fund_terms",
    "show_funds",
    "show_line",
    "show_lines",
    "show_posting",
    "show_postings",
    "show_promises",
    "show_province",
    "show_standards",
    "show_summary",
    "show_unit",
    "tag_line",
    "tag_lines",
    "take_pok_out",
]
