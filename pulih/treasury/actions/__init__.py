"""Lists of the treasury: compared with the ledger, and what an officer decides of a difference."""

from .deciding import explain, post_difference, post_missing, reopen
from .taking import reconcile_again, take_list, withdraw_list

__all__ = [
    "explain",
    "post_difference",
    "post_missing",
    "reconcile_again",
    "reopen",
    "take_list",
    "withdraw_list",
]
