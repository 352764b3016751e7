"""Pages of the inbox."""

from .cells import piece, problems, rows
from .deeds import checked, decide_withdrawal, headings, keep_file, restore, stop, withdraw
from .files import batch, batches, deliver, progress

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
