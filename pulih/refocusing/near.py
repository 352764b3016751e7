"""An earlier plan beside that of a slightly changed case: it stays unless turning it pays.

A few more firms in one place must not turn lines all over the country that gain next to nothing.
So an earlier plan stays where it is lawful in the changed case, keeps what the first two stages
reached there as far as the tolerances ask, and moves little more money than the new plan would.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pulih.refocusing.case import Case, new_line
from pulih.refocusing.earlier import Earlier, resumed
from pulih.refocusing.grid import grid_of
from pulih.refocusing.lawful_plan import Kept, LawfulPlan
from pulih.refocusing.plan import Plan, Solved, Stage, relative_gap

PAYS = 0.05  # Of the money that the earlier plan moves: a new plan that saves less does not pay.

Reason = Literal["stays", "unlawful", "worst", "relief", "change"]


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of an earlier plan. turned: rupiah that rise in lines beside it, in `lines`.

    reason: "stays", else the first thing that it no longer does. between: rupiah that go to other
    provinces. worst, relief: what the earlier plan reaches in this case; None if unlawful.
    """

    reason: Reason
    turned: int
    lines: int
    between: int
    worst: float | None = None
    relief: float | None = None

    @property
    def told(self) -> dict[str, object]:
        """The entry `near` of `explanation.json`."""
        return {name: getattr(self, name) for name in self.__slots__}


def beside(solved: Solved, earlier: Plan) -> tuple[Solved, Turned]:
    """Return the answer with the earlier plan where it stays, and what became of that plan."""
    case = solved.case
    found = resumed(grid_of(case), Earlier(earlier.units, ())).plan
    if found is None:
        return solved, _turned(case, "unlawful", earlier, solved.plan, None)
    reason = _reason(solved, found)
    if reason != "stays":
        return solved, _turned(case, reason, earlier, solved.plan, found)
    stages = (*solved.stages[:2], _stage(solved.stages[2], found))
    is_proven = all(stage.is_within(solved.options.gap) for stage in stages)
    stayed = replace(
        solved,
        status="optimal" if is_proven else "feasible",
        plan=found.plan,
        stages=stages,
    )
    return stayed, _turned(case, "stays", earlier, found.plan, found)


def _reason(solved: Solved, found: LawfulPlan) -> Reason:
    first, second = solved.case.settings.tolerance
    worst, relief, change = (stage.value for stage in solved.stages)
    if worst is not None and not Kept(worst=Fraction(worst) * (1 - first)).by(found):
        return "worst"
    if relief is not None and not Kept(relief=Fraction(relief) * (1 - second)).by(found):
        return "relief"
    if change is not None and found.change > change * (1 + PAYS):
        return "change"
    return "stays"


def _stage(stage: Stage, found: LawfulPlan) -> Stage:
    if stage.value is None or stage.bound is None:
        return stage
    value = float(found.change)
    bound = min(stage.bound, value)
    return replace(stage, value=value, bound=bound, gap=relative_gap(value, bound))


def _turned(
    case: Case, reason: Reason, before: Plan, after: Plan, found: LawfulPlan | None
) -> Turned:
    """Return how far a plan lies from another one, over the lines that this case may have."""
    province = {line.code: line.province for line in case.lines}
    province |= {new_line(p, m.code): p for p in case.provinces for m in case.measures}
    moves, by_province = {}, dict.fromkeys(case.provinces, 0)
    for code in (before.after.keys() | after.after.keys()) & province.keys():
        moves[code] = after.after.get(code, 0) - before.after.get(code, 0)
        by_province[province[code]] += moves[code]
    return Turned(
        reason,
        turned=_rise(moves),
        lines=sum(1 for move in moves.values() if move),
        between=_rise(by_province),
        worst=None if found is None or found.worst is None else float(found.worst),
        relief=None if found is None else float(found.relief),
    )


def _rise(moves: Mapping[str, int]) -> int:
    """Return the rupiah that change hands, the larger of both ways."""
    ups = sum(move for move in moves.values() if move > 0)
    downs = -sum(move for move in moves.values() if move < 0)
    return max(ups, downs)
