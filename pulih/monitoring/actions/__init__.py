"""What people do about reports: type what they say, file them, and say where they went."""

from .filing import file, file_consolidation, record_dispatch, still_reproduces
from .typing import (
    NoteGiven,
    ProgressGiven,
    TargetGiven,
    name_signatory,
    save_general,
    save_heading,
    save_progress,
    save_target,
)

__all__ = [
    "NoteGiven",
    "ProgressGiven",
    "TargetGiven",
    "file",
    "file_consolidation",
    "name_signatory",
    "record_dispatch",
    "save_general",
    "save_heading",
    "save_progress",
    "save_target",
    "still_reproduces",
]
