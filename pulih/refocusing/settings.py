"""The settings of a case: `case.toml` into `Settings`, or everything wrong with them."""

from collections.abc import Mapping

from pulih.casefiles.cells import TOO_LARGE, too_long
from pulih.casefiles.settings import (
    MISSING,
    exact_numbers,
    pairs,
    settings_fault,
    whole,
    wrong_steps,
)
from pulih.common.errors import Fault, Message
from pulih.refocusing.case import Settings

NAMES = ("title", "fiscal_year", "ceiling", "coverage", "tolerance", "change_cost")

NO_TEXT = Message("Judul harus berupa teks.", "The title must be text.")
NO_WHOLE = Message("Harus bilangan bulat, 0 atau lebih.", "This must be a whole number, 0 or more.")
NO_TOLERANCE = Message(
    "Toleransi adalah dua angka [t1, t2], masing-masing dari 0 sampai di bawah 1.",
    "Tolerance is two numbers [t1, t2], each from 0 to below 1.",
)


def settings_from(raw: Mapping[str, object]) -> tuple[Settings | None, list[Fault]]:
    """Return the settings, None with any fault. Numbers may be int, float or Decimal."""
    faults = [settings_fault(name, None, MISSING) for name in NAMES if name not in raw]
    for name, wrong in (
        ("title", _wrong_title),
        ("fiscal_year", _wrong_whole),
        ("ceiling", _wrong_whole),
        ("change_cost", _wrong_whole),
        ("coverage", wrong_steps),
        ("tolerance", _wrong_tolerance),
    ):
        if name in raw and (message := wrong(raw[name])):
            faults.append(settings_fault(name, raw[name], message))
    return (None if faults else _settings(raw)), faults


def _settings(raw: Mapping[str, object]) -> Settings:
    first, second = exact_numbers(raw["tolerance"]) or []
    return Settings(
        title=str(raw["title"]).strip(),
        fiscal_year=whole(raw["fiscal_year"]) or 0,
        ceiling=whole(raw["ceiling"]) or 0,
        coverage=tuple(pairs(raw["coverage"]) or ()),
        tolerance=(first, second),
        change_cost=whole(raw["change_cost"]) or 0,
    )


def _wrong_title(value: object) -> Message | None:
    return None if isinstance(value, str) else NO_TEXT


def _wrong_whole(value: object) -> Message | None:
    number = whole(value)
    if number is None or number < 0:
        return NO_WHOLE
    return TOO_LARGE if too_long(str(number)) else None


def _wrong_tolerance(value: object) -> Message | None:
    numbers = exact_numbers(value)
    if numbers is None or len(numbers) != 2 or not all(0 <= t < 1 for t in numbers):
        return NO_TOLERANCE
    return None
