"""Pages of the register."""

from .enterprise import enterprise, history, nik, sources
from .lists import count, enterprises, export

__all__ = ["count", "enterprise", "enterprises", "export", "history", "nik", "sources"]
