"""One cell of a case table: what it may hold and how a wrong one is worded.

A reader takes the trimmed text of a cell (None when blank) and gives its value, or the
`Message` that says what is wrong with it.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pulih.common.errors import Message
from pulih.refocusing.case import EVERY_MEASURE, NEW_LINE

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
SMALL_BATCH = Message("Satu angkatan berisi sedikitnya 1 satuan.", "A batch holds at least 1 unit.")
NO_SEVERITY = Message("Keparahan harus antara 0 dan 100.", "Severity must be between 0 and 100.")
NO_SHARE = Message("Porsi harus antara 0 dan 1.", "A share must be between 0 and 1.")
RESERVED = Message(
    f"Kode baris tidak boleh diawali {NEW_LINE}; awalan itu milik baris baru dalam rencana.",
    f"A line's code must not start with {NEW_LINE}; that prefix belongs to new lines of a plan.",
)
EVERY_AMONG_OTHERS = Message(
    "Tulis * sendirian, atau daftar kode langkah yang dipisah titik koma.",
    "Write * alone, or a list of measure codes separated by semicolons.",
)


def cell_text(cell: object) -> str | None:
    """Return a cell as trimmed text; None when blank. Parquet's own types become their digits."""
    match cell:
        case None:
            return None
        case bool():
            return str(int(cell))
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


def line_code(text: str | None) -> str | Message:
    return RESERVED if text is not None and text.startswith(NEW_LINE) else code(text)


def maybe_text(text: str | None) -> str:
    """Return the text, empty when blank."""
    return text or ""


def whole(text: str | None) -> int | Message:
    """Return a whole number of 0 or more."""
    if text is None:
        return BLANK
    if not WHOLE.fullmatch(text):
        return NOT_NUMBER if "e" in text.lower() else NOT_WHOLE
    return NEGATIVE if int(text) < 0 else int(text)


def maybe_whole(text: str | None) -> int | Message | None:
    return None if text is None else whole(text)


def batch(text: str | None) -> int | Message:
    number = whole(text)
    return SMALL_BATCH if number == 0 else number


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
    exact = Fraction(Decimal(text))
    return NEGATIVE if exact < 0 else exact


def severity(text: str | None) -> Fraction | Message:
    exact = number(text)
    return NO_SEVERITY if isinstance(exact, Fraction) and exact > 100 else exact


def maybe_share(text: str | None) -> Fraction | Message | None:
    if text is None:
        return None
    exact = number(text)
    if exact is NEGATIVE or (isinstance(exact, Fraction) and exact > 1):
        return NO_SHARE
    return exact


def measure_list(text: str | None) -> tuple[str, ...] | Message:
    """Return the codes of a `;`-separated list, sorted, each once; `*` stands alone."""
    codes = {part.strip() for part in (text or "").split(";")} - {""}
    if not codes:
        return BLANK
    return EVERY_AMONG_OTHERS if EVERY_MEASURE in codes and len(codes) > 1 else tuple(sorted(codes))
