"""What offices do with their files, and what Pulih does with what they hold."""

from .checking import check
from .delivering import deliver
from .mapping import correct_headings
from .reading import LARGE, read, unfinished, write_checked
from .stopping import restore, stop, withdraw

__all__ = [
    "LARGE",
    "check",
    "correct_headings",
    "deliver",
    "read",
    "restore",
    "stop",
    "unfinished",
    "withdraw",
    "write_checked",
]
