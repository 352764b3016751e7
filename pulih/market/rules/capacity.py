"""From a stated capacity ("500/hari", "2 ton/bulan", "5 kodi") to whole units a six-day week.

Nothing is guessed in silence: whatever the words do not say is a `Guess` that names the words it
came from, and a number that no workshop of this size makes is refused with the period that fits.
Source: MARKET-01, MARKET-02.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from pulih.common.errors import Message
from pulih.common.money import grouped
from pulih.intake.readings.measures import SAME_MEASURE

WORKDAYS = 6
# How many weeks a period has.
WEEKS: dict[str, Fraction] = {
    "day": Fraction(1, WORKDAYS),
    "week": Fraction(1),
    "month": Fraction(52, 12),
    "year": Fraction(52),
}
PERIOD_WORDS = {
    "day": r"hari|hr|harian|day|daily",
    "week": r"minggu|mgg|mg|mingguan|pekan|week|weekly",
    "month": r"bulan|bln|bulanan|month|monthly",
    "year": r"tahun|thn|th|tahunan|year|yearly|annual",
}
PERIOD = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in PERIOD_WORDS.items()),
    re.IGNORECASE,
)
# What a product may be counted in, by the group of `SAME_MEASURE` that it belongs to.
WEIGHT, COUNT, VOLUME, LENGTH = range(4)
COUNTED = {"piece", "pair", "set"}
BASE = {
    "kg": (WEIGHT, Fraction(1000)),
    "liter": (VOLUME, Fraction(1000)),
    "m": (LENGTH, Fraction(100)),
}
CONNECTING = re.compile(r"\b(?:per|tiap|setiap|each|a)\b|[/().\s-]+", re.IGNORECASE)
TIDY_COUNTS = {"pieces": "pcs", "piece": "pcs", "pc": "pcs", "stel": "pcs", "set": "pcs"}
USUAL_WORKERS = 20  # Where the number is unknown: the largest small enterprise.
PERIOD_NAMES = {
    "day": Message("per hari", "a day"),
    "week": Message("per minggu", "a week"),
    "month": Message("per bulan", "a month"),
    "year": Message("per tahun", "a year"),
}


@dataclass(frozen=True)
class Made:
    """What must be known of a product to read its capacity.

    measure: piece, pair, set, kg, liter or m. gram: of one unit. most_per_day: units that one
    worker can make on one day at the very most.
    """

    measure: str
    gram: int
    most_per_day: int


MOST_UNIT_WORDS = 4_096  # That are remembered: a sheet of 100,000 rows writes a few dozen.


@dataclass(frozen=True)
class Guess:
    """One thing that the words did not say. words: what stood there; empty if nothing did."""

    rule: str
    words: str
    message: Message


@dataclass(frozen=True)
class Weekly:
    """per_week: whole units, 1 or more; None where the words cannot be used, as `wrong` says."""

    per_week: int | None
    guesses: tuple[Guess, ...] = ()
    wrong: Message | None = None


@lru_cache(maxsize=1 << 16)
def weekly(
    value: float, unit: str, made: Made, *, heading: str = "", workers: int | None = None
) -> Weekly:
    """Read a stated capacity. value: the number; unit: the words beside it; heading: its column's.

    Rounds down to whole units. A missing period is taken as a year, which claims least.
    """
    if not value > 0:
        return Weekly(None, wrong=NOT_POSITIVE)
    factor, guesses = _units_of(unit, made)
    if factor is None:
        return Weekly(None, wrong=_strange_unit(unit))
    period, said = _period_of(unit, heading)
    amount = Fraction(str(value)) * factor
    a_week = amount / WEEKS[period]
    per_week = int(a_week)
    guesses = (*guesses, *said)
    if wrong := _implausible(amount, a_week, period, made, workers):
        return Weekly(None, guesses, wrong)
    if per_week < 1:
        return Weekly(None, guesses, LESS_THAN_ONE)
    return Weekly(per_week, guesses)


NOT_POSITIVE = Message("Kapasitas harus di atas nol.", "The capacity must be above nought.")
LESS_THAN_ONE = Message(
    "Kapasitas ini kurang dari satu satuan seminggu; periksa angka, satuan dan periodenya.",
    "This capacity is less than one unit a week; check the number, its unit and its period.",
)
UNREADABLE = Message(
    "Kapasitas tidak terbaca; tulis angka dengan satuan dan periode, misalnya 500 lembar/hari.",
    "The capacity cannot be read; write a number with unit and period, such as 500 pieces/day.",
)


@lru_cache(maxsize=MOST_UNIT_WORDS)
def _period_of(unit: str, heading: str) -> tuple[str, tuple[Guess, ...]]:
    """Return the period that the unit names, else the heading, else a year."""
    if found := PERIOD.search(unit):
        return str(found.lastgroup), ()
    if found := PERIOD.search(heading):
        period = str(found.lastgroup)
        words = PERIOD_NAMES[period]
        message = Message(
            f"Periode diambil dari judul kolom: {words.id}.",
            f"The period was taken from the column's heading: {words.en}.",
        )
        return period, (Guess("period_from_heading", heading, message),)
    message = Message(
        "Periode tidak disebut; dianggap per tahun, yang paling sedikit.",
        "No period is named; it was taken as a year, which claims least.",
    )
    return "year", (Guess("period_assumed", unit, message),)


def units_in_one(unit: str, made: Made) -> Fraction | None:
    """Return how many units of the product one of `unit` is; None where nobody can tell."""
    return _units_of(unit, made)[0]


@lru_cache(maxsize=MOST_UNIT_WORDS)
def _units_of(unit: str, made: Made) -> tuple[Fraction | None, tuple[Guess, ...]]:
    """Return how many units of the product one of `unit` is; None if they cannot be compared."""
    word = _unit_word(unit)
    if not word:
        message = Message(
            "Satuan tidak disebut; dianggap satuan produk.",
            "No unit is named; it was taken as the product's own.",
        )
        return Fraction(1), (Guess("unit_assumed", unit, message),)
    group = next((place for place, sizes in enumerate(SAME_MEASURE) if word in sizes), None)
    if group is None:
        return None, ()
    size = SAME_MEASURE[group][word]
    own = BASE.get(made.measure, (COUNT, Fraction(1)))
    if group == own[0]:
        if group == COUNT and made.measure == "pair" and word == "pasang":
            return Fraction(1), ()
        if size in (1, own[1]):
            return Fraction(size) / own[1], ()
        return Fraction(size) / own[1], (_converted(unit, word, Fraction(size) / own[1]),)
    if group == WEIGHT and own[0] == COUNT and made.gram > 0:
        return Fraction(size) / made.gram, (_weighed(unit, made.gram),)
    return None, ()


def _unit_word(unit: str) -> str:
    """Return the unit without its period: `pcs/hari` is `pcs`, `/ bulan` is nothing."""
    bare = " ".join(CONNECTING.sub(" ", PERIOD.sub(" ", unit.casefold())).split())
    return TIDY_COUNTS.get(bare, bare)


def written(value: float | Fraction) -> str:
    """Write a number with all its digits: 5000000 and 2.5, never 5e+06."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def _converted(unit: str, word: str, factor: Fraction) -> Guess:
    message = Message(
        f"1 {word} dihitung {written(factor)} satuan.",
        f"1 {word} was counted as {written(factor)} units.",
    )
    return Guess("unit_converted", unit, message)


