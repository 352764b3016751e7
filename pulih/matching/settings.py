"""The settings of a case: `case.toml` into `Settings`, or everything wrong with them."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from pulih.casefiles.settings import (
    MISSING,
    exact,
    exact_numbers,
    pairs,
    settings_fault,
    wrong_steps,
)
from pulih.common.errors import Fault, Message
from pulih.matching.case import Settings
from pulih.matching.cells import NO_DAY, day_of

NEEDED = ("title", "as_of", "fill", "full_weeks", "tolerance")
NAMES = (*NEEDED, "firm_share", "regency_share")

NO_TEXT = Message("Judul harus berupa teks.", "The title must be text.")
NO_WEEKS = Message(
    "Minggu kerja penuh harus angka, 1 atau lebih.",
    "Full weeks must be a number, 1 or more.",
)
NO_TOLERANCE = Message(
    "Toleransi adalah dua angka [t1, t2], masing-masing dari 0 sampai di bawah 1.",
    "Tolerance is two numbers [t1, t2], each from 0 to below 1.",
)
NO_SHARE = Message(
    "Porsi harus di atas 0 dan paling banyak 1; hapus isian ini bila tanpa batas.",
    "The share must be above 0 and at most 1; leave this entry out for no limit.",
)


def settings_from(raw: Mapping[str, object]) -> tuple[Settings | None, list[Fault]]:
    """Return the settings, None with any fault. Numbers may be int, float or Decimal."""
    faults = [settings_fault(name, None, MISSING) for name in NEEDED if name not in raw]
    for name, wrong in (
        ("title", _wrong_title),
        ("as_of", _wrong_day),
        ("fill", wrong_steps),
        ("full_weeks", _wrong_weeks),
        ("tolerance", _wrong_tolerance),
        ("firm_share", _wrong_share),
        ("regency_share", _wrong_share),
    ):
        if name in raw and (message := wrong(raw[name])):
            faults.append(settings_fault(name, raw[name], message))
    return (None if faults else _settings(raw)), faults


def _settings(raw: Mapping[str, object]) -> Settings:
    first, second = exact_numbers(raw["tolerance"]) or []
    as_of = _day(raw["as_of"])
    assert as_of is not None
    return Settings(
        title=str(raw["title"]).strip(),
        as_of=as_of,
        fill=tuple(pairs(raw["fill"]) or ()),
        full_weeks=exact(raw["full_weeks"]) or Fraction(1),
        tolerance=(first, second),
        firm_share=exact(raw.get("firm_share")),
        regency_share=exact(raw.get("regency_share")),
    )


def _day(value: object) -> date | None:
    """Read a day of TOML, or one in quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return day_of(value.strip()) if isinstance(value, str) else None


def _wrong_title(value: object) -> Message | None:
    return None if isinstance(value, str) else NO_TEXT


def _wrong_day(value: object) -> Message | None:
    return NO_DAY if _day(value) is None else None


def _wrong_weeks(value: object) -> Message | None:
    weeks = exact(value)
    return NO_WEEKS if weeks is None or weeks < 1 else None


def _wrong_tolerance(value: object) -> Message | None:
    numbers = exact_numbers(value)
    if numbers is None or len(numbers) != 2 or not all(0 <= t < 1 for t in numbers):
        return NO_TOLERANCE
    return None


def _wrong_share(value: object) -> Message | None:
    share = exact(value)
    return NO_SHARE if share is None or not 0 < share <= 1 else None
