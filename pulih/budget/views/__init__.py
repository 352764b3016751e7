"""The pages of the budget."""

from .appointments import appointments, end_appointment
from .commitments import show_blocks, show_commitments
from .differences import (
    compare_again,
    explain_difference,
    post_difference,
    post_missing,
    reopen_difference,
    show_difference,
)
from .ledger import rule_party, show_entries, show_posting, show_postings
from .line import protect_line, show_line, tag_line
from .lines import show_lines, tag_lines
from .overview import show_province, show_summary, show_unit
from .pok import take_pok_out
from .promises import release_promise, reserve_line, show_promises
from .reconciliations import (
    show_imprest,
    show_reconciliation,
    show_reconciliations,
    take_list_out,
)
from .standards import show_standards
from .written import (
    commit_line,
    hold_line,
    order_payment,
    pay,
    request_imprest,
    request_payment,
    return_payment,
    reverse_posting,
)

__all__ = [
    "appointments",
    "commit_line",
    "compare_again",
    "end_appointment",
    "explain_difference",
    "hold_line",
    "order_payment",
    "pay",
    "post_difference",
    "post_missing",
    "protect_line",
    "release_promise",
    "reopen_difference",
    "request_imprest",
    "request_payment",
    "reserve_line",
    "return_payment",
    "reverse_posting",
    "rule_party",
    "show_blocks",
    "show_commitments",
    "show_difference",
    "show_entries",
    "show_imprest",
    "show_line",
    "show_lines",
    "show_posting",
    "show_postings",
    "show_promises",
    "show_province",
    "show_reconciliation",
    "show_reconciliations",
    "show_standards",
    "show_summary",
    "show_unit",
    "tag_line",
    "tag_lines",
    "take_list_out",
    "take_pok_out",
]
