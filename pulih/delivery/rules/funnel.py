"""How many of those who applied came how far: each step, and the share of the step before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

STEPS = ("applied", "verified", "selected", "completed", "certified", "has_nib")
GROUPS = ("all", "woman", "man", "disability", "laid_off")


@dataclass(frozen=True)
class Came:
    """One applicant. groups: of GROUPS, those of the person; steps: of STEPS, those taken."""

    groups: frozenset[str]
    steps: frozenset[str]

    def reached(self, step: str) -> bool:
        """Whether the step was taken, and every one before it: a funnel never widens."""
        return set(STEPS[: STEPS.index(step) + 1]) <= self.steps


@dataclass(frozen=True)
class Step:
    """counts: people by group, in the order of GROUPS. share: of the step before, of all groups."""

    name: str
    counts: Sequence[int]
    share: Fraction | None

    @property
    def ratio(self) -> float | None:
        """The share as pages write it."""
        return None if self.share is None else float(self.share)


def funnel(people: Iterable[Came]) -> list[Step]:
    """Return the steps in their order; a step without anybody before it has no share."""
    everybody = list(people)
    found: list[Step] = []
    for name in STEPS:
        there = [one for one in everybody if one.reached(name)]
        counts = [sum(group in one.groups for one in there) for group in GROUPS]
        before = found[-1].counts[0] if found else 0
        found.append(Step(name, counts, Fraction(counts[0], before) if before else None))
    return found
