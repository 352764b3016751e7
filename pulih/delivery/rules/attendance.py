"""What all marks of one person in one session say together. Pure.

The answer depends on the set of marks alone: not on their order, nor on how often each came, so
that phones may send late, twice and mixed up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

PRESENT, ABSENT = "present", "absent"
UNRECORDED, DIFFERS = "unrecorded", "differs"

Press = tuple[str, int]  # Device and running number.


@dataclass(frozen=True, slots=True)
class Told:
    """One mark as the rule sees it. corrects: the press that it takes back."""

    press: Press
    presence: str
    corrects: Press | None = None


def in_force(marks: Collection[Told]) -> list[Told]:
    """Return the marks that no other takes back, in the order of device and number."""
    taken_back = {mark.corrects for mark in marks if mark.corrects}
    return sorted(
        {mark for mark in marks if mark.press not in taken_back}, key=lambda mark: mark.press
    )


def presence(marks: Collection[Told]) -> str:
    """Return PRESENT, ABSENT, UNRECORDED where nothing was marked, or DIFFERS for an officer."""
    if not marks:
        return UNRECORDED
    said = {mark.presence for mark in in_force(marks)}
    return said.pop() if len(said) == 1 else DIFFERS


def on_a_day(said: Collection[str]) -> str:
    """What the sessions of one day say of a person together.

    Who came to one of them was there that day, as person-days are counted; who came to none is
    absent once each of them says so.
    """
    if PRESENT in said:
        return PRESENT
    return ABSENT if set(said) == {ABSENT} else UNRECORDED
