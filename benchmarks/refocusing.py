"""How fast and how well refocusing cases are solved: `python -m benchmarks.refocusing`.

Three questions: how long the relaxation of the first stage takes at 514 regencies x 20 measures;
what gap each stage proves at the size of the reference scenario within a minute; the same for
its provinces alone, and for a case of the demo's shape. `--plain` also gives the first stage to
HiGHS as one program without a start. `--scale 0.1` keeps a tenth of the regencies and seconds.
"""

import argparse
import os
import random
import time
from typing import Any

from benchmarks.of_refocusing.demo import demo_like
from benchmarks.of_refocusing.tables import frame
from pulih.refocusing import Case, Solved, case_from_tables, solve
from pulih.refocusing.grid import grid_of
from pulih.refocusing.model import maximise_worst, model_of
from pulih.refocusing.program import run

PROVINCES, REGENCIES, MILLION = 34, 514, 1_000_000
NEEDS = ("raw material", "market", "capital", "skill", "tools")


def reference_like(
    *, regencies: int = REGENCIES, measures: int = 12, seed: int = 2020, cut: float = 1 / 3
) -> Case:
    """Return an invented case: Rp24.9 bn over 34 provinces, cut by a third."""
    chance = random.Random(seed)
    provinces = [f"{number:02}" for number in range(1, PROVINCES + 1)]
    places = [f"{provinces[n % PROVINCES]}{n // PROVINCES + 1:02}" for n in range(regencies)]
    kinds = [f"M{number:02}" for number in range(1, measures + 1)]
    rows: dict[str, list[tuple[Any, ...]]] = {
        "areas": [(p, None, f"Province {p}") for p in provinces]
        + [(r, r[:2], f"Regency {r}") for r in places],
        "measures": [_measure(chance, kind) for kind in kinds],
        "costs": [(None, kind, chance.randint(8, 60) * 100_000) for kind in kinds]
        + [(p, kind, chance.randint(8, 60) * 100_000) for p in provinces for kind in kinds[::3]],
        "needs": [
            (r, need, int(chance.lognormvariate(4, 1)) + 1, chance.randint(200, 900) / 10)
            for r in places
            for need in NEEDS
        ],
        "effects": _effects(chance, kinds),
        "lines": _lines(chance, provinces, kinds),
    }
    settings = {
        "title": "Reference-like",
        "fiscal_year": 2020,
        "ceiling": round(24_900 * MILLION * (1 - cut)),
        "coverage": [[0.25, 1.0], [0.25, 0.7], [0.5, 0.4]],
        "tolerance": [0.02, 0.02],
        "change_cost": 5 * MILLION,
    }
    case = case_from_tables(settings, {name: frame(name, found) for name, found in rows.items()})
    assert isinstance(case, Case), case
    return case


def _measure(chance: random.Random, kind: str) -> tuple[Any, ...]:
    return (
        kind,
        f"Measure {kind}",
        "unit",
        chance.choice([1, 5, 10, 20]),
        chance.randint(0, 20) * MILLION,
    )


def _effects(chance: random.Random, kinds: list[str]) -> list[tuple[Any, ...]]:
    return [
        (kind, need, chance.randint(2, 20) / 10)
        for kind in kinds
        for need in chance.sample(NEEDS, chance.randint(1, 3))
    ]


def _lines(chance: random.Random, provinces: list[str], kinds: list[str]) -> list[tuple[Any, ...]]:
    weights = {(p, k): chance.lognormvariate(0, 0.7) for p in provinces for k in kinds}
    held = {pool: weight for pool, weight in weights.items() if chance.random() < 0.7}
    total = sum(held.values())
    rows = []
    for (province, kind), weight in held.items():
        ceiling = round(24_900 * MILLION * weight / total)
        committed = round(ceiling * chance.choice([0, 0, 0.2, 0.4]))
        blocked = round(ceiling * chance.choice([0, 0, 0, 0.1]))
        protected = int(chance.random() < 0.05)
        rows.append((f"L{province}{kind}", province, kind, ceiling, committed, blocked, protected))
    return rows


def relaxation(case: Case) -> None:
    """Print the seconds to build and to solve the relaxation of the first stage."""
    began = time.perf_counter()
    model = model_of(grid_of(case))
    maximise_worst(model, 1.0)
    built = time.perf_counter()
    answer = run(model.program, seconds=120, relaxed=True)
    done = time.perf_counter()
    print(
        f"relaxation, {len(case.regencies)} x {len(case.measures)}: built {built - began:.2f} s, "
        f"solved {done - built:.2f} s, together {done - began:.2f} s, coverage {-answer.bound:.6f}"
    )


def stages(title: str, case: Case, seconds: float) -> None:
    began = time.perf_counter()
    outcome = solve(case, time_limit=seconds)
    wall = time.perf_counter() - began
    assert isinstance(outcome, Solved), outcome
    print(f"{title}: {outcome.status} in {wall:.1f} s of {seconds:.0f} s")
    for stage in outcome.stages:
        gap = "-" if stage.gap is None else f"{stage.gap:.1e}"
        print(
            f"  {stage.name:<7} {stage.value:.6g} bound {stage.bound:.6g} gap {gap} "
            f"in {stage.seconds:.1f} s"
        )
    print(
        f"  coverage before: {len(outcome.coverage_before)} of {len(case.provinces)} provinces, "
        f"{len(outcome.binding)} binding rules"
    )


def plain(title: str, case: Case, seconds: float) -> None:
    """Print what HiGHS alone reaches on the first stage, one program and no start."""
    model = model_of(grid_of(case))
    maximise_worst(model, 1.0)
    answer = run(model.program, seconds=seconds, gap=1e-4)
    gap = abs(answer.bound - answer.value) / max(abs(answer.value), 1e-9)
    print(f"{title}, plain, worst: {-answer.value:.6g} bound {-answer.bound:.6g} gap {gap:.1e}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--seed", type=int, default=2020)
    asked = parser.parse_args()
    places, seconds = max(PROVINCES, round(REGENCIES * asked.scale)), max(6.0, 60 * asked.scale)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, seed {asked.seed}")
    relaxation(reference_like(regencies=places, measures=20, seed=asked.seed))
    for title, case in (
        ("reference", reference_like(regencies=places, seed=asked.seed)),
        ("provinces", reference_like(regencies=PROVINCES, seed=asked.seed)),
        ("the demo's shape", demo_like(regencies=places, seed=asked.seed)),
    ):
        stages(title, case, seconds)
        if asked.plain:
            plain(title, case, seconds * 0.35)


if __name__ == "__main__":
    main()
