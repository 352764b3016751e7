"""How many of those who applied came how far: each step, and the share of the step before. Pure.

Who did not answer is neither a success nor a failure: from there on a count is a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

STEPS = (
    "applied", "verified", "selected", "completed", "certified", "has_kit", "has_nib",
    "has_product_certificate", "producing_3", "producing_6", "producing_12",
)  # fmt: skip
SEATED, COMPLETED = "selected", "completed"
GROUPS = ("all", "woman", "man", "disability", "laid_off")


@dataclass(frozen=True)
class Came:
    """One applicant. groups: of GROUPS, those of the person; steps: of STEPS, those surely taken.

    maybe: steps of which nobody knows. area: the key of the regency where the person lives.
    """

    groups: frozenset[str]
    steps: frozenset[str]
    maybe: frozenset[str] = frozenset()
    area: int = 0

    def reached(self, step: str) -> bool:
        """Whether the step was surely taken, and every one before it: a funnel never widens."""
        return set(_up_to(step)) <= self.steps

    def may_have_reached(self, step: str) -> bool:
        return set(_up_to(step)) <= self.steps | self.maybe


@dataclass(frozen=True)
class Count:
    """How many: at least, and at most if all who did not answer had said yes."""

    low: int
    high: int

    @property
    def is_known(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Step:
    """counts: people by group, in the order of GROUPS. lowest, highest: share of the step before,
    of all groups; None where nobody can have taken that.
    """

    name: str
    counts: Sequence[Count]
    lowest: Fraction | None
    highest: Fraction | None

    @property
    def all(self) -> Count:
        return self.counts[0]

    @property
    def shares(self) -> tuple[float, float] | None:
        """The shares as pages write them."""
        if self.lowest is None or self.highest is None:
            return None
        return float(self.lowest), float(self.highest)

    def cost(self, rupiah: int) -> tuple[int | None, int | None]:
        """What one who took the step cost: at least and at most, in whole rupiah rounded down."""
        low, high = self.all.low, self.all.high
        return (rupiah // high if high else None), (rupiah // low if low else None)


def funnel(people: Iterable[Came]) -> list[Step]:
    """Return the steps in their order; a step without anybody before it has no share."""
    everybody = list(people)
    found: list[Step] = []
    for name in STEPS:
        surely = [one for one in everybody if one.reached(name)]
        perhaps = [one for one in everybody if one.may_have_reached(name)]
        counts = [
            Count(*(sum(group in one.groups for one in some) for some in (surely, perhaps)))
            for group in GROUPS
        ]
        found.append(Step(name, counts, *_shares(everybody, name, found[-1].name if found else "")))
    return found


def part_of_cost(people: Sequence[Came], some: Sequence[Came], rupiah: int) -> int:
    """What `some` of the people cost: a seat costs the same whoever sits in it."""
    seats = sum(SEATED in one.steps for one in people)
    return rupiah * sum(SEATED in one.steps for one in some) // seats if seats else 0


@dataclass(frozen=True)
class Later:
    """What became of those who completed the training, whatever lies between. total: of them."""

    name: str
    count: Count
    total: int

    @property
    def shares(self) -> tuple[float, float] | None:
        if not self.total:
            return None
        return self.count.low / self.total, self.count.high / self.total


def later(people: Iterable[Came]) -> list[Later]:
    """Count each step after the training by itself: many produce without any certificate."""
    trained = [one for one in people if one.reached(COMPLETED)]
    return [
        Later(
            name,
            Count(
                sum(name in one.steps for one in trained),
                sum(name in one.steps | one.maybe for one in trained),
            ),
            len(trained),
        )
        for name in STEPS[STEPS.index(COMPLETED) + 1 :]
    ]


def _shares(
    people: Sequence[Came], name: str, before: str
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that the share of the step before can be, person by person.

    At least: everybody unknown took the step before and not this one. At most: who may have taken
    both did, and who may have taken the one before alone did not.
    """
    if not before:
        return None, None
    surely = sum(one.reached(name) for one in people)
    perhaps = sum(one.may_have_reached(name) for one in people)
    before_at_most = sum(one.may_have_reached(before) for one in people)
    only_before = sum(one.reached(before) and not one.may_have_reached(name) for one in people)
    if not before_at_most:
        return None, None
    lowest = Fraction(surely, before_at_most)
    most = perhaps + only_before
    return lowest, Fraction(perhaps, most) if most else lowest


def _up_to(step: str) -> tuple[str, ...]:
    return STEPS[: STEPS.index(step) + 1]
