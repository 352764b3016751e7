"""Whatever a library of spreadsheets raises over a damaged file is one refusal."""

import struct
import zipfile
import zlib
from types import TracebackType

from python_calamine import CalamineError, PasswordError

from pulih.intake import refusals

DAMAGE = (
    *(CalamineError, zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, ValueError, OverflowError, LookupError, EOFError, RuntimeError),
)
PANIC = "PanicException"  # Rust's, of which every library has a class of its own, none importable.


class DamageRefused:
    """Turns what is raised in its block into the refusal of a broken or a locked file."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            return
        if issubclass(kind, PasswordError):
            raise refusals.locked(self.name) from error
        if issubclass(kind, DAMAGE) or kind.__name__ == PANIC:
            raise refusals.broken(self.name) from error
