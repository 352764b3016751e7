"""A case folder as a zip that somebody brings: its files, or what is wrong with it.

Nothing is unpacked by the names in the zip: only the contract's own names are read, within bounds.
"""

import lzma
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from pulih.common.errors import Message
from pulih.refocusing.tables import TABLES

LARGEST_ZIP = 8_000_000  # Bytes as sent,
LARGEST = 16_000_000  # and unpacked: a national case has three million.
MOST_FILES = 60
SETTINGS = "case.toml"
NAMES = frozenset({SETTINGS, *(f"{table.name}.csv" for table in TABLES)})
PARQUET = frozenset(f"{table.name}.parquet" for table in TABLES)
SYMLINK, KIND = 0o120000, 0o170000
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip

NO_ZIP = Message(
    "Berkas ini bukan zip yang dapat dibaca. Kemas folder kasus sebagai zip.",
    "This file is no zip that can be read. Pack the case folder as a zip.",
)
TOO_MANY = Message(
    f"Zip ini berisi lebih dari {MOST_FILES} berkas; kemas folder kasus saja.",
    f"This zip holds more than {MOST_FILES} files; pack the case folder alone.",
)
TOO_LARGE = Message(
    f"Isi zip ini lebih dari {LARGEST // 10**6} MB; kasus nasional sekitar 3 MB.",
    f"What this zip holds is larger than {LARGEST // 10**6} MB; a national case has some 3 MB.",
)
OUTSIDE = Message(
    "Zip ini berisi jalur atau tautan ke luar foldernya; kemas folder kasus saja.",
    "This zip holds paths or links that lead out of its folder; pack the case folder alone.",
)
LOCKED = Message(
    "Zip ini dikunci kata sandi; kemas tanpa kata sandi.",
    "This zip is locked by a password; pack it without one.",
)
TWICE = Message(
    "Zip ini berisi satu tabel dua kali; kemas satu folder kasus saja.",
    "This zip holds one table twice; pack one case folder alone.",
)
NO_PARQUET = Message(
    "Di sini tabel harus CSV; simpan tabel Parquet sebagai CSV.",
    "Tables must be CSV here; save Parquet tables as CSV.",
)


def files_in(packed: IO[bytes]) -> dict[str, bytes] | Message:
    """Return the contract's files of a zip by name, or why it is refused."""
    try:
        with zipfile.ZipFile(packed) as archive:
            entries = archive.infolist()
            wrong = _wrong(entries)
            if wrong is not None:
                return wrong
            return _read(archive, [entry for entry in entries if _name(entry) in NAMES])
    except UNREADABLE:
        return NO_ZIP


def _wrong(entries: list[zipfile.ZipInfo]) -> Message | None:
    names = [_name(entry) for entry in entries if not entry.is_dir()]
    known = [name for name in names if name in NAMES]
    checks = (
        (len(entries) > MOST_FILES, TOO_MANY),
        (any(map(_leads_out, entries)), OUTSIDE),
        (any(entry.flag_bits & 1 for entry in entries), LOCKED),
        (any(name in PARQUET for name in names), NO_PARQUET),
        (len(known) != len(set(known)), TWICE),
        (sum(entry.file_size for entry in entries) > LARGEST, TOO_LARGE),
    )
    return next((message for is_wrong, message in checks if is_wrong), None)


def _name(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).name


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    is_link = (entry.external_attr >> 16) & KIND == SYMLINK
    is_odd = "\\" in entry.orig_filename or ":" in entry.orig_filename
    return is_link or is_odd or path.is_absolute() or ".." in path.parts


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes] | Message:
    """Read entries without believing what they say of their size."""
    found: dict[str, bytes] = {}
    left = LARGEST
    for entry in entries:
        with archive.open(entry) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            return TOO_LARGE
        found[_name(entry)] = content
    return found
