"""An earlier answer to the same case: its plan to go on from, and what its stages proved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pulih.refocusing.grid import Grid
from pulih.refocusing.lawful_plan import Kept, LawfulPlan, lawful_plan
from pulih.refocusing.plan import STAGES, Solved, Stage, StageName
from pulih.refocusing.task import Reached

LEFT = 1 / 3  # Of the widest gap: a stage that leaves no more open stays as it is.
NEGLIGIBLE = 1e-6  # A gap, and by how much one must shrink to be worth a new answer.


@dataclass(frozen=True)
class Earlier:
    """A plan's units by regency and measure, and its stages. What it proved stays true."""

    units: Mapping[tuple[str, str], int]
    stages: Sequence[Stage]

    def stage(self, name: StageName) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)

    @property
    def widest(self) -> float:
        return widest_gap(self.stages)


@dataclass(frozen=True)
class Resumed:
    """An earlier answer whose plan is lawful in a grid; without one every stage begins afresh."""

    given: Earlier
    plan: LawfulPlan | None

    def until(self, usual: Mapping[StageName, float]) -> Mapping[StageName, float]:
        """Return by which share of the time each stage must be over: most for what is open most."""
        if self.plan is None:
            return usual
        gaps = [self.given.stage(name).gap or 0.0 for name in STAGES]
        opens = [gap if gap > LEFT * self.given.widest else NEGLIGIBLE for gap in gaps]
        ends = [sum(opens[: place + 1]) / sum(opens) for place in range(len(opens))]
        return {name: usual[STAGES[-1]] * end for name, end in zip(STAGES, ends, strict=True)}

    def leaves(self, begun: Reached) -> bool:
        """Tell whether a stage stays as it is, for others leave far more open.

        Whatever it gained would ask more of those after it, and their plans would be lost.
        """
        return self.plan is not None and begun.gap <= LEFT * self.given.widest

    def worst(self, begun: Reached) -> Reached:
        """(1) Return where the first stage goes on: never below what it reached before."""
        if self.plan is None:
            return begun
        stage = self.given.stage("worst")
        if stage.value is None or stage.bound is None:
            return begun
        bound = min(begun.bound, stage.bound)
        if stage.value < begun.value or not self._holds(worst=Fraction(stage.value)):
            return replace(begun, bound=max(begun.value, bound))
        return Reached(self.plan, stage.value, max(stage.value, bound))

    def relief(self, begun: Reached, kept: Kept) -> Reached:
        """(2) The same where the plan keeps what the first stage asks by now."""
        if self.plan is None:
            return begun
        stage = self.given.stage("relief")
        assert stage.value is not None
        assert stage.bound is not None
        is_better = stage.value >= begun.value and kept.by(self.plan)
        if is_better and self._holds(relief=Fraction(stage.value)):
            begun = Reached(self.plan, stage.value, begun.bound)
        # Asking for more coverage than before leaves the bound true.
        return replace(begun, bound=max(begun.value, min(begun.bound, stage.bound)))

    def change(self, begun: Reached, kept: Kept, relief: float) -> Reached:
        """(3) The same; what was proven holds where no less is kept than before.

        relief: what the second stage has reached by now.
        """
        if self.plan is None:
            return begun
        if self.plan.change < begun.value and kept.by(self.plan):
            begun = Reached(self.plan, float(self.plan.change), begun.bound)
        before, stage = self.given.stage("relief").value, self.given.stage("change")
        if before is not None and stage.bound is not None and relief >= before:
            bound = max(begun.bound, stage.bound)
            begun = replace(begun, bound=min(begun.value, bound))
        return begun

    def _holds(self, *, worst: Fraction = Fraction(0), relief: Fraction = Fraction(0)) -> bool:
        """Tell whether the plan keeps what a stage reached, as far as the tolerances ask."""
        assert self.plan is not None
        first, second = self.plan.grid.case.settings.tolerance
        return Kept(worst * (1 - first), relief * (1 - second)).by(self.plan)


AFRESH = Resumed(Earlier({}, ()), None)


def resumed(grid: Grid, given: Earlier | None) -> Resumed:
    """Return an earlier answer in a grid; AFRESH where there is none or its plan is not lawful."""
    if given is None:
        return AFRESH
    batches = [0] * len(grid.cells)
    for key, units in given.units.items():
        place = grid.cell_index.get(key)
        if place is None or units % grid.cells[place].measure.batch:
            return AFRESH
        batches[place] = units // grid.cells[place].measure.batch
    plan = lawful_plan(grid, batches, least_change=True)
    return AFRESH if plan is None else Resumed(given, plan)


def widest_gap(stages: Sequence[Stage]) -> float:
    """Return the widest of the gaps that stages left open, as a share."""
    return max((stage.gap for stage in stages if stage.gap is not None), default=0.0)


def is_further(solved: Solved, given: Earlier) -> bool:
    """Tell whether an answer leaves less open than an earlier one, and is in no way worse.

    A later stage may be worth less only where one before it is worth more.
    """
    if widest_gap(solved.stages) > given.widest - NEGLIGIBLE:
        return False
    for stage in solved.stages:
        before = given.stage(stage.name)
        if stage.value is None or before.value is None:
            continue
        gain = stage.value - before.value
        if abs(gain) > 1e-9 * abs(before.value):
            return gain < 0 if stage.name == "change" else gain > 0
    return True
