"""Random small tables for `pulih protect`, drawn from the words of its contract alone."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction as F
from typing import Any

from tests.outside import Rows

KEY = ("measure", "period", "area", "dimension", "category")
COLUMNS = (*KEY, "parent", "value", "contributors", "largest", "second")
PARTS = {"status": ("buka", "tutup", "macet, “lama”"), "kelompok": ("pangan", "sandang")}
ANSWERS = {"kebutuhan": ("modal", "bahan baku", "pasar")}
COUNT, SUM = "ikm", "omzet"

Cell = tuple[str, str, str]  # Area, dimension, category.


@dataclass
class Table:
    """One release: rules as in `RULES.toml`, the tree of areas, and what is true."""

    rules: dict[str, dict[str, Any]]
    parents: dict[str, str]
    counts: dict[Cell, int]
    contributions: dict[Cell, list[F]]
    periods: tuple[str, ...] = ("2020-06",)
    extra: dict[str, Any] = field(default_factory=dict)

    def rows(self) -> Rows:
        rows = []
        for period in self.periods:
            for (area, dimension, category), value in self.counts.items():
                rows.append(self._row(COUNT, period, area, dimension, category, str(value)))
            for (area, dimension, category), given in self.contributions.items():
                row = self._row(SUM, period, area, dimension, category, text(sum(given, F(0))))
                largest = [*sorted(given, reverse=True), F(0), F(0)]
                row["contributors"] = str(len(given))
                row["largest"], row["second"] = text(largest[0]), text(largest[1])
                rows.append(row)
        return rows

    def _row(
        self, measure: str, period: str, area: str, dimension: str, category: str, value: str
    ) -> dict[str, str]:
        row = dict.fromkeys(COLUMNS, "")
        row |= {"measure": measure, "period": period, "area": area, "dimension": dimension}
        row |= {"category": category, "parent": self.parents[area], "value": value}
        return row


def text(number: F) -> str:
    """Write an exact decimal."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.4f}".rstrip("0")


def table(chance: random.Random) -> Table:
    parents = _tree(chance)
    k = chance.choice([2, 3, 5, 5, 5, 10])
    parts = [name for name in PARTS if chance.random() < 0.7]
    answers = [name for name in ANSWERS if chance.random() < 0.6]
    rules: dict[str, dict[str, Any]] = {COUNT: {"kind": "count", "parts": parts}}
    if answers:
        rules[COUNT]["answers"] = answers
    if k != 5 or chance.random() < 0.3:
        rules[COUNT]["k"] = k
    counts = _counts(chance, parents, parts, answers, k)
    contributions = {}
    if chance.random() < 0.4:
        rules[SUM] = {"kind": "sum", "k": k, "parts": [p for p in parts if chance.random() < 0.7]}
        if chance.random() < 0.7:
            rules[SUM] |= {"with": COUNT}
        if chance.random() < 0.5:
            rules[SUM] |= {"p": chance.choice([0, 1, 10, 50])}
        contributions = _contributions(chance, parents, rules[SUM]["parts"], k)
    return Table(rules, parents, counts, contributions)


def later(chance: random.Random, earlier: Table) -> Table:
    """The same table after some firms came, went or changed; or after nothing at all."""
    leaves = _leaves(earlier.parents)
    counts = dict(earlier.counts)
    rules = earlier.rules[COUNT]
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        leaf, step = chance.choice(leaves), chance.choice([-1, 1, 1, 2])
        changed = [(leaf, "all", "")]
        for dimension in rules["parts"]:
            changed.append((leaf, dimension, chance.choice(PARTS[dimension])))
        if all(counts[cell] + step >= 0 for cell in changed):
            for cell in changed:
                counts[cell] += step
    for (area, dimension, category), value in list(counts.items()):
        if area in leaves and dimension in rules.get("answers", ()):
            counts[area, dimension, category] = min(value, counts[area, "all", ""])
    counts = _summed({c: n for c, n in counts.items() if c[0] in leaves}, earlier.parents)
    return Table(earlier.rules, earlier.parents, counts, earlier.contributions, earlier.periods)


def _tree(chance: random.Random) -> dict[str, str]:
    parents = {"ID": ""}
    for province in range(chance.choice([0, 1, 2, 3])):
        parents[f"{31 + province}"] = "ID"
        for regency in range(chance.choice([0, 0, 1, 2, 3])):
            parents[f"{31 + province}.{regency:02} é"] = f"{31 + province}"
    return parents


def _leaves(parents: dict[str, str]) -> list[str]:
    return [area for area in parents if area not in parents.values()]


def _counts(
    chance: random.Random, parents: dict[str, str], parts: list[str], answers: list[str], k: int
) -> dict[Cell, int]:
    usual = chance.choice([[0, 1, 2, k, k + 1], [0, 0, 3, 40], [k, k + 1, 30], [0, 1, 10**6]])
    counts: dict[Cell, int] = {}
    for leaf in _leaves(parents):
        first = [chance.choice(usual) for _ in range(3)]
        whole = sum(first)
        counts[leaf, "all", ""] = whole
        for dimension in parts:
            names = PARTS[dimension]
            split = first if len(names) == 3 else _split(chance, whole, len(names))
            counts |= {(leaf, dimension, n): v for n, v in zip(names, split, strict=True)}
        for dimension in answers:
            for name in ANSWERS[dimension]:
                near = [0, whole, max(0, whole - 1), min(whole, 2), chance.randint(0, whole)]
                counts[leaf, dimension, name] = chance.choice(near)
    return _summed(counts, parents)


def _split(chance: random.Random, whole: int, many: int) -> list[int]:
    cuts = sorted(chance.choice([0, whole, chance.randint(0, whole)]) for _ in range(many - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]


def _summed(counts: dict[Cell, int], parents: dict[str, str]) -> dict[Cell, int]:
    total: dict[Cell, int] = defaultdict(int)
    for (area, dimension, category), value in counts.items():
        while area:
            total[area, dimension, category] += value
            area = parents[area]
    return dict(total)


def _contributions(
    chance: random.Random, parents: dict[str, str], parts: list[str], k: int
) -> dict[Cell, list[F]]:
    unit = chance.choice([F(1), F(1), F(1, 4), F(10**9)])
    given: dict[Cell, list[F]] = {}
    for area in parents:
        given[area, "all", ""] = []
        for dimension in parts:
            given |= {(area, dimension, name): [] for name in PARTS[dimension]}
    for leaf in _leaves(parents):
        for _ in range(chance.choice([0, 1, k - 1, k, 3 * k])):
            amount = unit * chance.choice([0, 1, 5, 20, 1000])
            cells = [("all", ""), *((d, chance.choice(PARTS[d])) for d in parts)]
            area = leaf
            while area:
                for dimension, category in cells:
                    given[area, dimension, category].append(amount)
                area = parents[area]
    return given
