"""What happens to the register: the only code that writes it."""

from .checking import check
from .create_enterprises import form
from .identities import open_nik
from .learning import answered, learn
from .linking import link_batch, relink
from .merging import merge, undo_merge
from .pinning import pin, unpin
from .refresh_enterprises import refresh
from .reviewing import answer, undo_answer
from .separating import end_separation, separate
from .splitting import split, undo_split

__all__ = [
    "answer",
    "answered",
    "check",
    "end_separation",
    "form",
    "learn",
    "link_batch",
    "merge",
    "open_nik",
    "pin",
    "refresh",
    "relink",
    "separate",
    "split",
    "undo_answer",
    "undo_merge",
    "undo_split",
    "unpin",
]
