"""Matching: from needs, makers' capacities and groups to orders in lots, with what holds the rest.

    match read_case(directory):            # or case_from_tables(settings, frames)
        case Case() as case: ...
        case faults: ...                   # list[Fault], everything wrong with the case

    solved = solve(case, gap=1e-4, time_limit=60.0, progress=hear)
    solved.parts                           # units by (need, supplier, firm)
    solved.stages, solved.unmet, solved.baselines

`check.breaches(case, parts)` judges any answer exactly; `explanation(solved)` is the public JSON
object; `write_case` and `write_answer` write the public tables. Units, lots and rupiah are whole
throughout; floats stay between `model`, `program` and `stages`.
"""

from pulih.matching.case import Case
from pulih.matching.check import Breach, breaches
from pulih.matching.explain import explanation
from pulih.matching.plan import Options, Part, Parts, Solved, Stage, Unmet
from pulih.matching.read import case_from_tables, read_case
from pulih.matching.solve import solve
from pulih.matching.write import write_answer, write_case

__all__ = [
    "Breach",
    "Case",
    "Options",
    "Part",
    "Parts",
    "Solved",
    "Stage",
    "Unmet",
    "breaches",
    "case_from_tables",
    "explanation",
    "read_case",
    "solve",
    "write_answer",
    "write_case",
]
