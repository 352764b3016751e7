"""What is said of refocusing, proven at length: `make prove`, or `python -m tests.prove`.

Small cases against a reference that tries everything; answers judged by a model written from the
contract alone, in any order of rows; restarts that hunt for plans beyond a bound; national cases
within 1, 5 and 20 seconds; processes told to end and killed; a case of 40,000 cells. Prints one
line a claim and what was wrong; exits with 1 if anything was.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from benchmarks.refocusing import reference_like
from pulih.refocusing import Case, Infeasible, Plan, Solved, breaches, solve, write_case
from tests.refocusing import outside, slow_reference
from tests.refocusing.hunting import better_than_bounds, eased, hunted
from tests.refocusing.small_cases import small_cases

LATE = 2.0  # Seconds that an answer may come after its limit on an idle machine.
GIGABYTES = 2.0
NEAR = 1e-9


def by_trying_everything(cases: int) -> Iterator[str]:
    """Hold the three stages of small cases against the slow reference."""
    wrong: list[str] = []

    @settings(
        max_examples=cases,
        deadline=None,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(small_cases())
    def each(case: Case) -> None:
        best, found = slow_reference.best(case), solve(case, gap=0)
        if isinstance(found, Infeasible):
            wrong.extend([] if best is None else [f"infeasible, but {best}: {case}"])
            return
        assert isinstance(found, Solved)
        values = [stage.value or 0.0 for stage in found.stages]
        wanted = [] if best is None else [best.worst or 0, best.relief, best.change]
        same = [
            abs(a - float(b)) <= 1e-6 * max(1, abs(a)) for a, b in zip(values, wanted, strict=False)
        ]
        if breaches(case, found.plan) or best is None or not all(same):
            wrong.append(f"{values} is not {wanted}: {case}")

    each()
    yield from wrong


def by_the_contract_alone(cases: int) -> Iterator[str]:
    """Let the outsiders' model judge answers to cases with every kind of rule."""
    for seed in range(cases):
        with tempfile.TemporaryDirectory() as folder:
            for objection in outside.objections(seed, Path(folder)):
                yield f"seed {seed}: {objection}"


def by_restarts(cases: int) -> Iterator[str]:
    """Hunt for plans beyond the bounds of larger cases."""
    for seed in range(max(1, cases // 100)):
        case = eased(reference_like(regencies=68, measures=6, seed=seed), "0.1")
        solved = solve(case, time_limit=8)
        assert isinstance(solved, Solved)
        for wrong in better_than_bounds(solved, hunted(case, random.Random(seed), 20)):
            yield f"seed {seed}: {wrong}"


def within_limits(cases: int) -> Iterator[str]:
    """Solve a national case in 1, 5 and 20 seconds: lawful, on time, with gaps that are true."""
    case = reference_like()
    for limit in (1, 5, 20):
        began = time.monotonic()
        solved = solve(case, time_limit=limit)
        took = time.monotonic() - began
        print(f"  {limit} s: {took:.1f} s, gaps {_gaps(solved)}", flush=True)
        if took > limit + _late():
            yield f"{limit} s took {took:.1f} s"
        if not isinstance(solved, Solved) or breaches(case, solved.plan):
            yield f"{limit} s: no lawful plan"
        else:
            plans = hunted(case, random.Random(limit), cases // 200)
            yield from better_than_bounds(solved, plans)


def of_stopped_processes(cases: int) -> Iterator[str]:
    """Tell processes to end, and kill them: a whole lawful plan is left, or nothing at all."""
    case, chance = reference_like(regencies=68, measures=8), random.Random(2020)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_case(case, folder / "case")
        for number in range(max(2, cases // 50)):
            blow = chance.choice([signal.SIGTERM, signal.SIGKILL])
            out = folder / f"plan{number}"
            yield from (
                f"{blow.name}: {wrong}" for wrong in _stopped(case, folder, out, blow, chance)
            )


def _stopped(
    case: Case, folder: Path, out: Path, blow: signal.Signals, chance: random.Random
) -> Iterator[str]:
    command = [sys.executable, "-m", "pulih.refocusing", str(folder / "case"), "--out", str(out)]
    process = subprocess.Popen(
        [*command, "--time-limit", "12", "--gap", "1e-9"], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(chance.uniform(2, 14))
    process.send_signal(blow)
    process.wait(timeout=60)
    if not (out / "explanation.json").exists():
        # Who is killed leaves nothing; who is told to end before it listens does so, too.
        if any(out.glob("*.csv")) and blow == signal.SIGTERM:
            yield "tables without an explanation"
        return
    told = json.loads((out / "explanation.json").read_text("utf-8"))
    if told["status"] in ("optimal", "feasible") and breaches(case, _plan_in(out)):
        yield "a plan that breaks a rule"


def _plan_in(out: Path) -> Plan:
    units = {(row["regency"], row["measure"]): int(row["units"]) for row in _rows(out / "plan.csv")}
    after = {row["line"]: int(row["after"]) for row in _rows(out / "lines_after.csv")}
    return Plan(units, after)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_forty_thousand_cells(cases: int) -> Iterator[str]:
    """Solve 514 regencies by 78 measures in a process of its own: on time, in little memory."""
    limit = 30 if cases < 1000 else 60
    case = reference_like(measures=78)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_case(case, folder / "case")
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "pulih.refocusing", str(folder / "case"), "--out",
             str(folder / "plan"), "--time-limit", str(limit)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _pid, status, used = os.wait4(process.pid, 0)
        took, peak = time.monotonic() - began, used.ru_maxrss / 2**20
        print(f"  {limit} s: {took:.1f} s, {peak:.2f} GB", flush=True)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            yield "no answer"
        elif breaches(case, _plan_in(folder / "plan")):
            yield "a plan that breaks a rule"
        if took > limit + 3 * _late():  # Reading and writing so many rows, too.
            yield f"{limit} s took {took:.1f} s"
        if peak > GIGABYTES:
            yield f"{peak:.2f} GB"


def _late() -> float:
    """Return the seconds that an answer may come late: more where others use the machine."""
    return LATE * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def _gaps(solved: object) -> str:
    stages = solved.stages if isinstance(solved, Solved) else ()
    return ", ".join(f"{stage.gap:.1e}" for stage in stages if stage.gap is not None)


CLAIMS: dict[str, Callable[[int], Iterator[str]]] = {
    "small": by_trying_everything,
    "contract": by_the_contract_alone,
    "restarts": by_restarts,
    "limits": within_limits,
    "stopped": of_stopped_processes,
    "cells": of_forty_thousand_cells,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="small cases; the rest in scale")
    parser.add_argument("--only", choices=CLAIMS, action="append", help="this claim alone")
    asked = parser.parse_args()
    is_good = True
    for name in asked.only or CLAIMS:
        began, wrong = time.monotonic(), list(CLAIMS[name](asked.cases))
        is_good = is_good and not wrong
        print(f"{name}: {len(wrong)} wrong, {time.monotonic() - began:.0f} s", flush=True)
        for words in wrong:
            print(f"  {words}", flush=True)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
