"""The first stage of a refocusing case by Pulih and by plain solvers, in one run.

    .venv/bin/pip install pulp ortools      # Rivals alone: Pulih needs neither.
    python -m benchmarks.refocusing_peers [--scale 0.1] [--seed 2020] [--picture FILE.svg]

The same program, to lift the lowest coverage, goes to HiGHS, to the CBC that comes with PuLP and to
CP-SAT, one thread each, one after the other. Pulih gets the case. Prints each one's gap after some
seconds of the clock, as a share of the best coverage that it has by then, and draws them all.
"""

import argparse
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from highspy import HighsCallbackEvent

from benchmarks.of_refocusing.picture import drawn
from benchmarks.refocusing import PROVINCES, REGENCIES, reference_like
from pulih.highs import quiet_solver
from pulih.refocusing import Case, solve
from pulih.refocusing.grid import grid_of
from pulih.refocusing.model import maximise_worst, model_of
from pulih.refocusing.program import Program

THOUSANDTH = 1e-3
TOLD_AT = (5, 10, 20, 60, 100, 300)  # Seconds.
CBC_BEST = re.compile(r"Integer solution of (\S+) found .*\((\S+) seconds\)")
CBC_NODES = re.compile(r"After \d+ nodes, .* (\S+) best solution, best possible (\S+) \((\S+) s")
CBC_ROOT = re.compile(r"Continuous objective value is (\S+) - (\S+) seconds")
SAT_LINE = re.compile(r"#\w+\s+(\S+)s\s+best:(\S+)\s+next:\[([^,]+),")


class Point(NamedTuple):
    """What is known after some seconds: a value to be made small, and a bound below it."""

    seconds: float
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Return the gap as a share of the value; infinite while there is none."""
        if not math.isfinite(self.value) or not math.isfinite(self.bound):
            return math.inf
        return (self.value - self.bound) / max(abs(self.value), 1e-9)


Course = list[Point]
Rival = Callable[[Program, float], Course]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_args()
    if lacking := [name for name in ("pulp", "ortools") if find_spec(name) is None]:
        print(f"left out: {', '.join(lacking)} not installed")
        return
    places, seconds = max(PROVINCES, round(REGENCIES * asked.scale)), max(6.0, 100 * asked.scale)
    case = reference_like(regencies=places, seed=asked.seed)
    print(f"{places} regencies x 12 measures, load {os.getloadavg()[0]:.1f}")
    model = model_of(grid_of(case))
    maximise_worst(model, THOUSANDTH)  # CP-SAT reckons in whole numbers.
    courses = {"Pulih": by_pulih(case, seconds)}
    rivals: dict[str, Rival] = {"HiGHS": by_highs, "CBC": by_cbc, "CP-SAT": by_cp_sat}
    for name, rival in rivals.items():
        courses[name] = rival(model.program, seconds)
    for name, course in courses.items():
        gaps = [f"{at} s {gap_at(course, at):.3g}" for at in TOLD_AT if at <= seconds]
        print(f"{name:<7} gap after " + ", ".join(gaps))
    if asked.picture:
        lines = {name: [(p.seconds, p.gap) for p in course] for name, course in courses.items()}
        asked.picture.write_text(drawn(lines, seconds))


def gap_at(course: Course, seconds: float) -> float:
    """Return the gap that was known by then."""
    return next((point.gap for point in reversed(course) if point.seconds <= seconds), math.inf)


def by_pulih(case: Case, seconds: float) -> Course:
    course: Course = []

    def hear(stage: str, value: float, bound: float, _gap: float | None, spent: float) -> None:
        if stage == "worst":
            course.append(Point(spent, -value, -bound))

    solve(case, time_limit=seconds / 0.4, progress=hear)  # Of its time two fifths are this stage's.
    return [point for point in course if point.seconds <= seconds]


def by_highs(program: Program, seconds: float) -> Course:
    course: Course = []
    solver = quiet_solver(seconds, 1e-4)
    solver.passModel(program.as_highs())
    began = time.monotonic()

    def hear(event: HighsCallbackEvent) -> None:
        told = event.data_out
        point = Point(time.monotonic() - began, told.mip_primal_bound, told.mip_dual_bound)
        if not course or point[1:] != course[-1][1:]:
            course.append(point)

    solver.cbMipInterrupt.subscribe(hear)
    solver.run()
    return course


def by_cbc(program: Program, seconds: float) -> Course:
    import pulp  # Its reader of MPS does not know all bounds; the solver that comes with it does.

    with tempfile.TemporaryDirectory() as folder:
        path = written(program, folder)
        options = ["-seconds", str(seconds), "-ratio", "1e-4", "-solve"]
        asked = [pulp.PULP_CBC_CMD().path, path, *options]
        log = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return read_by_lines(log.splitlines(), cbc_line)


def cbc_line(line: str, last: Point) -> Point | None:
    """Return what a line of CBC's log tells after `last`."""
    if found := CBC_NODES.search(line):
        value, bound, at = map(float, found.groups())
        return Point(at, min(value, last.value), bound)
    if found := CBC_BEST.search(line):
        value, at = map(float, found.groups())
        return Point(at, min(value, last.value), last.bound)
    if found := CBC_ROOT.search(line):
        bound, at = map(float, found.groups())
        return Point(at, last.value, bound)
    return None


def by_cp_sat(program: Program, seconds: float) -> Course:
    with tempfile.TemporaryDirectory() as folder:
        path = written(program, folder)
        asked = [sys.executable, "-m", "benchmarks.of_refocusing.cp_sat", path, str(seconds)]
        log = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return read_by_lines(log.splitlines(), sat_line)


def sat_line(line: str, last: Point) -> Point | None:
    """Return what a line of CP-SAT's log tells."""
    if not (found := SAT_LINE.search(line)):
        return None
    at, value, bound = (float(part.replace("'", "")) for part in found.groups())
    return Point(at, value, max(bound, last.bound))


def read_by_lines(lines: list[str], tells: Callable[[str, Point], Point | None]) -> Course:
    last, course = Point(0, math.inf, -math.inf), []
    for line in lines:
        if point := tells(line, last):
            last = point
            course.append(point)
    return course


def written(program: Program, folder: str) -> str:
    """Write a program as an MPS file; return its path."""
    solver = quiet_solver(60, 0.0)
    solver.passModel(program.as_highs())
    path = str(Path(folder, "stage.mps"))
    solver.writeModel(path)
    return path


if __name__ == "__main__":
    main()
