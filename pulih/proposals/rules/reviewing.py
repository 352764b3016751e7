"""What verifiers answer and reviewers score, as declared data; and when scores are enough.

Source: PROG-07.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from pulih.common.errors import Message, Refusal

YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"
ANSWERS = (YES, NO, NOT_APPLICABLE)
FIRST, SECOND, THIRD = "a", "b", "c"


@dataclass(frozen=True)
class Item:
    """One question of the verifier. stops: with a “no” the proposal must go back."""

    key: str
    words: Message
    stops: bool


@dataclass(frozen=True)
class Criterion:
    """One thing that reviewers score, from 0 to its weight."""

    key: str
    weight: int
    words: Message
    meaning: Message


@dataclass(frozen=True)
class Criteria:
    """A published version. apart: points of the sums beyond which a third reviews."""

    number: int
    valid_from: date
    apart: int
    source: str
    criteria: tuple[Criterion, ...]


@cache
def items() -> tuple[Item, ...]:
    raw = tomllib.loads(_text("verification.toml"))
    return tuple(Item(one["key"], Message(*one["words"]), one["stops"]) for one in raw["item"])


@cache
def versions() -> tuple[Criteria, ...]:
    """Return every version of the criteria, the oldest first."""
    raw = tomllib.loads(_text("criteria.toml"))
    found = tuple(
        Criteria(
            one["number"],
            one["valid_from"],
            one["apart"],
            one["source"],
            tuple(
                Criterion(
                    each["key"],
                    each["weight"],
                    Message(*each["words"]),
                    Message(*each["meaning"]),
                )
                for each in one["criterion"]
            ),
        )
        for one in raw["version"]
    )
    for one in found:
        assert sum(each.weight for each in one.criteria) == 100, one.number
    return found


def criteria_on(day: date) -> Criteria:
    """Return the newest version that holds on `day`."""
    return [one for one in versions() if one.valid_from <= day][-1]


def criteria_of(number: int) -> Criteria:
    return next(one for one in versions() if one.number == number)


def checked_answers(answers: Mapping[str, tuple[str, str]]) -> bool:
    """Tell whether a proposal may be called verified. answers: (answer, reason) by item.

    Raises Refusal where an item is not answered, or a “no” has no reason.
    """
    may = True
    for item in items():
        answer, reason = answers.get(item.key, ("", ""))
        if answer not in ANSWERS:
            raise Refusal(
                Message(
                    f"“{item.words.id}” belum dijawab; pilih ya, tidak, atau tidak berlaku.",
                    f"“{item.words.en}” is not answered; choose yes, no, or not applicable.",
                )
            )
        if answer == NO and not reason.strip():
            raise Refusal(
                Message(
                    f"“{item.words.id}” dijawab tidak; tulis alasannya.",
                    f"“{item.words.en}” is answered no; give the reason.",
                )
            )
        may = may and not (answer == NO and item.stops)
    return may


def checked_points(criteria: Criteria, points: Mapping[str, int]) -> int:
    """Return the sum of a review's points. Raises Refusal where one is missing or too high."""
    for one in criteria.criteria:
        given = points.get(one.key)
        if given is None or not 0 <= given <= one.weight:
            raise Refusal(
                Message(
                    f"“{one.words.id}”: beri 0 sampai {one.weight}.",
                    f"“{one.words.en}”: give 0 to {one.weight}.",
                )
            )
    return sum(points[one.key] for one in criteria.criteria)


def score(sums: Sequence[int]) -> Fraction:
    """Return the mean of the reviews' sums; of three, of the two that are closest.

    Of three at equal distance, of all three.
    """
    if len(sums) < 3:
        return Fraction(sum(sums), len(sums))
    low, middle, high = sorted(sums)
    if middle - low == high - middle:
        return Fraction(low + middle + high, 3)
    pair = (low, middle) if middle - low < high - middle else (middle, high)
    return Fraction(sum(pair), 2)


def as_decimal(points: Fraction) -> Decimal:
    return Decimal(points.numerator) / Decimal(points.denominator)


def _text(name: str) -> str:
    return files("pulih.proposals").joinpath("data", name).read_text("utf-8")
