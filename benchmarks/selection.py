"""How fast and how well applicants are chosen: `python -m benchmarks.selection`."""

import json
from pathlib import Path

import numpy as np
import polars as pl

REGENCIES, PROVINCES, PER_HOUSEHOLD = 514, 34, 10


def write_case(folder: Path, *, count: int, seed: int = 2020) -> None:
    """Write an invented case: 514 regencies, some 600 rules, a household for every tenth."""
    chance = np.random.default_rng(seed)
    weight = chance.lognormal(0, 1, REGENCIES)
    regency = chance.choice(REGENCIES, count, p=weight / weight.sum())
    province, branch = regency % PROVINCES, chance.integers(0, 6, count)
    sex = np.where(chance.random(count) < 0.45, "P", "L")
    disability = np.where(chance.random(count) < 0.03, "yes", "no")
    cost = (2 + province % 3 + branch % 2) * 1_000_000
    frame = pl.DataFrame(
        {
            "application": [f"A{number:07}" for number in chance.permutation(count)],
            "score": [f"{points:.2f}" for points in chance.beta(4, 3, count) * 100],
            "cost": cost,
            "regency": [f"{r % PROVINCES + 11}.{r // PROVINCES + 1:02}" for r in regency.tolist()],
            "province": [f"{p + 11}" for p in province.tolist()],
            "sex": sex,
            "disability": disability,
            "branch": [f"B{b}" for b in branch.tolist()],
            "household": _households(chance, count),
        }
    )
    folder.mkdir(parents=True, exist_ok=True)
    frame.write_csv(folder / "applications.csv")
    _quotas(frame, count // 5).write_csv(folder / "quotas.csv")
    _shares().write_csv(folder / "shares.csv")
    (folder / "case.toml").write_text(
        f'title = "Invented"\nyear = 2020\nseed = "{json.dumps(seed)}"\nexclusive = ["household"]\n'
    )


def _households(chance: np.random.Generator, count: int) -> list[str | None]:
    houses = count // PER_HOUSEHOLD
    members = chance.permutation(count)[: int(houses * 2.5)]
    rest = chance.integers(0, houses, len(members) - 2 * houses)
    numbers = np.full(count, -1)
    numbers[members] = np.concatenate((np.arange(houses), np.arange(houses), rest))
    return [None if house < 0 else f"K{house}" for house in numbers.tolist()]


def _quotas(frame: pl.DataFrame, seats: int) -> pl.DataFrame:
    share = seats / frame.height
    rows: list[tuple[str, str, str, int | None, int | None]] = [
        ("all", "*", "people", None, seats),
        ("money", "*", "rupiah", None, int(frame["cost"].sum() * share * 0.98)),
    ]
    for (code,), inside in sorted(frame.group_by("regency")):
        least, most = int(inside.height * share * 0.6), int(inside.height * share * 1.3) + 2
        rows.append((f"r{code}", f"regency={code}", "people", least, most))
    for (code,), inside in sorted(frame.group_by("province")):
        most = int(inside["cost"].sum() * share * 1.02)
        rows.append((f"p{code}", f"province={code}", "rupiah", None, most))
    for (code,), _ in sorted(frame.group_by("branch")):
        rows.append((f"b{code}", f"branch={code}", "people", seats // 10, seats // 4))
    return pl.DataFrame(rows, schema=["quota", "where", "unit", "min", "max"], orient="row")


def _shares() -> pl.DataFrame:
    rows: list[tuple[str, str, str, str, str | None]] = [
        ("disability", "disability=yes", "*", "0.05", None)
    ]
    for province in range(11, 11 + PROVINCES):
        rows.append((f"women{province}", "sex=P", f"province={province}", "0.45", None))
    return pl.DataFrame(
        rows, schema=["share", "where", "of", "min_share", "max_share"], orient="row"
    )
