"""How fast and how sparing protection is: `python -m benchmarks.disclosure`.

Invented firms of 514 regencies in 34 provinces, counted like the demo's affected firms (two
dimensions that add up, two with several answers), as one release and as those of the next months,
each beside all before it. The bare limit beside it is how many cells are small: nothing may hide
fewer. `--scale 0.1` keeps a tenth of the firms and of the regencies.
"""

import argparse
import os
import random
import time
from collections import Counter
from itertools import product
from typing import Any

import polars as pl

from pulih.disclosure import Case, Protected, case_from_tables, protect
from pulih.disclosure.write import files_of

PROVINCES, REGENCIES, FIRMS = 34, 514, 60_000
PARTS = {"status": 4, "commodity_group": 9}
ANSWERS = {"need": 8, "obstacle": 9}
RULES = {
    "measures": {"firms": {"kind": "count", "parts": [*PARTS], "answers": [*ANSWERS]}},
}
COLUMNS = ("measure", "period", "area", "parent", "dimension", "category", "value")

Firm = tuple[str, tuple[tuple[str, str], ...]]


class Country:
    """Regencies of very different size, and how common each category is."""

    def __init__(self, regencies: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.areas = {"ID": ""} | {f"{n:02}": "ID" for n in range(11, 11 + PROVINCES)}
        self.places = [f"{11 + n % PROVINCES:02}{n // PROVINCES + 1:02}" for n in range(regencies)]
        self.areas |= {place: place[:2] for place in self.places}
        self.sizes = [self.chance.lognormvariate(0, 0.9) for _ in self.places]
        self.common = {
            dimension: [self.chance.lognormvariate(0, 0.7) for _ in range(count)]
            for dimension, count in (PARTS | ANSWERS).items()
        }

    def firms(self, count: int) -> list[Firm]:
        return [
            (place, tuple(self._categories()))
            for place in self.chance.choices(self.places, self.sizes, k=count)
        ]

    def _categories(self) -> list[tuple[str, str]]:
        found = [("all", "")]
        for dimension, common in self.common.items():
            several = self.chance.randint(1, 4) if dimension in ANSWERS else 1
            chosen = set(self.chance.choices(range(len(common)), common, k=several))
            found += [(dimension, f"c{each}") for each in sorted(chosen)]
        return found

    def cells(self, firms: list[Firm]) -> pl.DataFrame:
        counted: Counter[tuple[str, str, str]] = Counter()
        for place, categories in firms:
            for area, (dimension, category) in product((place, place[:2], "ID"), categories):
                counted[area, dimension, category] += 1
        kinds = [("all", "")]
        kinds += [(d, f"c{n}") for d, most in (PARTS | ANSWERS).items() for n in range(most)]
        rows = [
            ("firms", "2020-06", area, above, *kind, str(counted[(area, *kind)]))
            for area, above in self.areas.items()
            for kind in kinds
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def measured(title: str, cells: pl.DataFrame, earlier: list[pl.DataFrame]) -> pl.DataFrame:
    began = time.process_time()
    case = case_from_tables(RULES, cells, earlier)
    assert isinstance(case, Case), case[:3]
    done = protect(case)
    used = time.process_time() - began
    small = sum(audit.is_small for audit in done.audits.values())
    print(
        f"{title}: {len(case.cells)} cells, {small} small, hidden {len(done.audits)} = "
        f"{len(done.audits) / max(small, 1):.3f} for a small one (limit 1), "
        f"{len(done.findings)} findings, {used:.1f} s of processor "
        f"(protect {done.seconds['protect']:.1f}, prove {done.seconds['prove']:.1f} s of wall)"
    )
    return _shown(done)


def _shown(done: Protected) -> pl.DataFrame:
    text = files_of(done)["protected.csv"]
    return pl.read_csv(text.encode(), infer_schema=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--earlier", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2020)
    asked: Any = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, seed {asked.seed}")
    country = Country(max(PROVINCES, round(REGENCIES * asked.scale)), asked.seed)
    firms = country.firms(round(FIRMS * asked.scale))
    shown = [measured("one release", country.cells(firms), [])]
    for number in range(1, asked.earlier + 1):
        firms = firms[len(firms) // 100 :] + country.firms(len(firms) // 50)
        shown.append(measured(f"the next, beside {number}", country.cells(firms), shown))


if __name__ == "__main__":
    main()
