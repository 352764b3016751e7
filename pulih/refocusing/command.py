"""`pulih refocus CASE_DIR --out PLAN_DIR [--gap 1e-4] [--time-limit 60] [--json]`."""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

from pulih.common.errors import Fault
from pulih.refocusing.case import Case
from pulih.refocusing.explain import explanation
from pulih.refocusing.plan import Outcome, Solved, StageName
from pulih.refocusing.read import read_case
from pulih.refocusing.solve import solve
from pulih.refocusing.write import write_plan

DONE, FINDINGS, COULD_NOT_RUN = 0, 1, 2


def run(arguments: list[str]) -> int:
    """Read a case, solve it, write the plan. Returns 0 optimal, 1 otherwise, 2 malformed."""
    asked = _parser().parse_args(arguments)
    case = read_case(asked.case_dir, tell=_tell)
    if not isinstance(case, Case):
        return _refuse(case, as_json=asked.json)
    progress = _show_progress if sys.stderr.isatty() else None
    outcome = solve(case, gap=asked.gap, time_limit=asked.time_limit, progress=progress)
    try:
        write_plan(outcome, asked.out)
    except OSError as error:
        _tell(f"The plan could not be written to {asked.out}: {error.strerror}.")
        return COULD_NOT_RUN
    _answer(outcome, as_json=asked.json)
    return DONE if isinstance(outcome, Solved) and outcome.status == "optimal" else FINDINGS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pulih refocus", description="From a case of budget lines and needs to a plan."
    )
    parser.add_argument("case_dir", metavar="CASE_DIR", type=Path)
    parser.add_argument("--out", metavar="PLAN_DIR", type=Path, required=True)
    parser.add_argument("--gap", type=_amount, default=1e-4, help="relative gap per stage")
    parser.add_argument("--time-limit", type=_amount, default=60.0, help="seconds for all stages")
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    return parser


def _amount(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or number < 0:
        raise argparse.ArgumentTypeError("must be a number of 0 or more")
    return number


def _refuse(faults: list[Fault], *, as_json: bool) -> int:
    sentence = f"The case has {len(faults)} fault(s); nothing was written."
    _tell(sentence)
    for fault in faults:
        _tell(f"  {_place(fault)}: {fault.message.en}")
    if as_json:
        _print_json({"error": sentence, "faults": [_as_json(fault) for fault in faults]})
    return COULD_NOT_RUN


def _place(fault: Fault) -> str:
    row = "" if fault.row is None else f" row {fault.row}"
    column = "" if fault.column is None else f" column {fault.column}"
    value = "" if fault.value is None else f" ({fault.value})"
    return f"{fault.table}{row}{column}{value}"


def _as_json(fault: Fault) -> dict[str, Any]:
    return {
        "table": fault.table,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "message_id": fault.message.id,
        "message_en": fault.message.en,
    }


def _answer(outcome: Outcome, *, as_json: bool) -> None:
    told = explanation(outcome)
    if as_json:
        _print_json(told)
        return
    print(f"{told['status']}: {told['message_en']}")
    for rule in (told["conflict"] or {}).get("rules", ()):
        print(f"  {rule['rule']}: {rule['message_en']}")


def _print_json(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False, allow_nan=False))


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)


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
