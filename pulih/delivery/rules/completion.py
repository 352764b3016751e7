"""Whether somebody completed a training: enough of its lesson hours, by a dated rule. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files

from .attendance import ABSENT, PRESENT

PASSED, FAILED, OPEN = "passed", "failed", "open"


@dataclass(frozen=True)
class Rule:
    """share: of one. verified: False where the source is an assumption."""

    valid_from: date
    share: Fraction
    source: str
    verified: bool


@dataclass(frozen=True)
class Completion:
    """Lesson hours of one person: present for sure, absent for sure, and neither."""

    present: int
    absent: int
    unknown: int
    outcome: str

    @property
    def total(self) -> int:
        return self.present + self.absent + self.unknown


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, the newest first."""
    text = files("pulih.delivery").joinpath("data", "completion.toml").read_text("utf-8")
    found = [
        Rule(one["valid_from"], Fraction(one["share"]), one["source"], one["verified"])
        for one in tomllib.loads(text)["rule"]
    ]
    return tuple(sorted(found, key=lambda rule: rule.valid_from, reverse=True))


def rule_on(day: date, among: Sequence[Rule] | None = None) -> Rule:
    """Return the rule for a training that begins on `day`; the first one holds since 2000."""
    return next(rule for rule in (among or rules()) if rule.valid_from <= day)


def completion(sessions: Iterable[tuple[int, str]], rule: Rule) -> Completion:
    """Add up one person's sessions. sessions: lesson hours and what `attendance.presence` says.

    Passed when the hours present are enough whatever the others turn out to be; failed when they
    cannot become enough; open otherwise, because what was not recorded is no absence.
    """
    hours = {PRESENT: 0, ABSENT: 0, "": 0}
    for lesson_hours, said in sessions:
        hours[said if said in (PRESENT, ABSENT) else ""] += lesson_hours
    present, absent, unknown = hours[PRESENT], hours[ABSENT], hours[""]
    least = rule.share * (present + absent + unknown)
    if present + absent + unknown == 0:
        outcome = OPEN
    elif present >= least:
        outcome = PASSED
    else:
        outcome = FAILED if present + unknown < least else OPEN
    return Completion(present, absent, unknown, outcome)
