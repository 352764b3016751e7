"""Pages of the register."""

from .compare import compare
from .enterprise import enterprise, history, nik, sources
from .lists import count, enterprises, export

__all__ = ["compare", "count", "enterprise", "enterprises", "export", "history", "nik", "sources"]
