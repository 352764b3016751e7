"""Why a province's plan is what it is, from its own figures and the rules that bind there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Held = Literal[
    "cap", "floor", "protected", "bound", "earmark", "limit", "served", "worst", "ceiling", "kept"
]
# Floors and caps are judged by the money itself: the solver's relaxation may name one that the
# plan, in whole batches, is far from.
NAMED_BY_THE_SOLVER: tuple[Held, ...] = ("earmark", "limit")
NEAR = 1e-6
Direction = Literal["up", "down", "same", "mixed"]
DIRECTIONS: dict[int, Direction] = {1: "up", -1: "down", 0: "same"}


@dataclass(frozen=True)
class ReasonFacts:
    """What decides about one province. Money in whole rupiah, coverage as a share.

    bound: committed, blocked and protected money. floor, cap: None where there is none.
    binding: kinds of the rules that the solver names for this province: earmark, limit, others.
    """

    before: int
    after: int
    bound: int
    protected: int
    floor: int | None
    cap: int | None
    coverage_after: float | None
    binding: frozenset[str] = frozenset()


def held_by(facts: ReasonFacts, worst: float | None, smallest_step: int) -> Held:
    """Return the one rule that best says why a province does not hold more, or less.

    worst: the smallest coverage of all provinces. smallest_step: rupiah of the cheapest batch;
    money moves in such steps, so a floor or cap that is nearer than one step holds.
    """
    step = max(smallest_step, 1)
    if facts.after == facts.bound == facts.protected:
        return "protected"
    if facts.cap is not None and facts.cap - facts.after < step:
        return "cap"
    if facts.floor is not None and facts.floor > facts.bound and facts.after - facts.floor < step:
        return "floor"
    if facts.after == facts.bound:
        return "bound"
    return _held_by_other(facts, worst)


def _held_by_other(facts: ReasonFacts, worst: float | None) -> Held:
    if facts.coverage_after is not None and facts.coverage_after >= 1 - NEAR:
        return "served"
    for kind in NAMED_BY_THE_SOLVER:
        if kind in facts.binding:
            return kind
    if facts.after == facts.before:
        return "kept"
    if worst is not None and _is_near(facts.coverage_after, worst):
        return "worst"
    return "ceiling"


def _is_near(coverage: float | None, worst: float) -> bool:
    return coverage is not None and coverage <= worst * (1 + 0.01) + 1e-12


def rank(values: Mapping[str, float | int], key: str, *, smallest_first: bool = False) -> int:
    """Return the place of `key` among `values`, 1 the first; equals share the better place."""
    own = values[key]
    if smallest_first:
        return 1 + sum(1 for value in values.values() if value < own)
    return 1 + sum(1 for value in values.values() if value > own)


@dataclass(frozen=True)
class Shown:
    """Rows of a long table: the ends, and the run between them with what its rows share."""

    top: tuple[str, ...]
    between: tuple[str, ...]
    bottom: tuple[str, ...]
    direction: Direction
    percent: int | None  # The common change in whole percent; None where they differ.


def ends_and_between(
    change_by_key: Mapping[str, tuple[int, int]],
    order: Sequence[str],
    top: int = 8,
    bottom: int = 6,
) -> Shown:
    """Return which rows to show; a run of fewer than four is not worth hiding.

    change_by_key: before and after in rupiah.
    """
    if len(order) < top + bottom + 4:
        return Shown(tuple(order), (), (), "mixed", None)
    between = tuple(order[top:-bottom])
    changes = [change_by_key[key] for key in between]
    return Shown(
        tuple(order[:top]), between, tuple(order[-bottom:]), _direction(changes), _percent(changes)
    )


def _direction(changes: Iterable[tuple[int, int]]) -> Direction:
    signs = {(after > before) - (after < before) for before, after in changes}
    if len(signs) > 1:
        return "mixed"
    return DIRECTIONS[signs.pop()]


def _percent(changes: Iterable[tuple[int, int]]) -> int | None:
    percents = {
        round(100 * (after - before) / before) if before else None for before, after in changes
    }
    return percents.pop() if len(percents) == 1 else None
