"""`pulih select CASE_DIR --out PLAN_DIR [--gap 1e-4] [--time-limit 30] [--json]`."""

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
from pulih.selection.case import Case, Json
from pulih.selection.plan import Solved


def run(arguments: list[str]) -> int:
    """Read a case, solve it, write the plan. 0 optimal, 1 otherwise, 2 malformed."""
    asked = _parser().parse_args(arguments)
    # Here, so that --help and a wrong option need no solver.
    from pulih.selection.read import read_case
    from pulih.selection.solve import solve
    from pulih.selection.write import write_plan

    case = read_case(asked.case_dir, tell=tell)
    if not isinstance(case, Case):
        return refuse(case, as_json=asked.json)
    outcome = solve(case, gap=asked.gap, time_limit=asked.time_limit)
    try:
        told = write_plan(outcome, asked.out)
    except OSError as error:
        return not_written("The plan", asked.out, error, as_json=asked.json)
    _answer(told, as_json=asked.json)
    return DONE if isinstance(outcome, Solved) and outcome.status == "optimal" else FINDINGS


def _parser() -> Parser:
    parser = Parser(
        prog="pulih select", description="From applications, quotas and a seed to who is chosen."
    )
    parser.add_argument("case_dir", metavar="CASE_DIR", type=Path)
    parser.add_argument("--out", metavar="PLAN_DIR", type=Path, required=True)
    parser.add_argument("--gap", type=amount, default=1e-4, help="relative gap")
    parser.add_argument("--time-limit", type=amount, default=30.0, help="seconds for solving")
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    return parser


def _answer(told: Json, *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    print(f"{told['status']}: {told['message_en']}")
    for rule in told["conflict"] or ():
        print(f"  {rule['rule']}: {rule['message_en']}")
