"""Numbers of people: `5`, `5 orang`, `lima orang`, `5 (lima)`, `5 orang (3 L, 2 P)`; of goods."""

import re
from collections.abc import Callable

import polars as pl

from pulih.intake.readings.amounts import (
    ABOUT,
    MARKED,
    MINUS_ZERO,
    PLUS,
    RANGE,
    ZERO_WORDS,
    note_rule,
    without_note,
)
from pulih.intake.readings.measures import KNOWN, measure_in
from pulih.intake.readings.numbers import POWERS, figure, mended, stored_number, tidy
from pulih.intake.readings.reading import Answer, Reading, is_nothing
from pulih.intake.readings.spelled import spelled

LARGEST_COUNT = 1_000_000  # People of one firm or place.
LARGEST_QUANTITY = 1_000_000_000  # Pieces of one order: hospitals ask for masks by the million.
PEOPLE = re.compile(
    r"\s*(?:orang|org|or|pekerja|karyawan|karyawati|tenaga kerja|tenaga|tk|naker|pegawai|jiwa|"
    r"buruh|people)\.?$"
)
YES_AND_HOW_MANY = re.compile(  # `Ya, 4 orang`, the answer to `Ada yang di-PHK? Berapa?`
    r"^(?:(?:ya|iya|ada|yes|sudah)\b[\s,.:;(/]*)+(?:(?:sebanyak|sejumlah|jumlah(?:nya)?)\b[\s:]*)?"
    r"(?=\d+\b(?!\s*(?:bulan|minggu|hari|tahun)))"
)
PARTED = re.compile(r"\s*\(([^()]*\d[^()]*)\)\s*$")  # `5 orang (3 L, 2 P)`
SEXES_ONLY = re.compile(
    r"(?:\d|laki-laki|laki2|laki|lk|perempuan|pria|wanita|pr|[lp]|dan|org|orang|[\s,;:+&/=.-])+"
)


def _count(text: str, largest: int = LARGEST_COUNT) -> Answer:
    bare = " ".join(PLUS.sub("", MARKED.sub("", tidy(text).lower())).split())
    if is_nothing(bare):
        return Answer()
    bare = YES_AND_HOW_MANY.sub("", bare)
    if bare in ZERO_WORDS or MINUS_ZERO.match(bare):
        return Answer(0)
    if re.match(r"^[-−]\s*\d", bare):
        return Answer(None, "negative")
    parts = PARTED.search(bare)
    bare = bare[: parts.start()] if parts else bare
    bare, note = without_note(PEOPLE.sub("", bare))
    if RANGE.search(bare):
        return Answer(None, "range")
    about = ABOUT.search(bare) is not None and spelled(PEOPLE.sub("", bare)) is None
    answer = _whole(ABOUT.sub("", bare) if about else bare, largest)
    if answer.value is None or answer.rule:
        return answer
    if about:
        return Answer(answer.value, "approximate")
    return Answer(
        answer.value, _parts_rule(parts[1], answer) if parts else note_rule(note, answer.value)
    )


def _whole(bare: str, largest: int) -> Answer:
    while (shorter := PEOPLE.sub("", bare).strip()) != bare:
        bare = shorter
    found = figure(bare)
    words = spelled(bare)
    value, rule = (found.value if found else words), None
    if value is None and (again := figure(mended(bare))) is not None:
        value, rule = again.value, "letter_in_number"
    if value is None or value != int(value):
        return Answer(None, "unreadable")
    if value > largest:
        return Answer(None, "too_much")
    return Answer(int(value), rule)


def _parts_rule(parts: str, answer: Answer) -> str | None:
    """Say whether men and women in brackets come to the figure before them."""
    numbers = [int(one) for one in re.findall(r"\d+", parts)]
    adds_up = sum(numbers) == answer.value and SEXES_ONLY.fullmatch(parts)
    return None if adds_up else "remark"


PIECES = re.compile(
    r"\s*(?:pcs|pc|pieces?|buah|bh|biji|bj|lembar|lbr|potong|ptg|unit|helai|set|stel)\.?\s*$",
    re.IGNORECASE,
)
IN_THOUSANDS = re.compile(r"\s*([\d.,]+)\s*(ribu|rb|juta|jt)\.?\s*", re.IGNORECASE)


def _pieces(text: str) -> Answer:
    """Read `75 pcs` and `5 ribu`; a box or a dozen holds several, so it is no count of pieces."""
    bare = PIECES.sub("", text)
    if found := IN_THOUSANDS.fullmatch(bare):
        number = figure(found[1], has_unit=True)
        value = number.value * POWERS[found[2].lower()] if number else None
        if value is None or number is None or number.is_unclear or value != int(value):
            return Answer(None, "unreadable")
        return Answer(None, "too_much") if value > LARGEST_QUANTITY else Answer(int(value))
    return _count(bare, LARGEST_QUANTITY)


def _ordered(text: str) -> Answer:
    """Read `100 liter` and `2 kodi` too: in what a quantity is counted is kept beside it."""
    answer = _pieces(text)
    if answer.rule != "unreadable":
        return answer
    found = measure_in(text)
    word = re.match(r"[a-z]+", (found.unit or "").lower())
    if found.value is None or found.rule or word is None or word[0] not in KNOWN:
        return answer
    return Answer(int(found.value)) if found.value == int(found.value) else answer


def _reading(careful: Callable[[str], Answer], largest: int) -> Reading:
    def whole(text: pl.Expr) -> pl.Expr:
        value = text.cast(pl.Int64, strict=False)
        return pl.when(value.is_between(0, largest)).then(value)

    def stored(text: pl.Expr) -> pl.Expr:
        value = text.cast(pl.Float64, strict=False)
        plain = (value == value.floor()) & value.is_between(0, largest)
        return pl.when(plain).then(value.cast(pl.Int64, strict=False))

    def stored_oddly(text: str) -> Answer:
        value = stored_number(text)
        if value is None:
            return careful(text)
        return Answer(None, "negative" if value < 0 else "unreadable")

    return Reading(pl.Int64, (whole,), careful, stored, stored_oddly)


COUNT = _reading(_count, LARGEST_COUNT)
PIECES_COUNTED = _reading(_pieces, LARGEST_QUANTITY)
ORDERED = _reading(_ordered, LARGEST_QUANTITY)
