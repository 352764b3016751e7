"""What a stage is after, as terms of a program and as a number of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pulih.matching.answer import Answer, Kept
from pulih.matching.draft import Draft
from pulih.matching.grid import Grid
from pulih.matching.model import (
    Model,
    Way,
    add_cost,
    add_help,
    aim,
    fill_terms,
    keep,
    model_of,
)
from pulih.matching.plan import StageName
from pulih.matching.worth import earned


@dataclass(frozen=True)
class Goal:
    """One stage: what it is called, what the stages before it must keep, the size of its aim."""

    name: StageName
    kept: Kept
    scale: float

    @property
    def sign(self) -> int:
        """1 where more is better."""
        return -1 if self.name == "cost" else 1

    def worth(self, answer: Answer) -> Fraction:
        match self.name:
            case "fill":
                return answer.fill
            case "work":
                return answer.work
            case "cost":
                return Fraction(answer.cost)

    def is_better(self, answer: Answer, than: Answer) -> bool:
        return (self.worth(answer) - self.worth(than)) * self.sign > 0


def scale_of(grid: Grid, name: StageName, answer: Answer) -> float:
    """Return a number near what the stage will reach, never 0."""
    match name:
        case "fill":
            top = earned(grid.case.settings.fill, Fraction(1))
            found = float(sum(need.weight for need in grid.case.needs) * top)
        case "work":
            found = float(grid.severity.sum())
        case "cost":
            found = float(answer.cost)
    return found or 1.0


def program_for(
    goal: Goal,
    grid: Grid,
    around: Draft,
    needs: Sequence[int],
    ways: Sequence[Way],
    *,
    relaxed: bool = False,
    exact: bool = False,
) -> Model:
    """Return a stage's program on some needs and ways, around what the others get.

    exact: bills are rounded up to the rupiah.
    """
    model = model_of(grid, around, needs, ways, costs=goal.name == "cost", relaxed=relaxed)
    fill = fill_terms(model)
    if goal.name == "fill":
        aim(model, [(column, -value) for column, value in fill], goal.scale)
        return model
    keep(model, fill, float(goal.kept.fill) - fill_around(grid, around, needs))
    helps = add_help(model)
    if goal.name == "work":
        aim(model, [(column, -value) for column, value in helps], goal.scale)
        return model
    keep(model, helps, float(goal.kept.work) - work_around(model))
    aim(model, add_cost(model, exact=exact), goal.scale)
    return model


def fill_around(grid: Grid, around: Draft, needs: Sequence[int]) -> float:
    """Return the fill of the needs that the program leaves alone."""
    inside, steps = set(needs), grid.case.settings.fill
    return sum(
        float(need.weight * earned(steps, 1 - Fraction(around.left[place], need.quantity)))
        for place, need in enumerate(grid.case.needs)
        if place not in inside and around.left[place] < need.quantity
    )


def work_around(model: Model) -> float:
    """Return the work of the firms that the program leaves alone."""
    grid = model.grid
    full = float(grid.case.settings.full_weeks)
    return sum(
        float(grid.severity[firm]) * min(1.0, spent / full)
        for firm, spent in enumerate(model.around.weeks.tolist())
        if spent > 0 and firm not in model.helps
    )


def floor_of(grid: Grid, goal: Goal, around: Draft, model: Model) -> float:
    """Return what the aim is worth outside the program, in the aim's own unit."""
    match goal.name:
        case "fill":
            return fill_around(grid, around, model.needs)
        case "work":
            return work_around(model)
        case "cost":
            return 0.0
