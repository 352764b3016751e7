"""The cells that only a matching case has, beside those of `pulih.casefiles.cells`."""

import re
from datetime import date
from fractions import Fraction

from pulih.casefiles.cells import BLANK, number, whole
from pulih.common.errors import Message
from pulih.matching.case import CLASSES

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST = 10**12  # Units, grams, rupiah or days that one cell may hold.

NO_DAY = Message(
    "Bukan tanggal: tulis TTTT-BB-HH, misalnya 2020-04-30.",
    "Not a day: write YYYY-MM-DD, for example 2020-04-30.",
)
TOO_MANY = Message(
    "Angka ini lebih dari satu triliun; periksa satuannya.",
    "This number is over a million million; check its unit.",
)
AT_LEAST_ONE = Message("Harus 1 atau lebih.", "This must be 1 or more.")
NO_SEVERITY = Message("Keparahan harus antara 0 dan 100.", "Severity must be between 0 and 100.")
NO_CLASS = Message(
    f"Kelas jarak harus salah satu dari {', '.join(CLASSES)}.",
    f"The class of distance must be one of {', '.join(CLASSES)}.",
)


def count(text: str | None) -> int | Message:
    """Return a whole number from 0 to `MOST`."""
    found = whole(text)
    return TOO_MANY if isinstance(found, int) and found > MOST else found


def positive(text: str | None) -> int | Message:
    found = count(text)
    return AT_LEAST_ONE if found == 0 else found


def maybe_count(text: str | None) -> int | Message | None:
    return None if text is None else count(text)


def maybe_positive(text: str | None) -> int | Message | None:
    return None if text is None else positive(text)


def least_order(text: str | None) -> int | Message:
    """Return the units of the smallest order; 1 when blank."""
    return 1 if text is None else count(text)


def severity(text: str | None) -> Fraction | Message:
    exact = number(text)
    return NO_SEVERITY if isinstance(exact, Fraction) and exact > 100 else exact


def day(text: str | None) -> date | Message:
    return BLANK if text is None else day_of(text) or NO_DAY


def maybe_day(text: str | None) -> date | Message | None:
    return None if text is None else day(text)


def day_of(text: str) -> date | None:
    """Read `YYYY-MM-DD`; None when that is no day."""
    if not DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def distance(text: str | None) -> str | Message:
    if text is None:
        return BLANK
    return text if text in CLASSES else NO_CLASS
