"""The cells that only a selection case has, beside those of `pulih.casefiles.cells`."""

import re
from fractions import Fraction

from pulih.casefiles.cells import BLANK, NEGATIVE, NOT_NUMBER, NOT_WHOLE, WHOLE, number
from pulih.common.errors import Message
from pulih.selection.case import FREE, IN, MICRO, OUT, Condition

MOST_POINTS = 1_000_000
MOST_COST = 10**18  # What a bigint, and so the ledger, can hold.
EVERYBODY = "*"

HIGH_SCORE = Message(
    "Skor harus antara 0 dan 1.000.000.", "A score must be between 0 and 1,000,000."
)
LONG_SCORE = Message(
    "Skor paling banyak 6 angka di belakang titik.", "A score has at most 6 decimals."
)
HIGH_COST = Message(
    "Biaya ini melebihi 10^18 rupiah; periksa satuannya.",
    "This cost exceeds 10^18 rupiah; check its unit.",
)
NO_FIXED = Message(
    "Isi in (pasti terpilih), out (tidak terpilih) atau kosongkan.",
    "Write in (certainly chosen), out (not chosen) or leave it blank.",
)
NO_UNIT = Message("Satuan harus people atau rupiah.", "The unit must be people or rupiah.")
BROKEN = Message(
    "Tulis * atau kolom=nilai; gabung dengan ; dan pisahkan nilai dengan |, "
    "misalnya regency=63.71|63.72;sex=P.",
    "Write * or column=value; join with ; and separate values by |, "
    "for example regency=63.71|63.72;sex=P.",
)
NO_VALUE = Message(
    "Kolom dalam syarat ini tidak diberi nilai; tulis kolom=nilai.",
    "A column of this condition has no value; write column=value.",
)


def score(text: str | None) -> int | Message:
    """Read points into whole millionths."""
    exact = number(text)
    if isinstance(exact, Message):
        return exact
    if exact > MOST_POINTS:
        return HIGH_SCORE
    micro = exact * MICRO
    return int(micro) if micro.denominator == 1 else LONG_SCORE


def cost(text: str | None) -> int | Message:
    """Read whole rupiah; blank is 0."""
    found = maybe_count(text)
    if isinstance(found, int) and found > MOST_COST:
        return HIGH_COST
    return 0 if found is None else found


def maybe_count(text: str | None) -> int | Message | None:
    """Read people or rupiah, however many; None when blank."""
    if text is None:
        return None
    if not WHOLE.fullmatch(text):
        return NOT_NUMBER if "e" in text.lower() else NOT_WHOLE
    return NEGATIVE if int(text) < 0 else int(text)


def fixed(text: str | None) -> int | Message:
    return {None: FREE, "in": IN, "out": OUT}.get(text, NO_FIXED)


def unit(text: str | None) -> str | Message:
    return text if text in ("people", "rupiah") else NO_UNIT


def condition(text: str | None) -> Condition | Message:
    if text is None:
        return BLANK
    if text == EVERYBODY:
        return Condition((), text)
    terms = []
    for part in re.split(";", text):
        column, equals, values = (piece.strip() for piece in part.partition("="))
        if not equals or not column or "=" in values or EVERYBODY in (column, part.strip()):
            return BROKEN
        if not values:
            return NO_VALUE
        named = [value.strip() for value in values.split("|")]
        if not all(named):
            return NO_VALUE
        terms.append((column, tuple(sorted(set(named)))))
    return Condition(tuple(terms), text)


def is_above(least: int | Fraction | None, most: int | Fraction | None) -> bool:
    return least is not None and most is not None and least > most
