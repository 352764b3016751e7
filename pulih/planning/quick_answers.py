"""Answers within a second: the case of a plan kept at hand, one question at a time a process."""

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from pulih.refocusing import Case
from pulih.refocusing.changes import changed
from pulih.refocusing.conflict import Trial, every_rule
from pulih.refocusing.grid import grid_of
from pulih.refocusing.plan import Binding
from pulih.refocusing.quick import FEW_GUESSES, quick

from .cases import case_of
from .models import Solution
from .rules.variants import Figures, figures_of
from .rules.what_if import Moved, change_of

MENDING_SECONDS = 2.0
_one_at_a_time = Lock()  # Two cores also serve everybody else.


@dataclass(frozen=True)
class Relaxed:
    """A plan found at once with what no plan can pass, or the rupiah that a ceiling lacks."""

    figures: Figures
    binding: tuple[Binding, ...] = ()
    missing: int | None = None

    @property
    def has_plan(self) -> bool:
        return bool(self.figures)


@lru_cache(maxsize=4)
def kept_case(solution_id: int) -> Case:
    """Return the case of a solution, which never changes."""
    return case_of(Solution.objects.select_related("archive").get(pk=solution_id))


@lru_cache(maxsize=128)
def relaxed_answer(solution_id: int, moved: Moved) -> Relaxed:
    """Return what follows if a planner moves something: see `quick` for what is sure of it."""
    case = kept_case(solution_id)
    with _one_at_a_time:
        return _answer(changed(case, change_of(moved, case)))


def _answer(case: Case) -> Relaxed:
    found = quick(case, guesses=FEW_GUESSES)
    if found is None:
        return Relaxed({}, missing=_lacking(case))
    return Relaxed(figures_of(found.as_solved()), found.binding)


def _lacking(case: Case) -> int | None:
    """Return by how much the ceiling must rise for a plan; None where that alone will not do."""
    rules = every_rule(grid_of(case))
    ceiling = next(rule for rule in rules if rule.name == "ceiling")
    return Trial(grid_of(case), rules, ceiling).gives_way(MENDING_SECONDS)
