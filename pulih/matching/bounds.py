"""Proven bounds: the relaxation of a stage, on all its ways at once or product by product."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from pulih.matching.draft import Draft, Key
from pulih.matching.goal import Goal, program_for
from pulih.matching.grid import Floats, Grid
from pulih.matching.limits import NOISE, most_fill
from pulih.matching.model import Model, Way
from pulih.matching.neighbours import Field
from pulih.matching.pricing import Priced, prices_of
from pulih.matching.program import run
from pulih.matching.ways import Ways

NOTHING = 1e-7  # Lots below this are none.
AT_FIRST = 10  # Ways of a need by each order that a program begins with,
ADDED = 12  # and that a round adds.
CLOSE = 3e-3  # Rounds end where all ways together promise no more than this above some of them.


@dataclass(frozen=True)
class Relaxed:
    """The proven bound in the stage's unit, and the ways that the relaxation uses, with lots."""

    bound: float
    used: dict[Key, float]


def relaxation(
    grid: Grid, goal: Goal, ways: Sequence[Way], seconds: Callable[[], float]
) -> Relaxed | None:
    """Return the bound with all ways at once; None where time ran out."""
    needs = range(len(grid.case.needs))
    model = program_for(goal, grid, Draft(grid), needs, ways, relaxed=True)
    answer = run(model.program, seconds=seconds(), relaxed=True)
    if answer.row_duals is None or answer.columns is None:
        return None
    return Relaxed(-goal.sign * answer.bound * goal.scale, _used(model, answer.columns))


def fill_by_product(
    field: Field, goal: Goal, now: Collection[Key], seconds: Callable[[], float]
) -> Relaxed:
    """Return a bound on the fill of a case with too many ways for one program.

    Needs of different products meet only in firms that make both. Each product is given all the
    weeks of its makers, which promises too much rather than too little, but seldom by much.
    now: the parts of a lawful answer to begin with.
    """
    of_product: dict[str, list[int]] = {}
    for place, need in enumerate(field.grid.case.needs):
        of_product.setdefault(need.product, []).append(place)
    markets = [
        Market(field, goal, needs, [field.ways[place] for place in needs])
        for needs in of_product.values()
    ]
    for done, market in enumerate(markets):
        market.until = seconds() * (1 - 1 / (len(markets) - done))
        market.solve(set(now), seconds)
    bound = sum(market.bound for market in markets)
    used = {key: lots for market in markets for key, lots in market.used.items()}
    return Relaxed(bound * (1 + NOISE), used)


@dataclass
class Market:
    """The needs of one product, solved on some ways, then on others that prices name."""

    field: Field
    goal: Goal
    needs: Sequence[int]
    every: Sequence[Ways]
    until: float = 0.0  # Seconds that it must leave to other products.
    used: dict[Key, float] = dataclass_field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bound = sum(most_fill(self.field.grid, each) for each in self.every)

    def solve(self, now: set[Key], seconds: Callable[[], float]) -> None:
        """Lower the bound round by round; the last round's ways and prices stay."""
        ways, more = dict[Key, Way](), self._first(now)
        while seconds() > self.until and any(way.key not in ways for way in more):
            ways |= {way.key: way for way in more}
            value, priced = self._round(list(ways.values()), seconds() - self.until)
            if priced is None or self.bound <= value * (1 + CLOSE):
                return
            more = [
                self.field.way(each.need, row)
                for each in self.every
                for row in priced.worth_adding(each, ADDED)
            ]

    def _first(self, now: set[Key]) -> list[Way]:
        nothing = Draft(self.field.grid)
        some = (self.field.some_ways(place, nothing, now, AT_FIRST) for place in self.needs)
        return [way for ways in some for way in ways]

    def _round(self, ways: Sequence[Way], seconds: float) -> tuple[float, Priced | None]:
        """Return the fill on these ways, and what all ways are worth at its prices."""
        grid, goal = self.field.grid, self.goal
        model = program_for(goal, grid, Draft(grid), self.needs, ways, relaxed=True)
        answer = run(model.program, seconds=seconds, relaxed=True)
        if answer.row_duals is None or answer.columns is None:
            return 0.0, None
        self.used = _used(model, answer.columns)
        priced = Priced(grid, prices_of(model, answer.row_duals, goal.scale))
        self.bound = min(self.bound, priced.bound(self.every))
        return -answer.value * goal.scale, priced


def _used(model: Model, columns: Floats) -> dict[Key, float]:
    return {
        key: float(columns[column]) * model.at_once[key]
        for key, column in model.lots.items()
        if columns[column] > NOTHING
    }
