"""What a list to compare people with must look like: one number a row, CSV or XLSX. Pure."""

from __future__ import annotations

import re

from pulih.common.errors import Message
from pulih.common.identity_numbers import unparted
from pulih.references.rules import Column, Shape, text_or_none

from .checks import ABROAD, DECEASED, MATCH, MISMATCH

MOST_ROWS = 10_000_000  # The size of a file ends it sooner.
LONGEST_NAME = 120
STATUSES = {
    MATCH: ("match", "sesuai", "cocok", "ditemukan"),
    MISMATCH: ("mismatch", "tidak sesuai", "tidak cocok", "tidak ditemukan", "tidak padan"),
    DECEASED: ("deceased", "meninggal", "meninggal dunia"),
    ABROAD: ("abroad", "pindah luar negeri", "luar negeri"),
}


def nik(value: str) -> str:
    """Read 16 digits, with or without blanks, dots and a leading apostrophe. Raises ValueError."""
    digits = unparted(value)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise ValueError(value)
    return digits


def status(value: str) -> str:
    """Read an answer of the civil registry in either language. Raises ValueError."""
    for code, words in STATUSES.items():
        if value.casefold() in words:
            return code
    raise ValueError(value)


NIK = Column(
    "nik", nik, Message("NIK 16 angka", "a NIK of 16 digits"),
    also=("no ktp", "nomor ktp", "nik ktp"),
)  # fmt: skip
STATUS = Column(
    "status", status,
    Message(
        "sesuai, tidak sesuai, meninggal, atau pindah luar negeri",
        "match, mismatch, deceased or abroad",
    ),
    also=("hasil", "jawaban"),
)  # fmt: skip
NAME = Column(
    "name", text_or_none(LONGEST_NAME), Message("nama", "a name"), is_required=False,
    also=("nama", "nama lengkap"),
)  # fmt: skip
# A number may stand twice, such as of two loans; once is enough.
PLAIN = Shape((NIK,), key=("row",), is_dated=False, most_rows=MOST_ROWS)
ANSWERS = Shape((NIK, STATUS, NAME), key=("row",), is_dated=False, most_rows=MOST_ROWS)


def unusable(faults: int) -> Message:
    """Say that a file was not taken for what is wrong in its rows."""
    return Message(
        f"{_grouped(faults, '.')} hal dalam berkas ini harus diperbaiki. Tidak ada yang disimpan: "
        "perbaiki, lalu kirim lagi seluruhnya.",
        f"{_grouped(faults, ',')} things in this file must be mended. Nothing was saved: mend "
        "them and send all of it again.",
    )


def _grouped(number: int, sign: str) -> str:
    return f"{number:,}".replace(",", sign)
