"""An invented case of the demo's shape: few, large batches, and every province between two amounts.

514 regencies and 12 measures that relieve anything. A batch costs Rp10 to 200 million where a
province is free to spend some Rp130 million, so that a province is a dozen purchases at most, and
what it spends jumps from one to the next.
"""

import random
from dataclasses import dataclass, field
from typing import Any

from benchmarks.of_refocusing.tables import frame
from pulih.refocusing import Case, case_from_tables

MILLION = 1_000_000
PROVINCES, REGENCIES, FIRMS = 34, 514, 60_000
HELD = 24_900 * MILLION
LEAST, MOST = 0.55, 1.25  # Of what a province held, that it must and may hold.
REST = "OTHER"  # Money without a measure, protected.


@dataclass(frozen=True)
class Kind:
    """A measure. cost: rupiah a unit without its days; setup: million rupiah; lines: what each
    line of a province weighs, how much of it is committed, and how much blocked."""

    batch: int
    cost: int
    days: int
    setup: int
    relief: dict[str, float]
    lines: list[tuple[float, float, float]] = field(default_factory=list)


KINDS = {
    "masks": Kind(20, 898_300, 4, 15, {"training": 1, "product": 0.6}, [(8, 0.5, 0), (4, 0.4, 0)]),
    "suits": Kind(
        20, 1_506_800, 4, 15, {"training": 1, "product": 0.7}, [(8, 0.55, 0), (4, 0.45, 0)]
    ),
    "shields": Kind(20, 1_002_800, 4, 15, {"training": 1, "product": 0.6}, [(4, 0.3, 0)]),
    "drinks": Kind(20, 872_800, 4, 15, {"training": 1, "product": 0.6}, [(4, 0.25, 0)]),
    "stations": Kind(20, 2_172_800, 4, 20, {"training": 1, "product": 0.7}, [(6, 0.3, 0)]),
    "halal": Kind(10, 3_250_000, 2, 10, {"certificate": 1}, [(6, 0.35, 0)]),
    "online": Kind(25, 950_000, 3, 10, {"online": 0.4}, [(6, 0.2, 0)]),
    "founders": Kind(
        20, 6_400_000, 5, 20, {"training": 0.5}, [(9, 0.35, 0), (6, 0.3, 0), (9, 0.15, 0.45)]
    ),
    "material": Kind(25, 4_500_000, 0, 10, {"material": 1}),
    "design": Kind(10, 2_650_000, 3, 10, {"product": 1}),
    "mentors": Kind(10, 2_040_000, 0, 5, {"capital": 0.1}, [(7, 0.5, 0)]),
    "papers": Kind(25, 250_000, 1, 5, {"certificate": 0.5, "capital": 0.1}, [(4, 0.2, 0)]),
    REST: Kind(1, 0, 0, 0, {}, [(9, 0.3, 0.38), (4, 0.45, 0), (2, 0.35, 0)]),
}
NEEDS = {
    "capital": 0.52,
    "material": 0.38,
    "online": 0.33,
    "product": 0.24,
    "certificate": 0.14,
    "training": 0.18,
    "tools": 0.21,
}  # How likely a firm has each.


def demo_like(*, regencies: int = REGENCIES, seed: int = 2020, cut: float = 1 / 3) -> Case:
    """Return an invented case of Rp24.9 bn over 34 provinces, cut by a third."""
    chance = random.Random(seed)
    provinces = [f"{number:02}" for number in range(1, PROVINCES + 1)]
    places = [f"{provinces[n % PROVINCES]}{n // PROVINCES + 1:02}" for n in range(regencies)]
    size = {province: chance.lognormvariate(0, 0.8) for province in provinces}
    weight = {p: 620 + 93 * size[p] + chance.uniform(-55, 55) for p in provinces}
    lines = _lines(chance, weight)
    rows: dict[str, list[tuple[Any, ...]]] = {
        "areas": [(p, None, f"Province {p}") for p in provinces]
        + [(r, r[:2], f"Regency {r}") for r in places],
        "measures": [(k, k, "unit", one.batch, one.setup * MILLION) for k, one in KINDS.items()],
        "costs": _costs(chance, provinces),
        "needs": _needs(chance, places, size),
        "effects": [
            (k, need, relief) for k, one in KINDS.items() for need, relief in one.relief.items()
        ],
        "lines": lines,
        "amounts": _amounts(lines),
    }
    settings = {
        "title": "Demo-like",
        "fiscal_year": 2020,
        "ceiling": round(HELD * (1 - cut)),
        "coverage": [[0.1, 3.0], [0.2, 2.0], [0.7, 1.0]],
        "tolerance": [0.01, 0.01],
        "change_cost": MILLION,
    }
    tables = {name: frame(name, found) for name, found in rows.items()}
    case = case_from_tables(settings, tables)
    assert isinstance(case, Case), case
    return case


def _costs(chance: random.Random, provinces: list[str]) -> list[tuple[Any, ...]]:
    """Return the cost of a unit by province: what a day pays differs."""
    paid = {province: chance.randint(90, 160) * 1000 for province in provinces}
    return [
        (province, kind, one.cost + one.days * paid[province])
        for province in provinces
        for kind, one in KINDS.items()
        if kind != REST
    ]


def _needs(
    chance: random.Random, places: list[str], size: dict[str, float]
) -> list[tuple[Any, ...]]:
    weight = {place: size[place[:2]] * chance.lognormvariate(0, 0.6) for place in places}
    firms = FIRMS * len(places) / REGENCIES / sum(weight.values())
    hardship = {province: chance.uniform(38, 72) for province in size}
    rows = []
    for place in places:
        count = max(3, round(firms * weight[place]))
        for need, share in NEEDS.items():
            hit = sum(chance.random() < share for _ in range(count))
            severity = round(chance.gauss(hardship[place[:2]], 6), 1)
            if hit:
                rows.append((place, need, hit, min(95.0, max(5.0, severity))))
    return rows


def _lines(chance: random.Random, weight: dict[str, float]) -> list[tuple[Any, ...]]:
    whole, rows = HELD / sum(weight.values()), []
    every = [(kind, line) for kind, one in KINDS.items() for line in one.lines]
    for province, own in weight.items():
        parts = [line[0] * chance.uniform(0.8, 1.2) for _, line in every]
        for number, ((kind, (_, bound, stopped)), part) in enumerate(
            zip(every, parts, strict=True)
        ):
            ceiling = round(whole * own * part / sum(parts) / 100_000) * 100_000
            blocked = _rounded(ceiling * stopped * chance.uniform(0.7, 1.3))
            committed = _rounded(min(0.95, bound * chance.uniform(0.6, 1.4)) * (ceiling - blocked))
            row = (f"L{province}{number:02}", province, kind, ceiling, committed, blocked)
            rows.append((*row, int(kind == REST)))
    return rows


def _rounded(rupiah: float) -> int:
    return int(rupiah // 10_000) * 10_000


def _amounts(lines: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    held: dict[str, int] = {}
    for _, province, _, ceiling, *_ in lines:
        held[province] = held.get(province, 0) + ceiling
    return [(f"bounds-{p}", p, "*", int(m * LEAST), int(m * MOST)) for p, m in held.items()]
