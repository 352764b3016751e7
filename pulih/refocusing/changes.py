"""What a planner moves in a case to see what follows: the same case with other numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pulih.refocusing.case import Amount, Case, Cost, Effect, Line, Need


@dataclass(frozen=True)
class Change:
    """Whole rupiah and exact factors; what is not named stays as it is.

    costs, effects: a factor by measure. severity: a factor by province, never above 100 in all.
    amounts: rules that replace those of the same name, or are added. protected: line codes.
    """

    ceiling: int | None = None
    amounts: tuple[Amount, ...] = ()
    costs: Mapping[str, Fraction] = field(default_factory=dict)
    effects: Mapping[str, Fraction] = field(default_factory=dict)
    severity: Mapping[str, Fraction] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()
    given_up: Fraction | None = None  # Of the lowest coverage, for relief in all.


def changed(case: Case, change: Change) -> Case:
    """Return the case with a change made; it is as well formed as before."""
    settings = case.settings
    ceiling = settings.ceiling if change.ceiling is None else change.ceiling
    first = settings.tolerance[0] if change.given_up is None else change.given_up
    return replace(
        case,
        settings=replace(settings, ceiling=ceiling, tolerance=(first, settings.tolerance[1])),
        lines=tuple(_protected(line, change.protected) for line in case.lines),
        costs=tuple(_priced(cost, change.costs) for cost in case.costs),
        effects=tuple(_effective(effect, change.effects) for effect in case.effects),
        needs=tuple(_severe(case, need, change.severity) for need in case.needs),
        amounts=_amounts(case.amounts, change.amounts),
    )


def _protected(line: Line, codes: frozenset[str]) -> Line:
    return replace(line, is_protected=True) if line.code in codes else line


def _priced(cost: Cost, factors: Mapping[str, Fraction]) -> Cost:
    factor = factors.get(cost.measure)
    # Rounded up: a plan must be able to pay for what it promises.
    return cost if factor is None else replace(cost, unit_cost=-(-cost.unit_cost * factor // 1))


def _effective(effect: Effect, factors: Mapping[str, Fraction]) -> Effect:
    factor = factors.get(effect.measure)
    return effect if factor is None else replace(effect, relief=effect.relief * factor)


def _severe(case: Case, need: Need, factors: Mapping[str, Fraction]) -> Need:
    factor = factors.get(case.province_of[need.regency])
    if factor is None:
        return need
    return replace(need, severity=min(Fraction(100), need.severity * factor))


def _amounts(old: Iterable[Amount], new: Iterable[Amount]) -> tuple[Amount, ...]:
    by_name = {amount.rule: amount for amount in old} | {amount.rule: amount for amount in new}
    return tuple(sorted(by_name.values(), key=lambda amount: amount.rule))
