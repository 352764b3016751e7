"""Needs as the estimates that they are: plans for a quantile, and the best of the worst of draws.

Firms of a need are counted from reports. What they may truly be is told by two parts: what all
counts of a need in a province share (offices report alike), and the chance in a count, which is
larger the smaller it is. Severity, money and rules stay as they are, so that every plan of the
case is lawful whatever the needs turn out to be. Nothing here looks at a clock or at the order of
rows: the same case, seed and number of draws give the same plan.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from statistics import NormalDist

from pulih.refocusing.case import Case, Need
from pulih.refocusing.quick import Quick, quick
from pulih.refocusing.relief import Units, coverage, relief

SPREAD = 0.2  # Of what counts share: assumed, until counts have been held against visits.
DRAWS = 12
MOST_DRAWS = 200
SEED = 2020
QUANTILES = (0.7, 0.8, 0.9)
NORMAL = NormalDist()


@dataclass(frozen=True)
class Doubtful:
    """How unsure counts are. spread: relative, of what all counts of a need in a province share."""

    spread: float = SPREAD
    draws: int = DRAWS
    seed: int = SEED


def at_quantile(case: Case, quantile: float, spread: float = SPREAD) -> Case:
    """Return the case in which each count is one that it passes with chance 1 - quantile.

    quantile: above 0 and below 1; one half is the case itself.
    """
    far = NORMAL.inv_cdf(quantile)
    return _with_firms(case, lambda need: far * math.hypot(spread, _by_chance(need)))


def draw(case: Case, number: int, doubtful: Doubtful) -> Case:
    """Return the case as it may truly be, by the number of the draw."""
    start = f"{doubtful.seed}|{number}"

    def deviation(need: Need) -> float:
        shared = _normal(start, case.province_of[need.regency], need.need)
        return doubtful.spread * shared + _by_chance(need) * _normal(
            start, need.regency, need.need, "own"
        )

    return _with_firms(case, deviation)


def _by_chance(need: Need) -> float:
    return 1 / math.sqrt(need.firms) if need.firms else 0.0


def _with_firms(case: Case, deviation: Callable[[Need], float]) -> Case:
    # At least one firm: who named a need is there, and coverage stays that of the same provinces.
    return replace(
        case,
        needs=tuple(
            replace(need, firms=max(1, round(need.firms * math.exp(deviation(need)))))
            if need.firms
            else need
            for need in case.needs
        ),
    )


def _normal(*words: str) -> float:
    """Return a number of the normal distribution that these words alone decide."""
    number = int.from_bytes(sha256("|".join(words).encode()).digest()[:6], "big")
    return NORMAL.inv_cdf((number + 0.5) / 2**48)


@dataclass(frozen=True)
class Fared:
    """How a plan fares if needs are as in each draw: its lowest coverage, and relief in firms."""

    worst: tuple[float, ...]
    relief: tuple[float, ...]

    @property
    def least(self) -> float:
        return min(self.worst, default=0.0)

    @property
    def mean(self) -> float:
        return sum(self.worst) / len(self.worst) if self.worst else 0.0

    def regret(self, best: Sequence[float]) -> float:
        """Return the most that it falls behind the best plan known of any draw."""
        return max((b - own for b, own in zip(best, self.worst, strict=True)), default=0.0)


def fared(cases: Sequence[Case], units: Units) -> Fared:
    """Hold the units of a plan against every draw."""
    worst, total = [], []
    for case in cases:
        worst.append(float(min(coverage(case, units).values(), default=0)))
        total.append(float(sum(relief(case, units).values())))
    return Fared(tuple(worst), tuple(total))


@dataclass(frozen=True)
class Tried:
    """A plan and how it fares. way: today, quantile, worst or draw; quick: None of today's."""

    way: str
    quantile: float | None
    quick: Quick | None
    units: Units
    fared: Fared


@dataclass(frozen=True)
class Unsure:
    """Plans of a case whose needs are unsure, today's first."""

    tried: tuple[Tried, ...]

    @cached_property
    def best(self) -> tuple[float, ...]:
        """The highest lowest coverage that any plan here has in each draw."""
        return tuple(map(max, zip(*(one.fared.worst for one in self.tried), strict=True)))

    @cached_property
    def robust(self) -> Tried:
        """The plan whose worst draw is best; of equals the one of more relief, then the first."""
        order = range(len(self.tried))
        first = min(order, key=lambda place: (*_rank(self.tried[place]), place))
        return self.tried[first]

    @property
    def today(self) -> Tried:
        return self.tried[0]

    def regret(self, one: Tried) -> float:
        return one.fared.regret(self.best)


def _rank(one: Tried) -> tuple[float, float]:
    return -one.fared.least, -min(one.fared.relief, default=0.0)


def unsure(case: Case, today: Units, doubtful: Doubtful | None = None) -> Unsure:
    """Return today's plan beside plans for quantiles, for each draw and for the most of all draws.

    The best of the worst is the best among these plans: none is proven to be the best of all.
    """
    return Unsure(tuple(_tried(case, today, doubtful or Doubtful())))


def _tried(case: Case, today: Units, doubtful: Doubtful) -> Iterator[Tried]:
    draws = [draw(case, number, doubtful) for number in range(doubtful.draws)]
    yield Tried("today", None, None, today, fared(draws, today))
    for quantile in QUANTILES:
        yield from _planned(
            "quantile", quantile, at_quantile(case, quantile, doubtful.spread), draws
        )
    yield from _planned("worst", None, most_of(case, draws), draws)
    for one in draws:
        yield from _planned("draw", None, one, draws)


def most_of(case: Case, draws: Sequence[Case]) -> Case:
    """Return the case in which each count is the largest of all draws."""
    columns = zip(*(one.needs for one in draws), strict=True)
    most = tuple(max(column, key=lambda need: need.firms) for column in columns)
    return replace(case, needs=most or case.needs)


def _planned(
    way: str, quantile: float | None, asked: Case, draws: Sequence[Case]
) -> Iterator[Tried]:
    found = quick(asked)
    if found is not None:
        units = found.best.plan.units
        yield Tried(way, quantile, found, units, fared(draws, units))


def fared_in_draws(found: Unsure) -> dict[str, object]:
    """Return how a plan fares, beside the plan whose worst draw is best: shares and their draws."""
    own, robust = found.today.fared, found.robust.fared
    return {
        "draws": len(own.worst),
        "least": own.least,
        "mean": own.mean,
        "regret": found.regret(found.today),
        "best_least": robust.least,
    }
