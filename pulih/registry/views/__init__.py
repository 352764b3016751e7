"""Pages of the register."""

from .compare import compare
from .enterprise import enterprise, history, nik, sources
from .lists import count, enterprises, export
from .reviews import answer_review, review, reviews, undo_answer

__all__ = [
    "answer_review",
    "compare",
    "count",
    "enterprise",
    "enterprises",
    "export",
    "history",
    "nik",
    "review",
    "reviews",
    "sources",
    "undo_answer",
]
