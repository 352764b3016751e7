"""One case on its way: the best lawful choice so far, and what is proven of all others."""

import math
from dataclasses import dataclass, replace

import numpy as np

from pulih.selection.atoms import atoms_of, chosen_of
from pulih.selection.case import IN, Case, Flags, Whole
from pulih.selection.choice import Choice
from pulih.selection.clock import Clock
from pulih.selection.groups import Groups
from pulih.selection.model import Model
from pulih.selection.partners import Partners
from pulih.selection.plan import Options, relative_gap
from pulih.selection.program import Answer, maximise
from pulih.selection.rules import Lines
from pulih.selection.sifting import Relaxed, relaxed, with_partners
from pulih.selection.trial import Trial
from pulih.selection.wide import wide_lines, with_digits

NOISE = 1e-9  # Relative; what the solver's own sums may be off by.


@dataclass(frozen=True, slots=True)
class Sizes:
    """From where a case counts as large; tests lower them to reach every way on small cases.

    as_one: up to so many columns HiGHS gets the whole case. Of larger ones a relaxation
    leaves about open_columns open at a time, and the whole-number program about near.
    """

    as_one: int = 3_000
    open_columns: int = 12_000
    near: int = 1_000


class Search:
    """Values and bounds are in millionths of a point, those fixed `in` included."""

    def __init__(
        self,
        case: Case,
        groups: Groups,
        partners: Partners,
        lines: Lines,
        options: Options,
        sizes: Sizes,
        clock: Clock,
    ) -> None:
        self.case, self.groups, self.partners, self.lines = case, groups, partners, lines
        self.options, self.sizes, self.clock = options, sizes, clock
        self.fixed_in = np.flatnonzero(case.applications.fixed == IN)
        self.constant = int(case.applications.score[self.fixed_in].sum())
        counted = np.bincount(groups.group[self.fixed_in], minlength=groups.count)
        needed = [-each for each in lines.slack(counted)]
        self.model = Model(atoms_of(case, groups, partners), lines, needed)
        self.grid = int(np.gcd.reduce(case.applications.score, initial=0)) or 1
        self.best: Choice | None = None
        self.bound = self.constant + int(self.model.atoms.score @ self.model.atoms.capacity)
        self.relaxation: Relaxed | None = None
        self.is_infeasible = False

    def run(self) -> None:
        if not len(self.model.atoms):
            self.is_infeasible = not self.model.is_held_by_nobody
        elif len(self.model.atoms) > self.sizes.as_one:
            self._by_prices()
        else:
            self._as_one()
        if self.best is None and not self.is_infeasible:
            self._consider(self.fixed_in)

    @property
    def gap(self) -> float:
        return math.inf if self.best is None else relative_gap(self.best.value, self.bound)

    def is_proven(self) -> bool:
        return self.gap <= self.options.gap + NOISE * 2

    def _as_one(self) -> None:
        count = len(self.model.atoms)
        everyone, nobody = np.ones(count, dtype=bool), np.zeros(count, dtype=np.int64)
        self._solve(everyone, nobody, self.clock.left(0.9), is_all=True)

    def _by_prices(self) -> None:
        close = min(self.options.gap / 10, 1e-4)
        size = self.sizes.open_columns
        found = relaxed(
            self.model, close=close, size=size, clock=self.clock, can_hold=self._can_hold
        )
        if found is None or found.gives_way:
            self._without_prices()
            return
        self.relaxation = found
        self._bound_by(found.bound * self.model.unit + self.constant)
        self._near_the_line(found)
        if not self.is_proven() and self.best is not None:
            self._prove(found, self.best)
        elif self.best is None and not self.is_infeasible:
            self._as_one()

    def _can_hold(self) -> bool:
        """Say whether the rules can hold together if people were divisible; exactly if not."""
        trial = Trial(self.case, self.groups, self.clock)
        rules = trial.every_rule()
        apart = [rule for rule in rules if not rule.column]
        return trial.can_hold(apart, relaxed=True) and trial.can_hold(rules, relaxed=True)

    def _without_prices(self) -> None:
        if not self._can_hold():
            self.is_infeasible = True
            return
        chosen = Trial(self.case, self.groups, self.clock).selection()
        if chosen is not None:
            self._consider(chosen)
        self._as_one()

    def _near_the_line(self, found: Relaxed) -> None:
        """Decide those near the line by whole numbers, the others as the relaxation does."""
        held = np.rint(found.counts).astype(np.int64)
        is_broken = np.abs(found.counts - held) > 1e-7
        near, count = self.sizes.near, len(held)
        while self.best is None and self.clock.left(0.5) > 0:
            reach = np.partition(found.margin, min(near, count) - 1)[min(near, count) - 1]
            is_open = (found.margin <= reach) | is_broken
            is_open = with_partners(self.model, is_open, held)
            seconds = self.clock.left(0.5)
            self._solve(is_open, held, seconds, is_all=bool(is_open.all()), ease=0.25)
            if is_open.all():
                return
            near *= 4

    def _prove(self, found: Relaxed, best: Choice) -> None:
        """Leave open all whom a better plan could decide otherwise than the prices do."""
        distance = (self.bound - best.value) / self.model.unit * (1 + 1e-6) + 1e-6
        decided = found.decided.astype(np.int64)
        is_open = with_partners(self.model, found.margin <= distance, decided)
        self._solve(is_open, decided, self.clock.left(0.9), is_all=True)

    def _solve(
        self, is_open: Flags, held: Whole, seconds: float, *, is_all: bool, ease: float = 0.0
    ) -> None:
        """Solve for the open atoms; is_all: what it proves holds for every better plan.

        ease: the share of the gap of the whole plan that the open atoms may take.
        """
        model, chosen = self.model, np.flatnonzero(is_open)
        program = model.program(chosen, held.astype(np.float64), penalty=None)
        program = with_digits(model, program, chosen, held)
        room = ease * self.options.gap * self.bound / model.unit
        answer = maximise(program, seconds=seconds, gap=self.options.gap, room=room)
        rest = self.constant + int(model.atoms.score @ np.where(is_open, 0, held))
        if is_all and answer.status == "infeasible":
            self.is_infeasible = self.best is None
            self.bound = self.bound if self.best is None else self.best.value
        if is_all and math.isfinite(answer.bound):
            known = -math.inf if self.best is None else self.best.value
            self._bound_by(max(known, answer.bound * model.unit + rest))
        if not self._take(answer, chosen, held) and answer.columns is not None:
            # Summed in doubles it held, exactly it does not: keep a hair's breadth away.
            careful = program.least.copy()
            careful[wide_lines(model)] += 1e-6
            answer = maximise(replace(program, least=careful), seconds=self.clock.left(0.9))
            self._take(answer, chosen, held)

    def _take(self, answer: Answer, chosen: Whole, held: Whole) -> bool:
        if answer.columns is None:
            return False
        counts = held.copy()
        counts[chosen] = np.rint(answer.columns[: len(chosen)]).astype(np.int64)
        applications = chosen_of(self.model.atoms, self.groups, counts)
        return self._consider(np.concatenate((self.fixed_in, applications)))

    def _consider(self, chosen: Whole) -> bool:
        """Make a lawful choice one that keeps both promises, and keep it where it is best."""
        choice = Choice(self.case, self.groups, self.lines, self.partners, chosen)
        if not choice.is_lawful():
            return False
        choice.settle()
        if self.best is None or choice.value > self.best.value:
            self.best = choice
        self.bound = self._not_below(self.bound)
        return True

    def _bound_by(self, bound: float) -> None:
        """Lower the bound; a plan's value is a whole multiple of what all scores share."""
        room = (bound - self.constant) * (1 + NOISE) + 1e-3
        on_grid = self.constant + math.floor(room / self.grid) * self.grid
        self.bound = self._not_below(min(self.bound, on_grid))

    def _not_below(self, bound: int) -> int:
        return bound if self.best is None else max(bound, self.best.value)

    @property
    def proven_bound(self) -> int:
        """The bound, or the value itself where only the noise of sums lies between."""
        assert self.best is not None
        return self.best.value if self.gap <= NOISE * 2 else self.bound
