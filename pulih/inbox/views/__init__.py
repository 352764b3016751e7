"""Pages of the inbox."""

from .cells import piece, problems, rows
from .deeds import checked, headings, restore, stop, withdraw
from .files import batch, batches, deliver, progress

__all__ = [
    "batch",
    "batches",
    "checked",
    "deliver",
    "headings",
    "piece",
    "problems",
    "progress",
    "restore",
    "rows",
    "stop",
    "withdraw",
]
