"""The pages of the budget."""

from .appointments import appointments, end_appointment
from .cash_plans import show_cash_plan
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
from .plan_sheets import read_plan_sheet, take_plans_out
from .pok import take_pok_out
from .promises import release_promise, reserve_line, show_promises
from .reconciliations import (
    show_imprest,
    show_reconciliation,
    show_reconciliations,
    take_list_out,
)
from .remapping import remap_lines
from .revision_drafts import change_revision, movement_details, new_revision, sum_revision
from .revision_list import show_revisions
from .revision_steps import (
    approve_revision,
    force_revision,
    propose_revision,
    return_revision,
    withdraw_revision,
)
from .revisions import show_revision
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
    "approve_revision",
    "change_revision",
    "commit_line",
    "compare_again",
    "end_appointment",
    "explain_difference",
    "force_revision",
    "hold_line",
    "movement_details",
    "new_revision",
    "order_payment",
    "pay",
    "post_difference",
    "post_missing",
    "propose_revision",
    "protect_line",
    "read_plan_sheet",
    "release_promise",
    "remap_lines",
    "reopen_difference",
    "request_imprest",
    "request_payment",
    "reserve_line",
    "return_payment",
    "return_revision",
    "reverse_posting",
    "rule_party",
    "show_blocks",
    "show_cash_plan",
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
    "show_revision",
    "show_revisions",
    "show_standards",
    "show_summary",
    "show_unit",
    "sum_revision",
    "tag_line",
    "tag_lines",
    "take_list_out",
    "take_plans_out",
    "take_pok_out",
    "withdraw_revision",
]
