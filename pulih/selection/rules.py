"""The rules as exact lines over groups: Σ coefficient · chosen of the group ≥ least."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np

from pulih.selection.case import Case, Flags, Quota, Share, Whole, exact_sum
from pulih.selection.groups import Groups, both

Side = Literal["min", "max"]


@dataclass(frozen=True, eq=False)
class Line:
    """One side of a rule; `one` is what a person counts in a share, 1 in a quota of people.

    A coefficient is whole: people, rupiah, or people times the denominator of a share.
    """

    rule: str
    side: Side
    groups: Whole
    coefficients: Whole
    least: int
    one: int

    @property
    def name(self) -> str:
        return f"{self.rule}:{self.side}"


def lines_of(case: Case, groups: Groups) -> list[Line]:
    """Give every side that a rule bounds, quotas first."""
    found: list[Line] = []
    for quota in case.quotas:
        found += _of_quota(quota, groups)
    for share in case.shares:
        found += _of_share(share, groups, len(case.applications))
    return found


def _of_quota(quota: Quota, groups: Groups) -> Iterator[Line]:
    counted = groups.counted[quota.where.terms]
    amounts = groups.cost[counted] if quota.unit == "rupiah" else np.ones_like(counted)
    counts = amounts > 0
    counted, amounts = counted[counts], amounts[counts]
    if quota.least:
        yield Line(quota.name, "min", counted, amounts, quota.least, 1)
    if quota.most is not None:
        yield Line(quota.name, "max", counted, -amounts, -quota.most, 1)


def _of_share(share: Share, groups: Groups, people: int) -> Iterator[Line]:
    base = groups.counted[share.of.terms]
    both_fulfilled = np.isin(base, groups.counted[both(share.of, share.where)])
    if share.least:
        part = reachable_from(share.least, people)
        coefficients = both_fulfilled * part.denominator - part.numerator
        yield Line(share.name, "min", base, coefficients, 0, part.denominator)
    if share.most is not None and share.most < 1:
        part = 1 - reachable_from(1 - share.most, people)
        coefficients = part.numerator - both_fulfilled * part.denominator
        yield Line(share.name, "max", base, coefficients, 0, part.denominator)


def reachable_from(share: Fraction, people: int) -> Fraction:
    """Give the smallest share at or above one that this many people can have among them.

    Its numbers stay small where the share itself has many decimals; it forbids the same.
    """
    if share.denominator <= people or not people:
        return share
    near = share.limit_denominator(people)
    if near >= share:
        return near
    below, base = near.numerator, near.denominator
    # The next fraction with a denominator up to `people`: its cross product with `near` is 1.
    inverse = pow(-below, -1, base) if base > 1 else 0
    denominator = people - (people - inverse) % base
    return Fraction(1 + below * denominator, base * denominator)


@dataclass(frozen=True, eq=False)
class Lines:
    """All lines as one sparse table, by entries sorted by line and again by group."""

    lines: Sequence[Line]
    groups: int

    @cached_property
    def line(self) -> Whole:
        sizes = [len(line.groups) for line in self.lines]
        return np.repeat(np.arange(len(sizes)), sizes)

    @cached_property
    def group(self) -> Whole:
        return _joined([line.groups for line in self.lines])

    @cached_property
    def coefficient(self) -> Whole:
        return _joined([line.coefficients for line in self.lines])

    @cached_property
    def by_group(self) -> Whole:
        """The entries in the order of their groups."""
        return np.argsort(self.group, kind="stable")

    @cached_property
    def start(self) -> Whole:
        """Where each group's entries begin in `by_group`; one more at the end."""
        return np.concatenate(
            ([0], np.cumsum(np.bincount(self.group, minlength=self.groups)))
        ).astype(np.int64)

    def slack(self, chosen: Whole) -> list[int]:
        """By how much each line holds when so many of each group are chosen; broken below 0."""
        return [
            exact_sum(line.coefficients, chosen[line.groups]) - line.least for line in self.lines
        ]

    def may_add(self, slack: Sequence[int]) -> Flags:
        """For each group: would one more of it keep every line?"""
        room = np.array([min(each, 2**62) for each in slack], dtype=np.int64)
        breaks = self.coefficient < -room[self.line]
        may = np.ones(self.groups, dtype=bool)
        may[self.group[breaks]] = False
        return may

    def of_group(self, group: int) -> tuple[list[int], list[int]]:
        """The lines that count a group, and its coefficient in each."""
        entries = self.by_group[self.start[group] : self.start[group + 1]]
        return self.line[entries].tolist(), self.coefficient[entries].tolist()


def _joined(parts: list[Whole]) -> Whole:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
