"""What to verify first: which number, if it is wrong by a fifth, changes the plan most."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pulih.refocusing.case import Case
from pulih.refocusing.changes import Change, changed
from pulih.refocusing.quick import FEW_GUESSES, FIRST_GUESS, Quick, quick

Kind = Literal["severity", "cost", "effect"]
WRONG_BY = Fraction(1, 5)


@dataclass(frozen=True)
class Doubt:
    """One number of a case that may be wrong. code: a province or a measure."""

    kind: Kind
    code: str
    factor: Fraction

    def change(self) -> Change:
        factor = {self.code: self.factor}
        match self.kind:
            case "severity":
                return Change(severity=factor)
            case "cost":
                return Change(costs=factor)
            case "effect":
                return Change(effects=factor)


@dataclass(frozen=True)
class Told:
    """What the plan would be if a doubt were so.

    moved: rupiah that other provinces would hold; worst: the lowest coverage then, a share.
    """

    doubt: Doubt
    moved: int
    worst: float | None


def doubts_of(case: Case, wrong_by: Fraction = WRONG_BY) -> Iterator[Doubt]:
    """Yield every number that a plan rests on, too high and too low."""
    helping = {effect.measure for effect in case.effects if effect.relief}
    costed = sorted({cost.measure for cost in case.costs if cost.unit_cost} & helping)
    severe = {case.province_of[need.regency] for need in case.needs if need.firms and need.severity}
    for factor in (1 - wrong_by, 1 + wrong_by):
        yield from (Doubt("severity", province, factor) for province in sorted(severe))
        yield from (Doubt("cost", measure, factor) for measure in costed)
        yield from (Doubt("effect", measure, factor) for measure in sorted(helping))


@dataclass(frozen=True)
class Today:
    """The plan that doubts are compared with, and where its search began.

    All are searched alike: else a plan would differ by its search and not by the doubt.
    """

    plan: Quick
    first: float


def today_of(case: Case) -> Today | None:
    """Return the plan of a case as it stands; None where there is none."""
    long = quick(case)
    if long is None:
        return None
    first = long.worst / long.worst_most if long.worst and long.worst_most else FIRST_GUESS
    plan = quick(case, guesses=FEW_GUESSES, first=first)
    return None if plan is None else Today(plan, first)


def effect_of(case: Case, today: Today, doubt: Doubt) -> Told | None:
    """Return how a doubt changes the quick plan; None where no plan is left."""
    found = quick(changed(case, doubt.change()), guesses=FEW_GUESSES, first=today.first)
    if found is None:
        return None
    return Told(doubt, moved_between(held(today.plan), held(found)), found.worst)


def held(found: Quick) -> dict[str, int]:
    """Return the rupiah of every province."""
    best = found.best
    money = dict.fromkeys(best.grid.case.provinces, 0)
    for purse, rupiah in zip(best.grid.purses, best.money, strict=True):
        money[purse.pool[0]] += rupiah
    return money


def moved_between(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """Return the rupiah that change provinces between two plans, the larger of both ways."""
    ups = sum(max(0, after[p] - before.get(p, 0)) for p in after)
    downs = sum(max(0, before[p] - after.get(p, 0)) for p in before)
    return max(ups, downs)
