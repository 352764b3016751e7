"""Money that may be taken back: `(1.250.000)`, `-1.250.000`, `1.250.000-` are returns."""

import re

import polars as pl

from pulih.intake.readings.amounts import GROUPED, GROUPED_ONCE, LARGEST, money, rupiah_in
from pulih.intake.readings.numbers import UNKNOWN, Habit
from pulih.intake.readings.reading import Answer, Reading

MINUS = re.compile(r"^(?:rp\.?\s*)?[-−–]\s*(?:rp\.?\s*)?(?=\d)|(?<=\d)\s*[-−]$", re.IGNORECASE)
BRACKETS = re.compile(r"^(?:rp\.?\s*)?\(\s*(?:rp\.?\s*)?(.*\d.*?)\s*\)$", re.IGNORECASE)
DASH_ENDING = re.compile(r"[.,]\s*[-−]$")
STRAY = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")
WELL_FORMED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,](?:\d{1,2}|-+))?$")


def signed_money(scale: int = 1, habit: Habit = UNKNOWN) -> Reading:
    """Return the reading of whole rupiah of either sign; `scale` multiplies what has no unit."""
    usual = money(scale, habit)
    pattern = GROUPED if habit.dot == "decimal" and scale > 1 else GROUPED_ONCE

    def whole(text: pl.Expr) -> pl.Expr:
        value = text.cast(pl.Int64, strict=False)
        sure = value.is_between(-(LARGEST // scale), LARGEST // scale)
        return pl.when(sure).then(value * scale)

    def grouped(text: pl.Expr) -> pl.Expr:
        digits = text.str.replace(r",(?:-|00?)$", "").str.replace_all(r"[^0-9]", "")
        return pl.when(text.str.contains(pattern)).then(whole(digits))

    def stored(text: pl.Expr) -> pl.Expr:
        exact = text.cast(pl.Float64, strict=False) * scale
        value = exact.round()
        plain = value.is_between(-LARGEST, LARGEST) & ((exact - value).abs() < 0.0005)
        return pl.when(plain).then(value.cast(pl.Int64, strict=False))

    def careful(text: str) -> Answer:
        sign, bare = _parted(text)
        return _with_sign(sign, rupiah_in(_joined(bare), scale, habit))

    def stored_oddly(text: str) -> Answer:
        sign = -1 if text.startswith("-") else 1
        assert usual.careful_number is not None
        return _with_sign(sign, usual.careful_number(text.lstrip("-")))

    return Reading(pl.Int64, (whole, grouped), careful, stored, stored_oddly)


def _parted(text: str) -> tuple[int, str]:
    """Return the sign and what is left; `1.250.000,-` is how rupiah end, and no minus."""
    bare = " ".join(text.strip().lstrip("'").split())
    if inside := BRACKETS.match(bare):
        return -1, inside[1]
    if not DASH_ENDING.search(bare) and MINUS.search(bare):
        return -1, MINUS.sub("", bare)
    return 1, bare


def _joined(text: str) -> str:
    """Take stray blanks out of `1. 250 .000`, where an amount is well formed without them."""
    joined = STRAY.sub("", text)
    digits = re.sub(r"^rp\.?\s*", "", joined, flags=re.IGNORECASE)
    return joined if WELL_FORMED.match(digits) else text


def _with_sign(sign: int, answer: Answer) -> Answer:
    value = sign * answer.value if isinstance(answer.value, int) else answer.value
    return Answer(value, answer.rule)
