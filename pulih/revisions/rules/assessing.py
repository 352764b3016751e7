"""A revision beside the rules: who must approve, what it touches, what it costs the score.

What is judged has been read before, by `revisions/described.py`; nothing here asks a database.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pulih.budget.rules.months import moved
from pulih.budget.rules.offices import BY_THE_UNIT
from pulih.budget.rules.standards import Costed, OverStandard, over_standard
from pulih.classifications.standards import UnitCost

from .account_notes import Given, account_notes
from .authority import Context, Judged, judge
from .ikpa import Effect, ExecutionState, effect
from .moves import Move
from .untouchable import Change, Touched, touched


@dataclass(frozen=True)
class RevisionFacts:
    """What is judged of a revision. on: the day whose rules count.

    by_type: what it adds by spending type, in rupiah. changes, given: of one not in force yet.
    chart, standards: the accounts and unit costs that there are on the day.
    """

    fiscal_year: int
    on: date
    moves: Sequence[Move]
    context: Context
    before: ExecutionState
    by_type: Mapping[str, int]
    changes: Sequence[Change] = ()
    given: Sequence[Given] = ()
    costed: Sequence[Costed] = ()
    chart: Container[str] = ()
    standards: Sequence[UnitCost] = field(default_factory=list)


@dataclass(frozen=True)
class Judgement:
    """All that the rules say of a revision before anyone sends it."""

    judged: Judged
    touched: tuple[Touched, ...]
    effect: Effect
    over: tuple[OverStandard, ...]

    @property
    def forbidden(self) -> list[Touched]:
        return [one for one in self.touched if one.forbids]


def judgement_of(facts: RevisionFacts) -> Judgement:
    """Judge a revision by what was read of it."""
    judged = judge(facts.moves, facts.context, facts.on)
    is_counted = not facts.context.declared_total and judged.whole.office.name not in BY_THE_UNIT
    return Judgement(
        judged,
        (
            *touched(facts.changes, facts.on),
            *account_notes(facts.given, facts.on, facts.chart),
        ),
        effect(facts.fiscal_year, facts.before, _after(facts, is_counted=is_counted)),
        tuple(over_standard(facts.costed, facts.on, facts.standards)),
    )


def _after(facts: RevisionFacts, *, is_counted: bool) -> ExecutionState:
    """Return how the unit would stand: its ceilings moved, its plan from the month on."""
    before = facts.before
    ceiling, planned = dict(before.ceiling), dict(before.planned)
    for name, by in facts.by_type.items():
        ceiling[name] = max(0, before.ceiling.get(name, 0) + by)
        plan = before.planned.get(name, {})
        planned[name] = moved(plan, max(by, -sum(plan.values())), before.month)
    counted = before.revisions + (1 if is_counted else 0)
    return replace(before, planned=planned, ceiling=ceiling, revisions=counted)
