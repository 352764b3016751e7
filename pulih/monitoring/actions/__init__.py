"""What people do about reports: type what they say, file them, and say where they went."""

from .filing import file, file_consolidation, record_dispatch, still_reproduces
from .office import name_signatory, save_foreign_fund, save_general, save_heading
from .typing import (
    NoteGiven,
    ProgressGiven,
    TargetGiven,
    save_account_notes,
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
    "save_account_notes",
    "save_foreign_fund",
    "save_general",
    "save_heading",
    "save_progress",
    "save_target",
    "still_reproduces",
]
