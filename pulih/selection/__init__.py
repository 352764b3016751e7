"""Selection: from applications, quotas, shares and a seed to who is chosen, and why.

    match read_case(directory):            # or case_from_tables(settings, frames)
        case Case() as case: ...
        case faults: ...                   # list[Fault], everything wrong with the case

    match solve(case, gap=1e-4, time_limit=30.0):
        case Solved() as solved: ...       # solved.plan.chosen, solved.value, solved.bound
        case Infeasible(conflict=why): ... # an irreducible list of rules
        case Unknown(): ...                # neither, in the time given

`breaches(case, plan)` judges any plan exactly; `decisions_of(case, plan)` says why each was
chosen or not; `explanation(outcome)` is the public JSON object; `write_plan` writes the public
tables. Scores are whole millionths and money whole rupiah; floats stay in `model`, `sifting`
and `program`.
"""

from pulih.selection.case import Case
from pulih.selection.check import Breach, breaches
from pulih.selection.decisions import Decision, decisions_of
from pulih.selection.draws import digest
from pulih.selection.explain import explanation
from pulih.selection.plan import Infeasible, Options, Outcome, Plan, Solved, Unknown
from pulih.selection.read import case_from_tables, read_case
from pulih.selection.solve import solve
from pulih.selection.write import write_plan

__all__ = [
    "Breach",
    "Case",
    "Decision",
    "Infeasible",
    "Options",
    "Outcome",
    "Plan",
    "Solved",
    "Unknown",
    "breaches",
    "case_from_tables",
    "decisions_of",
    "digest",
    "explanation",
    "read_case",
    "solve",
    "write_plan",
]
