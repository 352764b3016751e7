"""What people do to the budget: the only code that writes it."""

from .case import MatrixRow, draft_revisions, lines_for_case, matrix_rows
from .checking import check_balances
from .ledger import Movement, Posted, block, post, release
from .lines import protect, tag, tag_many
from .opening import take_pok, withdraw_pok

__all__ = [
    "MatrixRow",
    "Movement",
    "Posted",
    "block",
    "check_balances",
    "draft_revisions",
    "lines_for_case",
    "matrix_rows",
    "post",
    "protect",
    "release",
    "tag",
    "tag_many",
    "take_pok",
    "withdraw_pok",
]
