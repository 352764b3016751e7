"""Read `case.toml`, and the exact numbers, steps and words that its entries may hold."""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from pulih.casefiles.reading import NOT_UTF8, because
from pulih.common.errors import Fault, Message

MISSING = Message("Isian ini tidak ada dalam case.toml.", "This entry is missing from case.toml.")
NO_SETTINGS = Message(
    "Folder kasus tidak berisi case.toml.", "The case directory holds no case.toml."
)
NO_PAIRS = Message(
    "Isi daftar [lebar, bobot], misalnya [[0.5, 1.0], [0.5, 0.6]].",
    "Write a list of [width, weight], for example [[0.5, 1.0], [0.5, 0.6]].",
)
NO_STEPS = Message(
    "Daftar ini kosong: beri sedikitnya satu [lebar, bobot].",
    "This list is empty: give at least one [width, weight].",
)
NARROW = Message("Setiap lebar harus lebih dari 0.", "Every width must be above 0.")
WIDE = Message("Jumlah lebar melebihi 1.", "The widths sum to more than 1.")
NEGATIVE = Message("Bobot tidak boleh negatif.", "A weight must not be negative.")
RISING = Message(
    "Bobot tidak boleh naik: langkah berikutnya tidak boleh lebih berat.",
    "Weights must not rise: a later step must not weigh more.",
)


def read_settings(folder: Path) -> tuple[Mapping[str, object] | None, list[Fault]]:
    """Return the entries of `case.toml`, decimals exact; None with the fault that stopped it."""
    try:
        text = (folder / "case.toml").read_text("utf-8-sig")
        return tomllib.loads(text, parse_float=Decimal), []
    except FileNotFoundError:
        return None, [Fault("case", None, None, None, NO_SETTINGS)]
    except UnicodeDecodeError:
        return None, [Fault("case", None, None, None, NOT_UTF8)]
    except (OSError, ValueError) as error:
        return None, [Fault("case", None, None, None, because(error))]


def settings_fault(name: str, value: object, message: Message) -> Fault:
    return Fault("case", None, name, None if value is None else _text(value), message)


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(part) for part in value) + "]"
    return str(value)


def wrong_steps(value: object) -> Message | None:
    """Return what is wrong with a list of `[width, weight]`; None where nothing is."""
    steps = pairs(value)
    if steps is None:
        return NO_PAIRS
    widths, weights = [width for width, _ in steps], [weight for _, weight in steps]
    wrongs = (
        (not steps, NO_STEPS),
        (any(width <= 0 for width in widths), NARROW),
        (sum(widths) > 1, WIDE),
        (any(weight < 0 for weight in weights), NEGATIVE),
        (any(later > first for first, later in pairwise(weights)), RISING),
    )
    return next((message for is_wrong, message in wrongs if is_wrong), None)


def whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def exact(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        return None
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return Fraction(value)


def exact_numbers(value: object) -> list[Fraction] | None:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    numbers = [exact(number) for number in value]
    found = [number for number in numbers if number is not None]
    return found if len(found) == len(numbers) else None


def pairs(value: object) -> list[tuple[Fraction, Fraction]] | None:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    steps = [exact_numbers(step) for step in value]
    found = [(step[0], step[1]) for step in steps if step is not None and len(step) == 2]
    return found if len(found) == len(steps) else None
