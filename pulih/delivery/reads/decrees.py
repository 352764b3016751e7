"""The decrees (SK penetapan peserta) of an activity: the first, and those of later selections."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..models import Activity


class DecreeOf(NamedTuple):
    number: str
    day: date


def decrees_of(activity: Activity) -> list[DecreeOf]:
    """Return number and day of each decree, the activity's first one first."""
    rows = activity.selections.exclude(decree_number="").order_by("decreed_on", "pk")
    later = [DecreeOf(one.decree_number, one.decreed_on) for one in rows if one.decreed_on]
    first = [DecreeOf(activity.decree_number, activity.decree_on)] if activity.decree_on else []
    return [*first, *later]


def numbers_in_words(activity: Activity) -> str:
    """Return the numbers of all decrees as papers name them; empty where there is none."""
    return "; ".join(one.number for one in decrees_of(activity))
