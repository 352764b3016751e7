"""One cell of a case table: what it may hold and how a wrong one is worded.

A reader takes the trimmed text of a cell (None when blank) and gives its value, or the
`Message` that says what is wrong with it.
"""

import re
from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pulih.common.errors import Message

Reader = Callable[[str | None], Any]

WHOLE = re.compile(r"-?[0-9]+")
NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)")

BLANK = Message("Sel ini kosong; isilah.", "This cell is blank; fill it in.")
NOT_WHOLE = Message(
    "Bukan bilangan bulat: pakai angka saja, tanpa pemisah ribuan atau desimal.",
    "Not a whole number: use digits only, without separators or decimals.",
)
NOT_NUMBER = Message(
    "Bukan angka: pakai angka dan satu titik desimal, tanpa pemisah ribuan atau eksponen.",
    "Not a number: use digits and one decimal point, without separators or an exponent.",
)
NEGATIVE = Message("Angka tidak boleh negatif.", "The number must not be negative.")
NO_FLAG = Message("Isi 0 (tidak) atau 1 (ya).", "Write 0 (no) or 1 (yes).")
NO_SHARE = Message("Porsi harus antara 0 dan 1.", "A share must be between 0 and 1.")
TOO_LARGE = Message(
    "Angka ini terlalu besar (lebih dari 18 digit); periksa satuannya.",
    "This number is too large (over 18 digits); check its unit.",
)
MIDNIGHT = time()
MOST_DIGITS = 18  # What a bigint, and so the ledger, can hold.


def cell_text(cell: object) -> str | None:
    """Return a cell as trimmed text; None when blank. Parquet's own types become their digits."""
    match cell:
        case None:
            return None
        case bool():
            return str(int(cell))
        case datetime() if cell.time() == MIDNIGHT:  # Many programs keep days as moments.
            return cell.date().isoformat()
        case float() | Decimal():
            return _digits(cell)
        case _:
            return str(cell).strip() or None


def _digits(number: float | Decimal) -> str:
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    if not exact.is_finite():
        return str(number)
    return str(int(exact)) if exact == exact.to_integral_value() else format(exact, "f")


def code(text: str | None) -> str | Message:
    return BLANK if text is None else text


def maybe_text(text: str | None) -> str:
    """Return the text, empty when blank."""
    return text or ""


def whole(text: str | None) -> int | Message:
    """Return a whole number of 0 or more."""
    if text is None:
        return BLANK
    if not WHOLE.fullmatch(text):
        return NOT_NUMBER if "e" in text.lower() else NOT_WHOLE
    if too_long(text):
        return TOO_LARGE
    return NEGATIVE if int(text) < 0 else int(text)


def too_long(text: str) -> bool:
    return len(text.partition(".")[0].lstrip("-0")) > MOST_DIGITS


def maybe_whole(text: str | None) -> int | Message | None:
    return None if text is None else whole(text)


def flag(text: str | None) -> bool | Message:
    if text is None:
        return BLANK
    return text == "1" if text in ("0", "1") else NO_FLAG


def number(text: str | None) -> Fraction | Message:
    """Return an exact number of 0 or more."""
    if text is None:
        return BLANK
    if not NUMBER.fullmatch(text):
        return NOT_NUMBER
    if too_long(text):
        return TOO_LARGE
    exact = Fraction(Decimal(text))
    return NEGATIVE if exact < 0 else exact


def maybe_share(text: str | None) -> Fraction | Message | None:
    if text is None:
        return None
    exact = number(text)
    if exact is NEGATIVE or (isinstance(exact, Fraction) and exact > 1):
        return NO_SHARE
    return exact
