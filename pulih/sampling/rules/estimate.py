"""What the visits say of all, with the interval in which the truth may lie. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

from .sample import quantile


@dataclass(frozen=True)
class Stratum:
    """population: how many there are; visited: how many of them were; hits: those that answer yes.

    A stratum that nobody visited yet counts for nothing; the estimate then says so by `covered`.
    """

    population: int
    visited: int
    hits: int

    def __post_init__(self) -> None:
        assert 0 <= self.hits <= self.visited <= self.population


@dataclass(frozen=True)
class Estimate:
    """A share of all, 0 to 1. covered: the share of the population whose strata were visited."""

    share: float
    low: float
    high: float
    covered: float


def estimate(strata: Sequence[Stratum], confidence: int) -> Estimate | None:
    """Weigh the strata by their size; None while nobody was visited.

    The interval is Wilson's over the effective number of visits: that of a simple sample as exact
    as this one, with the finite correction. It is asked twice, with the shares of each stratum and
    with the share of all, and the fewer visits count; so it never closes on 0 or 1 by luck alone,
    and closes on the truth where everybody was visited.
    Source: Wilson 1927; Korn and Graubard 1998, for the effective number.
    """
    seen = [one for one in strata if one.visited]
    everybody = sum(one.population for one in strata)
    if not seen:
        return None
    covered = sum(one.population for one in seen)
    share = sum(one.population * one.hits / one.visited for one in seen) / covered
    share = min(1.0, max(0.0, share))
    low, high = _wilson(share, _effective(seen, covered, share), quantile(confidence))
    return Estimate(share, low, high, covered / everybody)


def _effective(seen: Sequence[Stratum], covered: int, share: float) -> float:
    """How many visits of a simple, endless sample would be as exact."""
    pooled = within = 0.0
    for one in seen:
        weight = (one.population / covered) ** 2 * (1 - one.visited / one.population)
        pooled += weight / one.visited
        p = one.hits / one.visited
        within += weight * p * (1 - p) / max(one.visited - 1, 1)
    if not pooled:
        return inf
    own = share * (1 - share) / within if within else inf
    return min(1 / pooled, own) if own else 1 / pooled


def _wilson(share: float, number: float, z: float) -> tuple[float, float]:
    if number == inf:
        return share, share
    square = z * z / number
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(share * (1 - share) / number + square / (4 * number))
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))
