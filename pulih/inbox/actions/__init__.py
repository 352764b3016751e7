"""What offices do with their files, and what Pulih does with what they hold."""

from .checking import check
from .delivering import deliver
from .mapping import correct_headings
from .reading import (
    LARGE,
    end_abandoned,
    is_marked_for,
    open_checked,
    read,
    unfinished,
    write_checked,
    write_cut,
)
from .stopping import restore, stop, withdraw

__all__ = [
    "LARGE",
    "check",
    "correct_headings",
    "deliver",
    "end_abandoned",
    "is_marked_for",
    "open_checked",
    "read",
    "restore",
    "stop",
    "unfinished",
    "withdraw",
    "write_checked",
    "write_cut",
]
