"""What who taught or helped is owed by one row of the cost plan, and what stands in the way. Pure.

A session pays who taught it once it was held: somebody is marked present in it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pulih.classifications import units
from pulih.classifications.standards import UnitCost, words_of_text
from pulih.treasury.rules import taxes

from .payments import DAY_PART, PERSON, Amount, Basis, Pay

LESSON_MINUTES = 45
HOURS = {"hour": Basis.FULL, "lesson_hour": Basis.HOUR}
TIME = "time"
ALSO = frozenset({PERSON, DAY_PART, TIME, "activity"})
TAX = "pph21"


@dataclass(frozen=True)
class Rule:
    """accounts: of a cost plan, from which teachers are paid. The others: see the file."""

    valid_from: date
    accounts: frozenset[str]
    assistant_words: frozenset[str]
    minutes_of_an_hour: int
    source: str
    verified: bool


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, the newest first."""
    text = files("pulih.delivery").joinpath("data", "honoraria.toml").read_text("utf-8")
    found = [
        Rule(
            one["valid_from"], frozenset(one["accounts"]), frozenset(one["assistant_words"]),
            one["minutes_of_an_hour"], one["source"], one["verified"],
        )
        for one in tomllib.loads(text)["rule"]
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda rule: rule.valid_from, reverse=True))


def rule_on(day: date) -> Rule:
    """Return the rule for a training that begins on `day`; the first one holds since 2000."""
    return next(rule for rule in rules() if rule.valid_from <= day)


def pays(counted_in: Sequence[str], unit_cost: int) -> Pay | None:
    """Return what a row of the plan pays who teaches or helps; None where it pays neither.

    counted_in: of the factors of its calculation, such as 5 `orang` and 40 `jam`, or 32 `OJ`. A
    time (`kali`) without hours or days is a session, as moderators are paid. Hours
    and days are counted again from what was taught.
    """
    parts = frozenset(
        part for one in counted_in if (unit := units.find(one)) for part in unit.parts
    )
    if PERSON not in parts:
        return None
    for part, basis in HOURS.items():
        if part in parts and parts <= ALSO | {part}:
            return Pay(basis, unit_cost)
    if DAY_PART in parts and parts <= {PERSON, DAY_PART}:
        return Pay(Basis.DUTY, unit_cost)
    if parts == {PERSON, TIME}:
        return Pay(Basis.EACH, unit_cost)
    return None


def is_of_assistants(text: str, rule: Rule) -> bool:
    """Tell whether a row of the plan pays those who help; any other pays those who teach."""
    return bool(rule.assistant_words.intersection(words_of_text(text)))


class LessonStatus(StrEnum):
    """What becomes of one session somebody taught."""

    OWED = "owed"
    PAID = "paid"  # Another list pays it.
    NOT_HELD = "not_held"  # Nobody is marked present in it.
    ELSEWHERE = "elsewhere"  # The same person taught another class in these hours.


@dataclass(frozen=True)
class Lesson:
    """A session as somebody taught it. key: of the session."""

    key: int
    begins: datetime
    lesson_hours: int
    is_held: bool
    is_paid: bool

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=LESSON_MINUTES * self.lesson_hours)


@dataclass(frozen=True)
class Hours:
    """A stretch of time in which somebody taught already."""

    begins: datetime
    ends: datetime

    def meets(self, lesson: Lesson) -> bool:
        return self.begins < lesson.ends and lesson.begins < self.ends


def lesson_status(lesson: Lesson, busy: Iterable[Hours]) -> LessonStatus:
    """Return what becomes of a session. busy: what the same person is paid for elsewhere."""
    if lesson.is_paid:
        return LessonStatus.PAID
    if not lesson.is_held:
        return LessonStatus.NOT_HELD
    if any(one.meets(lesson) for one in busy):
        return LessonStatus.ELSEWHERE
    return LessonStatus.OWED


def times(lessons: Collection[Lesson], pay: Pay, rule: Rule) -> int:
    """Return for how many hours, days or times these sessions are paid; part of an hour is not.

    Source: CLASS-16.
    """
    if pay.basis is Basis.DUTY:
        return len({one.begins.date() for one in lessons})
    if pay.basis is Basis.EACH:
        return len(lessons)
    taught = sum(one.lesson_hours for one in lessons)
    if pay.basis is Basis.HOUR:
        return taught
    return taught * LESSON_MINUTES // rule.minutes_of_an_hour


def amount(times: int, rate: int, payee: str, account: str, on: date, *, has_npwp: bool) -> Amount:
    """Return what so many hours or days are worth, with the tax of the treasurers' rule."""
    gross = times * rate
    withheld = taxes.suggest(payee, {account: gross}, on, has_number=has_npwp) if payee else []
    return Amount(times, gross, sum(one.rupiah for one in withheld if one.tax == TAX))


def highest_rate(approved: int, standard: UnitCost | None) -> int:
    """Return the most that an hour or a day may be paid.

    approved: the unit cost of the row. A ceiling of the standard unit costs binds whatever was
    approved; above an estimate, the decision that approved more binds.
    """
    return standard.amount if standard and standard.is_above(approved) else approved


def obstacles(
    statuses: Collection[LessonStatus], payee: str, times: int, *, has_nik: bool
) -> list[str]:
    """Return why somebody cannot be paid, as keys of `words.NOT_PAID_TEACHER`; empty: can be.

    times: for how many hours, days or times. Where some sessions are owed, those are paid; the
    page names the others.
    """
    if not statuses:
        return ["not_taught"]
    if LessonStatus.OWED not in statuses:
        return [one.value for one in LessonStatus if one in statuses]
    known = {"under_an_hour": times > 0, "no_nik": has_nik, "tax_unknown": bool(payee)}
    return [reason for reason, is_known in known.items() if not is_known]
