"""The cells that only a refocusing case has, beside those of `pulih.casefiles.cells`."""

from fractions import Fraction

from pulih.casefiles.cells import BLANK, code, number, whole
from pulih.common.errors import Message
from pulih.refocusing.case import EVERY_MEASURE, NEW_LINE

SMALL_BATCH = Message("Satu angkatan berisi sedikitnya 1 satuan.", "A batch holds at least 1 unit.")
NO_SEVERITY = Message("Keparahan harus antara 0 dan 100.", "Severity must be between 0 and 100.")
RESERVED = Message(
    f"Kode baris tidak boleh diawali {NEW_LINE}; awalan itu milik baris baru dalam rencana.",
    f"A line's code must not start with {NEW_LINE}; that prefix belongs to new lines of a plan.",
)
EVERY_AMONG_OTHERS = Message(
    "Tulis * sendirian, atau daftar kode langkah yang dipisah titik koma.",
    "Write * alone, or a list of measure codes separated by semicolons.",
)


def line_code(text: str | None) -> str | Message:
    return RESERVED if text is not None and text.startswith(NEW_LINE) else code(text)


def batch(text: str | None) -> int | Message:
    units = whole(text)
    return SMALL_BATCH if units == 0 else units


def severity(text: str | None) -> Fraction | Message:
    exact = number(text)
    return NO_SEVERITY if isinstance(exact, Fraction) and exact > 100 else exact


def measure_list(text: str | None) -> tuple[str, ...] | Message:
    """Return the codes of a `;`-separated list, sorted, each once; `*` stands alone."""
    codes = {part.strip() for part in (text or "").split(";")} - {""}
    if not codes:
        return BLANK
    return EVERY_AMONG_OTHERS if EVERY_MEASURE in codes and len(codes) > 1 else tuple(sorted(codes))
