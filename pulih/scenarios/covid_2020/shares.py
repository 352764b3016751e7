"""How many firms and how much money each province has: public where known, generated elsewhere."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from pulih import places
from pulih.places import Level, Place, Scheme

from .figures import (
    DECONCENTRATION,
    ESTABLISHMENTS,
    ESTABLISHMENTS_OF_ALL,
    JAVA,
    JAVA_SHARE,
    KALTARA_CEILING,
    MALUKU_AND_PAPUA,
    MALUKU_AND_PAPUA_SHARE,
    REPORTED_ON,
)

# How hard each province is hit on average, 0 to 100. Invented, but for the order: tourism first.
HARDSHIP = {
    "51": 74, "31": 68, "34": 67, "32": 66, "36": 63, "52": 62, "35": 61, "33": 60, "21": 58,
    "64": 55, "53": 47, "11": 44, "81": 43, "65": 41, "91": 39, "92": 36,
}  # fmt: skip


@dataclass(frozen=True)
class ProvinceShare:
    """One province of the scenario. ceiling: whole rupiah; hardship: 0 to 100."""

    place: Place
    code: str
    establishments: int
    firms: int
    hardship: int
    ceiling: int


def largest_remainder(weights: Sequence[float], total: int, unit: int = 1) -> list[int]:
    """Split `total` by `weights` in whole `unit`s; the parts add up to `total` exactly.

    total: a multiple of unit. weights: not negative, not all zero.
    """
    assert total % unit == 0
    all_weights = sum(weights)
    exact = [weight / all_weights * (total // unit) for weight in weights]
    parts = [math.floor(part) for part in exact]
    missing = total // unit - sum(parts)
    by_remainder = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[:missing]:
        parts[index] += 1
    return [part * unit for part in parts]


def province_shares(firms: int, seed: int) -> list[ProvinceShare]:
    """Return the 34 provinces of 2020 with their part of `firms` and of the money."""
    provinces = places.provinces(REPORTED_ON)
    codes = [_code(place) for place in provinces]
    establishments = _establishments(codes, Random(f"{seed} establishments"))
    hardship = [
        HARDSHIP.get(code, Random(f"{seed} hardship {code}").randint(42, 58)) for code in codes
    ]
    hit = [count * (hard / 55) ** 1.1 for count, hard in zip(establishments, hardship, strict=True)]
    # Every province sends a list, however short; the rest follows the number that were hit.
    fewest = min(40, firms // len(codes))
    shared = largest_remainder(hit, firms - fewest * len(codes))
    ceilings = _ceilings(codes, establishments, Random(f"{seed} ceilings"))
    return [
        ProvinceShare(place, code, count, fewest + share, hard, ceiling)
        for place, code, count, share, hard, ceiling in zip(
            provinces, codes, establishments, shared, hardship, ceilings, strict=True
        )
    ]


def _code(place: Place) -> str:
    code = places.code_of(place, Scheme.KEMENDAGRI, REPORTED_ON)
    assert code is not None
    return code


def _establishments(codes: Sequence[str], random: Random) -> list[int]:
    known = dict(ESTABLISHMENTS)
    groups = [
        (JAVA, round(ESTABLISHMENTS_OF_ALL * JAVA_SHARE)),
        (MALUKU_AND_PAPUA, round(ESTABLISHMENTS_OF_ALL * MALUKU_AND_PAPUA_SHARE)),
        (tuple(codes), ESTABLISHMENTS_OF_ALL),
    ]
    for members, total in groups:
        unknown = [code for code in codes if code in members and code not in known]
        weights = [random.uniform(0.75, 1.25) * _regencies(code) for code in unknown]
        left = total - sum(known.get(code, 0) for code in members)
        known.update(zip(unknown, largest_remainder(weights, left), strict=True))
    return [known[code] for code in codes]


def _regencies(code: str) -> int:
    province = places.resolve(code, on=REPORTED_ON, scheme=Scheme.KEMENDAGRI, level=Level.PROVINCE)
    assert province is not None
    return len(places.children_of(province, REPORTED_ON))


def _ceilings(codes: Sequence[str], establishments: Sequence[int], random: Random) -> list[int]:
    # Close to an equal base with a small variable part, as the one public figure suggests.
    weights = [
        560 + 0.62 * math.sqrt(count) + 3.2 * _regencies(code) + random.uniform(-55, 55)
        for code, count in zip(codes, establishments, strict=True)
    ]
    kaltara = codes.index("65")
    others = [weight for index, weight in enumerate(weights) if index != kaltara]
    parts = largest_remainder(others, DECONCENTRATION - KALTARA_CEILING, 100_000)
    return [*parts[:kaltara], KALTARA_CEILING, *parts[kaltara:]]
