"""Refocusing: from lines, needs and rules to a plan with its explanation.

    match read_case(directory):            # or case_from_tables(settings, frames)
        case Case() as case: ...
        case faults: ...                   # list[Fault], everything wrong with the case

    match solve(case, gap=1e-4, time_limit=60.0, progress=hear):
        case Solved() as solved: ...       # solved.plan.units, solved.plan.after, solved.stages
        case Infeasible(conflict=why): ... # an irreducible set of rules
        case Unknown(): ...                # neither, in the time given

`check.breaches(case, plan)` judges any plan exactly; `explanation(outcome)` is the public JSON
object; `write_case` and `write_plan` write the public tables. Money is whole rupiah throughout;
floats stay between `model`, `program` and `stages`.
"""

from pulih.refocusing.case import Case
from pulih.refocusing.check import Breach, breaches
from pulih.refocusing.explain import explanation
from pulih.refocusing.plan import (
    Conflict,
    Infeasible,
    Options,
    Outcome,
    Plan,
    Solved,
    Stage,
    Unknown,
)
from pulih.refocusing.read import case_from_tables, read_case
from pulih.refocusing.solve import solve
from pulih.refocusing.write import write_case, write_plan

__all__ = [
    "Breach",
    "Case",
    "Conflict",
    "Infeasible",
    "Options",
    "Outcome",
    "Plan",
    "Solved",
    "Stage",
    "Unknown",
    "breaches",
    "case_from_tables",
    "explanation",
    "read_case",
    "solve",
    "write_case",
    "write_plan",
]
