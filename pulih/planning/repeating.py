"""A kept plan worked out once more from its own case: whether it is the same, byte for byte."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256

from pulih.casefiles.answers import why_otherwise
from pulih.common.errors import Message
from pulih.refocusing import Solved, solve
from pulih.refocusing.earlier import Earlier
from pulih.refocusing.levels import solve_levels
from pulih.refocusing.near import beside

from .cases import case_of, earlier_of, plan_archive, plan_of
from .models import Attempt, Solution

TIMES = "explanation.json"  # It holds the seconds of a run, which are never the same.


def adopted_plans() -> Iterable[Solution]:
    """Return the plans that count as adopted, the oldest first."""
    return Solution.objects.filter(
        adoption__isnull=False, adoption__withdrawal=None
    ).select_related("scenario", "archive")


def plan_hash(solution: Solution) -> str:
    """Return the SHA-256 of a plan's tables, which a repeated plan must have too."""
    return sha256(b"".join(_tables(bytes(solution.archive.plan)).values())).hexdigest()


def repeated(solution: Solution) -> Iterator[Message]:
    """Yield what differs when a plan is solved again as it was; nothing where it is the same.

    Takes as long as the plan took. The gap, the time limit and the version that it went on from
    are those of the first run.
    """
    yield from altered(solution)
    options = solution.explanation["options"]
    case, gap, limit = case_of(solution), options["gap"], options["time_limit"]
    if solution.scenario.beyond_worst:
        outcome = solve_levels(case, gap=gap, time_limit=limit)
    else:
        earlier = _went_on_from(solution)
        outcome = solve(case, gap=gap, time_limit=limit, earlier=earlier)
    previous = solution.scenario.previous
    if "near" in solution.explanation and previous and isinstance(outcome, Solved):
        outcome, _turned = beside(outcome, plan_of(previous.solution))
    before = _tables(bytes(solution.archive.plan))
    after = _tables(plan_archive(outcome))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield _differs(solution, name)


def altered(solution: Solution) -> Iterator[Message]:
    """Yield what of a kept plan is no longer as it was solved, without solving it again."""
    if sha256(bytes(solution.archive.case)).hexdigest() != solution.case_sha256:
        yield Message(
            f"skenario {solution.scenario_id}: kasusnya bukan lagi yang diselesaikan",
            f"scenario {solution.scenario_id}: its case is not the one that was solved",
        )
    rows = sum(solution.line_rows.values_list("after", flat=True))
    if rows != solution.after:
        yield Message(
            f"skenario {solution.scenario_id}: barisnya berjumlah {rows}, rencananya"
            f" {solution.after}",
            f"scenario {solution.scenario_id}: its lines add up to {rows}, its plan to"
            f" {solution.after}",
        )


def _differs(solution: Solution, name: str) -> Message:
    """Say that a table came out otherwise, and what may explain it."""
    of, why = solution.scenario_id, why_otherwise(solution.explanation)
    return Message(
        f"skenario {of}: {name} menjadi lain{why.id}",
        f"scenario {of}: {name} comes out otherwise{why.en}",
    )


def _went_on_from(solution: Solution) -> Earlier | None:
    scenario = solution.scenario
    goes_on = Attempt.objects.filter(scenario=scenario, goes_on=True).exists()
    return earlier_of(scenario.previous.solution) if goes_on and scenario.previous else None


def _tables(archive: bytes) -> dict[str, bytes]:
    files = zipfile.ZipFile(io.BytesIO(archive))
    return {name: files.read(name) for name in sorted(files.namelist()) if name != TIMES}
