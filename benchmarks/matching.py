"""How well and how fast needs are matched: `python -m benchmarks.matching`.

Three sizes side by side with plain HiGHS (the same rules as one program) and with plain ways of
sharing out: cases of 7 needs x 16 makers (all stages proven, processor seconds of all), 60 x 520
(fill against the bound), and 1,500 x 12,000 (a lawful answer, its bound, memory). `--scale 0.1`
keeps a tenth of the third size's needs and makers, of all seconds and of the small cases.
"""

import argparse
import os
import random
import resource
import time
from datetime import date, timedelta
from typing import Any

import polars as pl

from pulih.matching import Case, Solved, case_from_tables, solve
from pulih.matching.answer import Answer, Kept, add_lawfully
from pulih.matching.draft import Draft
from pulih.matching.goal import Goal, program_for, scale_of
from pulih.matching.grid import Grid
from pulih.matching.neighbours import Field
from pulih.matching.plan import StageName
from pulih.matching.program import run
from pulih.matching.ways import ways_to

AS_OF = date(2020, 4, 6)
COLUMNS = {
    "areas": "area parent island",
    "products": "product name unit gram",
    "needs": "need area product quantity due standard max_price min_order max_suppliers weight",
    "firms": "firm regency severity free_from",
    "capacities": "firm product per_week price lot min_order",
    "transport": "class per_consignment per_kg days",
    "certificates": "firm certificate valid_to",
    "groups": "group area min_order fee",
    "members": "group firm",
}
Rows = dict[str, list[tuple[Any, ...]]]


