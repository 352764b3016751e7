"""How much memory and time reading one file may take, by what it unpacks to."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from pulih.intake import limits

BASE_BYTES = 1024**3
BYTES_PER_BYTE = 6  # A million rows of CSV take 4 to 5 times their size, XLSX 3 to 4.
BASE_SECONDS = 15.0
SECONDS_PER_BYTE = 0.5 / 1024**2  # Five times what checking a list takes on an idle machine.
OWN_SHARE = 0.8
OLE_TIMES = 4  # Old Excel packs its cells tighter than text.
NOT_AN_ARCHIVE = (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error)


@dataclass(frozen=True)
class Ceilings:
    """What a reader may take: resident bytes, and seconds by the clock.

    A busy machine gets up to four times the seconds, until the reader has worked through nearly
    all of them itself: an honest list takes a fifth of them, and twice that where cores are shared.
    """

    memory_bytes: int
    seconds: float

    def extended(self, times: float) -> "Ceilings":
        return Ceilings(self.memory_bytes, self.seconds * times)

    def are_passed(self, resident_bytes: int) -> bool:
        return resident_bytes > self.memory_bytes

    def is_late(self, seconds: float, busy_seconds: float) -> bool:
        """Say whether the time is over. busy_seconds: of the processors, all threads together."""
        if seconds > 4 * self.seconds:
            return True
        return seconds > self.seconds and busy_seconds > self.seconds * OWN_SHARE


def ceilings_for(unpacked_bytes: int) -> Ceilings:
    """Give a file what it may take. unpacked_bytes: 0 as long as nothing is known of it."""
    return Ceilings(
        BASE_BYTES + BYTES_PER_BYTE * unpacked_bytes,
        BASE_SECONDS + SECONDS_PER_BYTE * unpacked_bytes,
    )


def unpacked_bytes(path: Path) -> int:
    """Weigh a file by what its archive declares, else by its size; never above the limit."""
    try:
        if not path.is_file():  # Opening a pipe would wait for who writes into it.
            return 0
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
        if start == b"PK\x03\x04" and size <= limits.FILE_BYTES:
            with zipfile.ZipFile(path) as archive:
                declared = sum(entry.file_size for entry in archive.infolist())
            size = min(declared, limits.RATIO * size)
        elif start == b"\xd0\xcf\x11\xe0":
            size *= OLE_TIMES
    except NOT_AN_ARCHIVE:
        return 0
    return min(size, limits.UNPACKED_BYTES)
