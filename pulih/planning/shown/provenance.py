"""What made a plan, so that anybody can make it again and compare."""

from dataclasses import dataclass

from ..models import Solution
from ..repeating import plan_hash


@dataclass(frozen=True)
class Provenance:
    """program: with its version and the solver's. gap: a share; time_limit: seconds.

    is_stopped: time ran out before every stage was within the gap.
    """

    program: str
    gap: float
    time_limit: float
    case_sha256: str
    plan_sha256: str
    is_stopped: bool


def provenance(solution: Solution) -> Provenance:
    told = solution.explanation
    return Provenance(
        told["program"],
        told["options"]["gap"],
        told["options"]["time_limit"],
        solution.case_sha256,
        plan_hash(solution),
        told["status"] == "feasible",
    )
