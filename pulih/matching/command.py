"""`pulih match CASE_DIR --out DIR [--gap 1e-4] [--time-limit 60] [--json]`."""

import math
import sys
from collections import deque
from pathlib import Path

from pulih.casefiles.command import (
    DONE,
    FINDINGS,
    Parser,
    amount,
    not_written,
    print_json,
    refuse,
    tell,
)
from pulih.casefiles.stopping import leave, worked_out
from pulih.matching.case import Case
from pulih.matching.explain import explanation
from pulih.matching.plan import Progress, SoFar, Solved, StageName
from pulih.matching.read import read_case
from pulih.matching.solve import solve
from pulih.matching.write import write_answer


def run(arguments: list[str]) -> int:
    """Read a case, match it, write the answer. Returns 0 optimal, 1 otherwise, 2 malformed."""
    asked = _parser().parse_args(arguments)
    case = read_case(asked.case_dir, tell=tell)
    if not isinstance(case, Case):
        return refuse(case, as_json=asked.json)
    progress = _show_progress if sys.stderr.isatty() else None
    solved, is_stopped = _solved(case, asked.gap, asked.time_limit, progress)
    try:
        write_answer(solved, asked.out)
    except OSError as error:
        return not_written("The answer", asked.out, error, as_json=asked.json)
    told = explanation(solved)
    if asked.json:
        print_json(told)
    else:
        print(f"{told['status']}: {told['message_en']}")
    if is_stopped:
        leave(FINDINGS)
    return DONE if solved.status == "optimal" else FINDINGS


def _solved(case: Case, gap: float, limit: float, progress: Progress | None) -> tuple[Solved, bool]:
    """Return the answer, and whether TERM came before it was reached."""
    so_far: deque[SoFar] = deque(maxlen=1)

    def work() -> Solved:
        return solve(case, gap=gap, time_limit=limit, progress=progress, keep=so_far.append)

    def best() -> Solved:
        return so_far[0]() if so_far else solve(case, gap=gap, time_limit=0.0)

    return worked_out(work, best)


def _parser() -> Parser:
    parser = Parser(
        prog="pulih match", description="From needs and small makers' capacities to orders in lots."
    )
    parser.add_argument("case_dir", metavar="CASE_DIR", type=Path)
    parser.add_argument("--out", metavar="DIR", type=Path, required=True)
    parser.add_argument("--gap", type=amount, default=1e-4, help="relative gap per stage")
    parser.add_argument("--time-limit", type=amount, default=60.0, help="seconds for all stages")
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    return parser


def _show_progress(
    stage: StageName, value: float, bound: float, gap: float, seconds: float
) -> None:
    if math.isfinite(gap):
        line = f"{seconds:6.1f} s  {stage:<4}  {value:.6g}  gap {gap:.2e}"
        print(f"\r{line:<60}", end="", file=sys.stderr, flush=True)