def _weighed(unit: str, gram: int) -> Guess:
    message = Message(
        f"Berat diubah menjadi satuan: {gram} gram tiap satuan.",
        f"Weight was turned into units: {gram} grams a unit.",
    )
    return Guess("weight_to_units", unit, message)


def _strange_unit(unit: str) -> Message:
    shown = unit.strip()[:40]
    return Message(
        f"Satuan “{shown}” tidak dapat dibandingkan dengan satuan produk ini.",
        f"The unit “{shown}” cannot be compared with the unit of this product.",
    )


def _implausible(
    amount: Fraction, a_week: Fraction, period: str, made: Made, workers: int | None
) -> Message | None:
    """Return a refusal of more than so many hands can make, with the period that would fit."""
    hands = workers or USUAL_WORKERS
    most = made.most_per_day * hands * WORKDAYS
    if a_week <= most:
        return None
    if period == "year":
        fits = None
    else:
        fits = next((name for name in WEEKS if amount / WEEKS[name] <= most), "year")
    start_id = f"Terlalu banyak untuk {hands} pekerja (paling banyak {grouped(most)} seminggu)."
    start_en = f"Too much for {hands} workers (at most {grouped(most, 'en')} a week)."
    if fits is None:
        return Message(f"{start_id} Periksa angkanya.", f"{start_en} Check the number.")
    words = PERIOD_NAMES[fits]
    return Message(f"{start_id} Maksud Anda {words.id}?", f"{start_en} Do you mean {words.en}?")
