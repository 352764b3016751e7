"""The thresholds that make a manufacturer small, medium or large, dated.

Source: CLASS-10.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from pulih.classifications.entries import rows


@dataclass(frozen=True)
class ScaleRule:
    """Thresholds in force from a day until before another.

    few_workers: at most so many workers is few. Few workers and an investment below
    small_below_rupiah is small, else medium; more workers and an investment up to
    medium_up_to_rupiah is medium, else large. Land and building do not count.
    """

    valid_from: date
    valid_to: date | None
    few_workers: int
    small_below_rupiah: int
    medium_up_to_rupiah: int
    source: str
    verified: bool


def rule(on: date) -> ScaleRule | None:
    """Return the thresholds in force on a day, or None before the first."""
    held = (one for one in _rules() if one.valid_from <= on)
    return next((one for one in held if one.valid_to is None or on < one.valid_to), None)


@cache
def _rules() -> tuple[ScaleRule, ...]:
    return tuple(
        ScaleRule(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            int(row["few_workers"]),
            int(row["small_below_rupiah"]),
            int(row["medium_up_to_rupiah"]),
            row["source"],
            row["verified"] == "yes",
        )
        for row in rows("scale_rules")
    )
