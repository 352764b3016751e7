"""Pages of the register."""

from .compare import compare
from .curation import (
    end_separation,
    join,
    joined,
    pin,
    split,
    undo_merge,
    undo_split,
    unpin,
)
from .enterprise import enterprise, history, nik, sources
from .identities import identities
from .linking import learn, linking, links, relink
from .lists import count, enterprises, export
from .overlaps import twice
from .quality import data_quality
from .reviews import answer_review, review, reviews, undo_answer

__all__ = [
    "answer_review",
    "compare",
    "count",
    "data_quality",
    "end_separation",
    "enterprise",
    "enterprises",
    "export",
    "history",
    "identities",
    "join",
    "joined",
    "learn",
    "linking",
    "links",
    "nik",
    "pin",
    "relink",
    "review",
    "reviews",
    "sources",
    "split",
    "twice",
    "undo_answer",
    "undo_merge",
    "undo_split",
    "unpin",
]
