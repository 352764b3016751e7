"""How many to visit, from which strata, and whom a seed picks. Anybody can repeat it by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import NormalDist

LEAST = 2  # In each stratum, where it has so many: one visit alone says nothing of a province.


@dataclass(frozen=True)
class Wanted:
    """How sure the answer shall be, in percent.

    error: half the width of the interval. confidence: how often such an interval holds the truth.
    share: the share that is expected; 50 asks for the most visits.
    """

    error: int
    confidence: int
    share: int = 50


def quantile(confidence: int) -> float:
    """The z of a two-sided interval: 1.96 at 95 percent."""
    return NormalDist().inv_cdf(0.5 + confidence / 200)


def size(population: int, wanted: Wanted) -> int:
    """Cochran's size of a sample of shares, corrected for a finite population."""
    assert population >= 0
    p = wanted.share / 100
    endless = (quantile(wanted.confidence) / (wanted.error / 100)) ** 2 * p * (1 - p)
    corrected = endless / (1 + (endless - 1) / population) if population else 0
    return min(population, ceil(corrected - 1e-9))


def allocate(total: int, strata: Mapping[str, int]) -> dict[str, int]:
    """Share `total` visits out among strata by their size, at least `LEAST` in each.

    Largest remainders get what is left; ties go by name. The sum may exceed `total` by what the
    least of small strata needs, never by anything else.
    """
    population = sum(strata.values())
    if not population:
        return dict.fromkeys(strata, 0)
    found = {name: total * number // population for name, number in strata.items()}
    rest = sorted(strata, key=lambda name: (-(total * strata[name] % population), name))
    for name in rest[: total - sum(found.values())]:
        found[name] += 1
    return {name: min(strata[name], max(found[name], LEAST)) for name in strata if strata[name]} | {
        name: 0 for name in strata if not strata[name]
    }


def digest(lines: Iterable[Sequence[object]]) -> str:
    """The SHA-256 of the frozen list: its lines in their order, fields parted by a semicolon."""
    text = "".join(";".join(str(field) for field in line) + "\n" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()


def rank(seed: str, list_digest: str, number: int) -> str:
    """What orders the numbers of the list: the SHA-256 of `seed:digest:number`, in hex."""
    return hashlib.sha256(f"{seed}:{list_digest}:{number}".encode()).hexdigest()


def draw(
    seed: str, list_digest: str, strata: Mapping[str, Sequence[int]], sizes: Mapping[str, int]
) -> list[int]:
    """Pick the lowest ranks of each stratum; return the numbers in the order of the list."""
    chosen: list[int] = []
    for name, numbers in strata.items():
        ordered = sorted(numbers, key=lambda number: rank(seed, list_digest, number))
        chosen += ordered[: sizes.get(name, 0)]
    return sorted(chosen)
