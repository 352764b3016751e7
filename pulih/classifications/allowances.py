"""Daily allowances (uang harian) of the standard unit costs (SBM), by province and day.

Source: CLASS-12.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from pulih.classifications.entries import rows
from pulih.places import Level, Place, resolve


@dataclass(frozen=True)
class DailyAllowance:
    """Rupiah a person and day: travel out of town, in town above 8 hours, and training."""

    province: int
    out_of_town: int
    in_town_over_8h: int
    training: int
    valid_from: date
    valid_to: date
    source: str
    verified: bool


def allowance(province: Place, on: date) -> DailyAllowance | None:
    """Return the allowances of a province on a day, or None where none is known."""
    return next(
        (
            one
            for one in allowances()
            if one.province == province.key and one.valid_from <= on < one.valid_to
        ),
        None,
    )


@cache
def allowances() -> tuple[DailyAllowance, ...]:
    """Return every known allowance."""
    return tuple(_read(row) for row in rows("daily_allowances"))


def _read(row: dict[str, str]) -> DailyAllowance:
    first, last = date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"])
    province = resolve(row["province"], on=first, level=Level.PROVINCE)
    assert province is not None
    return DailyAllowance(
        province.key,
        int(row["out_of_town"]),
        int(row["in_town_over_8h"]),
        int(row["training"]),
        first,
        last,
        row["source"],
        row["verified"] == "yes",
    )
