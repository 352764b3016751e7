"""Lists of the treasury beside the ledger, and payment requests on their way to the payment."""

from .cash_books import file_month, move_cash, next_month, still_reproduces
from .compare_list import reconcile_again, take_list, withdraw_list
from .deciding import explain, post_difference, post_missing, reopen
from .handing_over import hand_over_everywhere
from .printing import prepare_paper
from .submissions import examine, send_back, submit_again
from .supporting import NamedPaper, name_papers
from .taxes import record_proof, state_taxes, withdraw_proof

__all__ = [
    "NamedPaper",
    "examine",
    "explain",
    "file_month",
    "hand_over_everywhere",
    "move_cash",
    "name_papers",
    "next_month",
    "post_difference",
    "post_missing",
    "prepare_paper",
    "reconcile_again",
    "record_proof",
    "reopen",
    "send_back",
    "state_taxes",
    "still_reproduces",
    "submit_again",
    "take_list",
    "withdraw_list",
    "withdraw_proof",
]