def invented(needs: int, makers: int, products: int, groups: int, seed: int) -> Case:
    """Return an invented case: small makers, large needs, few suppliers, tight prices."""
    chance = random.Random(seed)
    provinces = [f"{number:02}" for number in range(1, max(3, min(34, makers // 30)) + 1)]
    places = [f"{p}{n:02}" for p in provinces for n in range(1, 3 + makers // 400)]
    kinds = [f"P{number}" for number in range(products)]
    prices = {kind: chance.choice([4_000, 12_000, 60_000, 90_000]) for kind in kinds}
    rows: Rows = {name: [] for name in COLUMNS}
    islands = ("Jawa", "Sumatra", "Kalimantan", None)
    rows["areas"] = [(p, None, islands[i % 4]) for i, p in enumerate(provinces)]
    rows["areas"] += [(place, place[:2], None) for place in places]
    rows["products"] = [(k, k, "unit", chance.choice([20, 50, 250])) for k in kinds]
    homes = _add_firms(chance, rows, places, prices, makers)
    _add_groups(chance, rows, homes, groups)
    rows["transport"] = [
        ("regency", 20_000, 500, 0),
        ("province", 60_000, 1_500, 1),
        ("island", 150_000, 4_000, 3),
        ("country", 400_000, 12_000, 7),
    ]
    _add_needs(chance, rows, places, prices, needs)
    settings = {
        "title": "Invented",
        "as_of": AS_OF,
        "fill": [[0.5, 1.0], [0.3, 0.8], [0.2, 0.5]],
        "full_weeks": 2,
        "tolerance": [0.02, 0.02],
        "firm_share": 0.5 if makers < 100 else 0.1,
        "regency_share": 0.8 if makers < 100 else 0.3,
    }
    case = case_from_tables(settings, {name: _frame(name, found) for name, found in rows.items()})
    assert isinstance(case, Case), case[:3]
    return case


def _add_firms(
    chance: random.Random, rows: Rows, places: list[str], prices: dict[str, int], makers: int
) -> dict[str, list[str]]:
    homes: dict[str, list[str]] = {}
    for number in range(makers):
        firm, place = f"F{number:05}", chance.choice(places)
        homes.setdefault(place, []).append(firm)
        rows["firms"].append((firm, place, chance.randint(0, 1000) / 10, None))
        for kind in chance.sample(list(prices), min(len(prices), chance.choice([1, 1, 1, 2]))):
            made = max(5, int(chance.lognormvariate(5, 0.9)))
            price = int(prices[kind] * chance.uniform(0.75, 1.35))
            lot, least = chance.choice([1, 5, 10, 20, 50]), chance.choice([0, 20, 50, 100])
            rows["capacities"].append((firm, kind, made, price, lot, least))
        if chance.random() < 0.5:
            rows["certificates"].append((firm, "SNI", None))
    return homes


def _add_groups(
    chance: random.Random, rows: Rows, homes: dict[str, list[str]], groups: int
) -> None:
    large = sorted(place for place, firms in homes.items() if len(firms) > 2) or sorted(homes)
    for number in range(groups):
        place, code = chance.choice(large), f"G{number:03}"
        rows["groups"].append((code, place, chance.choice([1, 100, 200]), chance.choice([0, 250])))
        chosen = chance.sample(homes[place], min(len(homes[place]), chance.randint(3, 20)))
        rows["members"] += [(code, firm) for firm in chosen]


def _add_needs(
    chance: random.Random, rows: Rows, places: list[str], prices: dict[str, int], needs: int
) -> None:
    made = dict.fromkeys(prices, 0)
    for _, kind, per_week, *_ in rows["capacities"]:
        made[kind] += per_week
    for number in range(needs):
        kind = chance.choice(list(prices))
        usual = made[kind] * 2.2 * len(prices) / needs
        quantity = max(20, int(usual * chance.lognormvariate(-0.3, 0.7)))
        due = AS_OF + timedelta(chance.randint(7, 35))
        most = int(prices[kind] * chance.uniform(0.95, 1.4)) if chance.random() < 0.8 else None
        least, suppliers = chance.choice([1, 50, 100, 200]), chance.choice([None, 5, 8, 12])
        standard = chance.choice([None, None, "SNI"])
        place, weight = chance.choice(places), chance.choice([1, 1, 2])
        code, least = f"N{number:04}", min(least, quantity)
        rows["needs"].append(
            (code, place, kind, quantity, due, standard, most, least, suppliers, weight)
        )


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    columns = dict.fromkeys(COLUMNS[name].split(), pl.String)
    return pl.DataFrame(texts, schema=columns, orient="row")


def ours(title: str, case: Case, seconds: float) -> Solved:
    began, used = time.perf_counter(), time.process_time()
    solved = solve(case, time_limit=seconds)
    wall, processor = time.perf_counter() - began, time.process_time() - used
    print(f"{title}: {solved.status}, {wall:.1f} s of {seconds:.0f} s, processor {processor:.1f} s")
    for stage in solved.stages:
        print(f"  {stage.name:<4} {stage.value:.6g} bound {stage.bound:.6g} gap {stage.gap:.1e}")
    bound = max(solved.stages[0].bound, 1e-9)
    shares = {name: fill for name, fill in solved.baselines.items() if fill is not None}
    told = ", ".join(f"{name} {float(fill) / bound:.3f}" for name, fill in shares.items())
    print(f"  fill of the bound: {solved.stages[0].value / bound:.3f}; {told}")
    return solved


class Plain:
    """A case as one program a stage for HiGHS alone, without a start."""

    def __init__(self, case: Case) -> None:
        self.grid = Grid(case)
        self.needs = range(len(case.needs))
        by_need = [ways_to(self.grid, place) for place in self.needs]
        self.ways = Field(self.grid, by_need, frozenset()).every_way(self.needs)
        self.best = Answer(self.grid, {})

    def stage(self, name: StageName, kept: Kept, seconds: float) -> tuple[str, float]:
        """Keep what HiGHS finds; return its status and value."""
        goal = Goal(name, kept, scale_of(self.grid, name, self.best))
        model = program_for(goal, self.grid, Draft(self.grid), self.needs, self.ways)
        answer = run(model.program, seconds=seconds, gap=1e-4)
        if answer.columns is not None:
            draft = Draft(self.grid)
            ways = {way.key: way for way in self.ways}
            add_lawfully(draft, model.draft_of(answer.columns), ways)
            self.best = Answer(self.grid, dict(draft.lots))
        return answer.status, -goal.sign * answer.value * goal.scale


def plain(case: Case, seconds: float, bound: float) -> None:
    """Print what HiGHS alone reaches on the fill."""
    alone = Plain(case)
    used = time.process_time()
    status, value = alone.stage("fill", Kept(), seconds)
    print(
        f"  plain HiGHS on {len(alone.ways)} ways: {status}, fill {value / max(bound, 1e-9):.3f} "
        f"of the bound, processor {time.process_time() - used:.1f} s"
    )


def small(cases: int, seed: int, seconds: float) -> None:
    """Print the processor seconds of cases of 7 x 16, all stages proven, ours and plain."""
    spent, alone, proven = 0.0, 0.0, 0
    for number in range(seed, seed + cases):
        case = invented(7, 16, 2, 3, number)
        used = time.process_time()
        proven += solve(case, time_limit=seconds).status == "optimal"
        spent, used = spent + time.process_time() - used, time.process_time()
        _three_stages(Plain(case), seconds)
        alone += time.process_time() - used
    print(
        f"7 x 16, {cases} cases: {proven} proven, processor {spent:.1f} s; plain HiGHS, stage by "
        f"stage, {alone:.1f} s: {spent / alone:.2f} of it"
    )


def _three_stages(alone: Plain, seconds: float) -> None:
    first, second = alone.grid.case.settings.tolerance
    alone.stage("fill", Kept(), seconds)
    kept = Kept(fill=alone.best.fill * (1 - first))
    alone.stage("work", kept, seconds)
    alone.stage("cost", Kept(kept.fill, alone.best.work * (1 - second)), seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=2020)
    asked = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, seed {asked.seed}")
    minute = max(6.0, 60 * asked.scale)
    small(max(2, round(20 * asked.scale)), asked.seed, minute)
    middle = invented(60, 520, 4, 24, asked.seed)
    plain(middle, minute, ours("60 x 520", middle, minute).stages[0].bound)
    needs, makers = max(150, round(1500 * asked.scale)), max(1200, round(12_000 * asked.scale))
    large = invented(needs, makers, 8, max(40, round(400 * asked.scale)), asked.seed)
    for seconds in (15.0, 300.0):
        ours(f"{needs} x {makers}", large, max(6.0, seconds * asked.scale))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"  peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
