"""The settings of a case: `case.toml` into `Settings`, or everything wrong with them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pulih.common.errors import Fault, Message
from pulih.refocusing.case import Settings

NAMES = ("title", "fiscal_year", "ceiling", "coverage", "tolerance", "change_cost")

MISSING = Message("Isian ini tidak ada dalam case.toml.", "This entry is missing from case.toml.")
NO_TEXT = Message("Judul harus berupa teks.", "The title must be text.")
NO_WHOLE = Message("Harus bilangan bulat, 0 atau lebih.", "This must be a whole number, 0 or more.")
NO_PAIRS = Message(
    "Cakupan adalah daftar [lebar, bobot], misalnya [[0.5, 1.0], [0.5, 0.6]].",
    "Coverage is a list of [width, weight], for example [[0.5, 1.0], [0.5, 0.6]].",
)
NO_STEPS = Message(
    "Cakupan kosong: beri sedikitnya satu [lebar, bobot].",
    "Coverage is empty: give at least one [width, weight].",
)
NARROW = Message("Setiap lebar harus lebih dari 0.", "Every width must be above 0.")
WIDE = Message("Jumlah lebar melebihi 1.", "The widths sum to more than 1.")
NEGATIVE = Message("Bobot tidak boleh negatif.", "A weight must not be negative.")
RISING = Message(
    "Bobot tidak boleh naik: langkah berikutnya tidak boleh lebih berat.",
    "Weights must not rise: a later step must not weigh more.",
)
NO_TOLERANCE = Message(
    "Toleransi adalah dua angka [t1, t2], masing-masing dari 0 sampai di bawah 1.",
    "Tolerance is two numbers [t1, t2], each from 0 to below 1.",
)


def settings_from(raw: Mapping[str, object]) -> tuple[Settings | None, list[Fault]]:
    """Return the settings, None with any fault. Numbers may be int, float or Decimal."""
    faults = [_fault(name, None, MISSING) for name in NAMES if name not in raw]
    for name, wrong in (
        ("title", _wrong_title),
        ("fiscal_year", _wrong_whole),
        ("ceiling", _wrong_whole),
        ("change_cost", _wrong_whole),
        ("coverage", _wrong_coverage),
        ("tolerance", _wrong_tolerance),
    ):
        if name in raw and (message := wrong(raw[name])):
            faults.append(_fault(name, raw[name], message))
    return (None if faults else _settings(raw)), faults


def _fault(name: str, value: object, message: Message) -> Fault:
    return Fault("case", None, name, None if value is None else _text(value), message)


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(part) for part in value) + "]"
    return str(value)


def _settings(raw: Mapping[str, object]) -> Settings:
    first, second = _exact_numbers(raw["tolerance"]) or []
    return Settings(
        title=str(raw["title"]).strip(),
        fiscal_year=_whole(raw["fiscal_year"]) or 0,
        ceiling=_whole(raw["ceiling"]) or 0,
        coverage=tuple(_pairs(raw["coverage"]) or ()),
        tolerance=(first, second),
        change_cost=_whole(raw["change_cost"]) or 0,
    )


def _wrong_title(value: object) -> Message | None:
    return None if isinstance(value, str) else NO_TEXT


def _wrong_whole(value: object) -> Message | None:
    number = _whole(value)
    return NO_WHOLE if number is None or number < 0 else None


def _wrong_coverage(value: object) -> Message | None:
    pairs = _pairs(value)
    if pairs is None:
        return NO_PAIRS
    widths, weights = [width for width, _ in pairs], [weight for _, weight in pairs]
    wrongs = (
        (not pairs, NO_STEPS),
        (any(width <= 0 for width in widths), NARROW),
        (sum(widths) > 1, WIDE),
        (any(weight < 0 for weight in weights), NEGATIVE),
        (any(later > first for first, later in pairwise(weights)), RISING),
    )
    return next((message for is_wrong, message in wrongs if is_wrong), None)


def _wrong_tolerance(value: object) -> Message | None:
    numbers = _exact_numbers(value)
    if numbers is None or len(numbers) != 2 or not all(0 <= t < 1 for t in numbers):
        return NO_TOLERANCE
    return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _exact(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        return None
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return Fraction(value)


def _exact_numbers(value: object) -> list[Fraction] | None:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    numbers = [_exact(number) for number in value]
    found = [number for number in numbers if number is not None]
    return found if len(found) == len(numbers) else None


def _pairs(value: object) -> list[tuple[Fraction, Fraction]] | None:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    pairs = [_exact_numbers(pair) for pair in value]
    found = [(pair[0], pair[1]) for pair in pairs if pair is not None and len(pair) == 2]
    return found if len(found) == len(pairs) else None
