"""`pulih refocus CASE_DIR --out PLAN_DIR [--gap 1e-4] [--time-limit 60] [--json]`.

Beside the contract: `--needs-at 0.8` plans for needs that are passed with chance one fifth only,
`--draws 12` tells how the plan fares if needs are otherwise than counted, `--beyond-worst` is fair
to more than the worst province, `--near PLAN_DIR` keeps an earlier plan unless turning it pays.
"""

import argparse
import math
import sys
import time
from collections import deque
from collections.abc import Callable
from functools import partial
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
from pulih.refocusing.case import Case
from pulih.refocusing.explain import Json, explanation
from pulih.refocusing.levels import solve_levels
from pulih.refocusing.near import beside
from pulih.refocusing.plan import (
    Options,
    Outcome,
    SoFar,
    Solved,
    StageName,
    Unknown,
)
from pulih.refocusing.read import read_case, read_plan
from pulih.refocusing.remarks import remarks
from pulih.refocusing.solve import solve
from pulih.refocusing.uncertain import MOST_DRAWS, Doubtful, at_quantile, fared_in_draws, unsure
from pulih.refocusing.write import write_plan

Solver = Callable[..., Outcome]


def run(arguments: list[str]) -> int:
    """Read a case, solve it, write the plan. Returns 0 optimal, 1 otherwise, 2 malformed."""
    began, asked = time.monotonic(), _parser().parse_args(arguments)
    case = read_case(asked.case_dir, tell=tell)
    if not isinstance(case, Case):
        return refuse(case, as_json=asked.json)
    earlier = None if asked.near is None else read_plan(asked.near)
    if isinstance(earlier, list):
        return refuse(earlier, as_json=asked.json, what=f"The earlier plan in {asked.near}")
    for remark in remarks(case):
        tell(remark.en)
    if asked.needs_at is not None:
        case = at_quantile(case, asked.needs_at)
    progress = _show_progress if sys.stderr.isatty() else None
    solver: Solver = solve_levels if asked.beyond_worst else solve
    ask = partial(solver, progress=progress, began=began)
    outcome, is_stopped = _solved(ask, case, asked.gap, asked.time_limit)
    more: Json = {}
    if earlier is not None and isinstance(outcome, Solved):
        outcome, turned = beside(outcome, earlier)
        more |= {"near": turned.told}
    more |= _unsure(outcome, asked.needs_at, 0 if is_stopped else asked.draws)
    try:
        write_plan(outcome, asked.out, more)
    except OSError as error:
        return not_written("The plan", asked.out, error, as_json=asked.json)
    _answer(outcome, more, as_json=asked.json)
    if is_stopped:
        leave(FINDINGS)
    return DONE if isinstance(outcome, Solved) and outcome.status == "optimal" else FINDINGS


def _solved(solver: Solver, case: Case, gap: float, limit: float) -> tuple[Outcome, bool]:
    """Return the outcome, and whether TERM came before it was reached."""
    so_far: deque[SoFar] = deque(maxlen=1)

    def work() -> Outcome:
        return solver(case, gap=gap, time_limit=limit, keep=so_far.append)

    def best() -> Outcome:
        return so_far[0]() if so_far else Unknown(case, Options(gap, limit), 0.0)

    return worked_out(work, best)


def _unsure(outcome: Outcome, needs_at: float | None, draws: int) -> Json:
    """Return what is told beyond the contract of needs that are estimates; empty unless asked."""
    found: Json = {} if needs_at is None else {"needs_at": needs_at}
    if draws and isinstance(outcome, Solved):
        found |= fared_in_draws(unsure(outcome.case, outcome.plan.units, Doubtful(draws=draws)))
    return {"uncertainty": found} if found else {}


def _share(text: str) -> float:
    number = amount(text)
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError("must be above 0 and below 1")
    return number


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= MOST_DRAWS:
        raise argparse.ArgumentTypeError(f"must be from 0 to {MOST_DRAWS}")
    return number


def _parser() -> Parser:
    parser = Parser(
        prog="pulih refocus", description="From a case of budget lines and needs to a plan."
    )
    parser.add_argument("case_dir", metavar="CASE_DIR", type=Path)
    parser.add_argument("--out", metavar="PLAN_DIR", type=Path, required=True)
    parser.add_argument("--gap", type=amount, default=1e-4, help="relative gap per stage")
    parser.add_argument("--time-limit", type=amount, default=60.0, help="seconds for all stages")
    parser.add_argument(
        "--needs-at", type=_share, help="plan for this quantile of the needs, such as 0.8"
    )
    parser.add_argument(
        "--draws", type=_count, default=0, help="tell how the plan fares in so many draws of needs"
    )
    parser.add_argument(
        "--beyond-worst",
        action="store_true",
        help="hold provinces that can rise no further and raise the others, level by level",
    )
    parser.add_argument(
        "--near",
        metavar="PLAN_DIR",
        type=Path,
        help="keep this earlier plan of a like case unless turning it pays",
    )
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    return parser


def _answer(outcome: Outcome, more: Json, *, as_json: bool) -> None:
    told = explanation(outcome) | more
    if as_json:
        print_json(told)
        return
    print(f"{told['status']}: {told['message_en']}")
    for rule in (told["conflict"] or {}).get("rules", ()):
        print(f"  {rule['rule']}: {rule['message_en']}")


def _show_progress(
    stage: StageName,
    value: float | None,
    bound: float | None,
    gap: float | None,
    seconds: float,
) -> None:
    if value is not None and gap is not None and math.isfinite(gap):
        line = f"{seconds:6.1f} s  {stage:<6}  {value:.6g}  gap {gap:.2e}"
        print(f"\r{line:<60}", end="", file=sys.stderr, flush=True)
