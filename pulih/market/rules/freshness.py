"""How long a stated capacity may be relied on before it is grey, and before runs leave it out."""

from datetime import date
from enum import StrEnum

GREY_AFTER_DAYS = 60
LEFT_OUT_AFTER_DAYS = 120


class Freshness(StrEnum):
    FRESH = "fresh"
    GREY = "grey"
    LEFT_OUT = "left_out"


def freshness(confirmed_on: date, today: date) -> Freshness:
    """Return how far a capacity that was confirmed on a day may be relied on `today`."""
    age = (today - confirmed_on).days
    if age > LEFT_OUT_AFTER_DAYS:
        return Freshness.LEFT_OUT
    return Freshness.GREY if age > GREY_AFTER_DAYS else Freshness.FRESH
