"""Where a solve stands: what its stages have reached, and what it would leave if it ended now."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from pulih.refocusing.earlier import Resumed
from pulih.refocusing.grid import Grid
from pulih.refocusing.lawful_plan import Kept, LawfulPlan, lawful_plan
from pulih.refocusing.plan import STAGES, Options, Solved, Stage, StageName
from pulih.refocusing.stages import least_change_of
from pulih.refocusing.task import Clock, Reached


@dataclass
class Course:
    """One solve on its way: what every stage has reached so far, and how long it took."""

    grid: Grid
    options: Options
    clock: Clock
    before: Resumed
    reached: dict[StageName, Reached] = field(default_factory=dict)
    seconds: dict[StageName, float] = field(default_factory=dict)

    def begun(self, name: StageName, best: LawfulPlan) -> Reached:
        """Return where a stage begins with the best plan of the one before."""
        grid, kept = self.grid, self.kept(name)
        match name:
            case "worst":
                return self.before.worst(Reached(best, float(best.worst or 0), 1.0))
            case "relief":
                most = float(sum(grid.full.values()))
                return self.before.relief(Reached(best, float(best.relief), most), kept)
            case "change":
                settled = lawful_plan(grid, best.batches, least_change=True)
                if settled is not None and settled.change < best.change:
                    best = settled
                reached = Reached(best, float(best.change), float(least_change_of(grid)))
                return self.before.change(reached, kept, self.reached["relief"].value)

    def kept(self, name: StageName) -> Kept:
        """Return what a stage must keep of those before it."""
        first, second = self.grid.case.settings.tolerance
        worst = relief = Fraction(0)
        if name != "worst" and "worst" in self.reached:
            found = self.reached["worst"]
            worst = exactly(found.best.worst or Fraction(0), found.value) * (1 - first)
        if name == "change":
            found = self.reached["relief"]
            relief = exactly(found.best.relief, found.value) * (1 - second)
        return Kept(worst, relief)

    def finish(self, name: StageName, reached: Reached) -> None:
        """Note what a stage has reached in the end."""
        self.seconds = self.seconds | {name: self.clock.spent - sum(self.seconds.values())}
        self.reached = self.reached | {name: reached}

    def stages(self) -> tuple[Stage, ...]:
        return tuple(self._stage(name) for name in STAGES)

    def _stage(self, name: StageName) -> Stage:
        seconds = self.seconds.get(name, 0.0)
        if name not in self.reached:
            return Stage(name, None, None, None, seconds)
        return self.reached[name].as_stage(name, seconds)

    def so_far(self, name: StageName, reached: Reached) -> Solved:
        """Return the plan that a process which has to end leaves; see `begun` for later stages."""
        spent = self.clock.spent - sum(self.seconds.values())
        there = replace(
            self,
            reached=self.reached | {name: reached},
            seconds=self.seconds | {name: spent},
        )
        for later in STAGES[STAGES.index(name) + 1 :]:
            reached = there.reached[later] = there.begun(later, reached.best)
        plan, stages, spent = reached.best.plan, there.stages(), self.clock.spent
        return Solved("feasible", self.grid.case, plan, self.options, stages, {}, (), spent)


def exactly(found: Fraction, value: float) -> Fraction:
    """Return what a plan is worth, or the value of an earlier plan where that was worth more."""
    return found if value <= float(found) else Fraction(value)
