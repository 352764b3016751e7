"""Pages of the inbox."""

from .cells import piece, problems, rows
from .files import batch, batches, deliver, progress
from .steps import checked, decide_withdrawal, headings, keep_file, restore, stop, withdraw

__all__ = [
    "batch",
    "batches",
    "checked",
    "decide_withdrawal",
    "deliver",
    "headings",
    "keep_file",
    "piece",
    "problems",
    "progress",
    "restore",
    "rows",
    "stop",
    "withdraw",
]
