"""Amounts with a unit: `1.500 kg`, `2 ribu pcs`, `½ ton`, `1 ton 200 kg`, `3 lusin 4 pcs`."""

import re
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from pulih.intake.readings.amounts import ABOUT, RANGE, ZERO_WORDS
from pulih.intake.readings.numbers import (
    POWERS,
    UNKNOWN,
    Habit,
    figure,
    mended,
    stored_number,
    tidy,
    with_fractions,
)
from pulih.intake.readings.reading import Answer, Reading, is_nothing
from pulih.intake.readings.spelled import SPELLED, spelled

LARGEST = 10**15
SEVERAL = re.compile(r"\d\s*[x×*+&]\s*\d|\b(?:dan|atau|x)\s+\d|[a-z]\s*[,;/+&]\s*\d", re.IGNORECASE)
PART = re.compile(
    r"\s*(?P<digits>\d[\d.,' ]*?)\s*(?P<power>(?:ribu|rb|juta|jt)\b)?\s*"
    r"(?P<unit>(?!(?:x|kali)\b)(?:[a-z%][a-z²³%]*|/\s*[a-z]+)(?:[23](?![\d.,]))?"
    r"(?:\s*/\s*[a-z]+|[ .()-]+[a-z²³%/]+)*\.?)?\s*$",
    re.IGNORECASE,
)
# Units of one measure, by how many of its smallest each is.
SAME_MEASURE: tuple[dict[str, Decimal], ...] = (
    {
        "ton": Decimal(1_000_000), "kuintal": Decimal(100_000), "kwintal": Decimal(100_000),
        "kw": Decimal(100_000), "kg": Decimal(1_000), "kilogram": Decimal(1_000),
        "kilo": Decimal(1_000), "ons": Decimal(100), "gram": Decimal(1), "gr": Decimal(1),
        "g": Decimal(1),
    },
    {
        "gros": Decimal(144), "gross": Decimal(144), "kodi": Decimal(20), "lusin": Decimal(12),
        "lsn": Decimal(12), "pasang": Decimal(2), "pcs": Decimal(1), "buah": Decimal(1),
        "bh": Decimal(1), "biji": Decimal(1), "lembar": Decimal(1), "lbr": Decimal(1),
        "potong": Decimal(1), "ptg": Decimal(1), "unit": Decimal(1), "helai": Decimal(1),
    },
    {"liter": Decimal(1_000), "ltr": Decimal(1_000), "l": Decimal(1_000), "ml": Decimal(1)},
    {"meter": Decimal(100), "m": Decimal(100), "cm": Decimal(1), "km": Decimal(100_000)},
)  # fmt: skip
KNOWN = {unit for units in SAME_MEASURE for unit in units}
TWO_PARTS = re.compile(
    r"^(?P<first>\d[\d.,]*)\s*(?P<large>[a-z]+)[\s,]+(?P<second>\d[\d.,]*)\s*(?P<small>[a-z]+)"
    r"(?P<rest>\s*/\s*[a-z]+)?$",
    re.IGNORECASE,
)


class Measure(NamedTuple):
    """What a cell of a capacity says: the number, its unit as written, and a doubt."""

    value: float | None
    unit: str | None = None
    rule: str | None = None


def measure_in(text: str, habit: Habit = UNKNOWN) -> Measure:
    """Read a number and its unit; None and a rule where they cannot be read."""
    bare = " ".join(tidy(text).split())
    if is_nothing(bare):
        return Measure(None)
    if bare.lower() in ZERO_WORDS:
        return Measure(0.0)
    if RANGE.search(bare.lower()):
        return Measure(None, None, "range")
    about = ABOUT.search(bare.lower()) if not bare.lower().endswith("an") else None
    if about:
        bare = (bare[: about.start()] + bare[about.end() :]).strip()
    bare = with_fractions(bare)
    found = _two_parts(bare, habit) or _one_part(bare, habit)
    if found.value is not None and found.rule is None and about:
        return found._replace(rule="approximate")
    return found


def _one_part(bare: str, habit: Habit) -> Measure:
    if SEVERAL.search(bare):
        return Measure(None, None, "unreadable")
    again = mended(bare)
    found, rule = PART.fullmatch(again), None if again == bare else "letter_in_number"
    if found is None:
        return _spelled_out(bare)
    number = figure(found["digits"].rstrip(".,"), has_unit=True, habit=habit)
    if number is None:
        return Measure(None, None, "unreadable")
    value = number.value * POWERS.get((found["power"] or "").lower(), 1)
    doubt = rule or ("unclear_separator" if number.is_unclear else None)
    return Measure(float(value), found["unit"], doubt)


def _spelled_out(bare: str) -> Measure:
    """Read `seribu pcs`, `lima ratus kg`."""
    words = SPELLED.match(bare.lower())
    value = spelled(words[0]) if words else None
    if words is None or value is None:
        return Measure(None, None, "unreadable")
    unit = bare[words.end() :].strip()
    if not re.fullmatch(r"[A-Za-z]*(?:\s*/\s*[A-Za-z]+)?", unit):
        return Measure(None, None, "unreadable")
    return Measure(float(value), unit or None)


def _two_parts(bare: str, habit: Habit) -> Measure | None:
    """Add up `1 ton 200 kg` in the smaller unit; None if it is not two parts of one measure."""
    found = TWO_PARTS.match(bare)
    if found is None:
        return None
    large, small = found["large"].lower(), found["small"].lower()
    sizes = next((one for one in SAME_MEASURE if large in one and small in one), None)
    first = figure(found["first"], has_unit=True, habit=habit)
    second = figure(found["second"], has_unit=True, habit=habit)
    if sizes is None or first is None or second is None or sizes[large] <= sizes[small]:
        return Measure(None, None, "unreadable")
    value = first.value * sizes[large] / sizes[small] + second.value
    unit = found["small"] + "".join((found["rest"] or "").split())
    return Measure(float(value), unit, "added_up")


def unit_in(text: str) -> str | None:
    """Return the unit that a cell of a capacity names."""
    return measure_in(text).unit


def measures(habit: Habit = UNKNOWN, scale: int = 1) -> Reading:
    """Return the reading of a number that may name its unit; `scale` multiplies the others."""

    def careful(text: str) -> Answer:
        found = measure_in(text, habit)
        if found.value is not None and found.unit is None:
            found = found._replace(value=found.value * scale)
        if found.value is not None and found.value > LARGEST:
            return Answer(None, "too_much")
        return Answer(found.value, found.rule)

    def plain(text: pl.Expr) -> pl.Expr:
        value = text.cast(pl.Int64, strict=False)
        return pl.when(value.is_between(0, LARGEST)).then(value.cast(pl.Float64) * scale)

    def stored(text: pl.Expr) -> pl.Expr:
        value = text.cast(pl.Float64, strict=False)
        return pl.when(value.is_between(0, LARGEST)).then(value * scale)

    def stored_oddly(text: str) -> Answer:
        value = stored_number(text)
        if value is None:
            return careful(text)
        return Answer(None, "negative" if value < 0 else "too_much")

    return Reading(pl.Float64, (plain,), careful, stored, stored_oddly)


MEASURE = measures()
