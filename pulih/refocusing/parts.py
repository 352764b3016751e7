"""A case cut into its provinces: once each province's money is fixed they do not meet.

What still joins them are the rows on money that touch more than one province.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pulih.refocusing.case import COUNTRY, EVERY_MEASURE, Case
from pulih.refocusing.greedy import reaching
from pulih.refocusing.grid import Floats, Grid, Whole, grid_of
from pulih.refocusing.model import (
    Model,
    coverage_reaches,
    maximise_worst,
    minimise_money,
    model_of,
)
from pulih.refocusing.money import least_money
from pulih.refocusing.program import Answer, run
from pulih.refocusing.rules import MoneyRule
from pulih.refocusing.start import filled_steps

MANY_CELLS = 40  # From here on the tighter model pays for its size.
LP_SECONDS = 5.0
HAIR = 1e-9  # What floats may lack.


@dataclass(frozen=True)
class Part:
    """One province: its own grid, and where its cells and purses lie in the whole one.

    least, most: what rules ask of all its money together, in priced rupiah, where its grid does
    not say so itself.
    """

    province: str
    grid: Grid
    cells: tuple[int, ...]
    purses: tuple[int, ...]
    prices: Floats  # What a rupiah counts in each purse; 1 where only the ceiling joins.
    least: float = 0.0
    most: float = np.inf

    def worth(self, money: Sequence[int]) -> float:
        return self.held(float(self.prices @ np.array(money, dtype=np.float64)))

    def held(self, needed: float) -> float:
        """Return what the province holds if units need so much: idle money fills it up."""
        return np.inf if needed > self.most * (1 + HAIR) + 0.5 else max(self.least, needed)

    def batches_of(self, whole: Sequence[int]) -> list[int]:
        return [whole[index] for index in self.cells]


@dataclass(frozen=True)
class Proof:
    """The least priced rupiah that a coverage takes, and that others take as far as is sure.

    rate: rupiah per coverage more, up to `most`. Proofs that know no most (those of relaxations)
    hold below their coverage too.
    """

    coverage: float
    least: float
    rate: float = 0.0
    most: float = np.inf

    def at(self, coverage: float) -> float:
        more = coverage - self.coverage
        if more < 0 and (self.most < np.inf or not self.rate):
            return 0.0
        return min(self.most, self.least + self.rate * more)


def plain_proof(part: Part, coverage: float, seconds: float) -> Proof | None:
    """Return what a province's plain relaxation proves of a coverage; None where time did not do.

    It is weak, but takes hundredths of a second.
    """
    grid = part.grid
    if not grid.provinces or coverage <= 0 or seconds <= 0:
        return None
    model = model_of(grid, relaxed=True)
    rows = coverage_reaches(model, coverage)
    minimise_money(model, part.prices)
    answer = run(model.program, seconds=seconds, relaxed=True)
    return None if answer.row_duals is None else _linear(grid, rows, coverage, answer)


@dataclass(frozen=True)
class Cheapest:
    """The least money found for a coverage, in priced rupiah, and what proves how little will do.

    money is infinite without a plan, what is proven is infinite when none exists.
    """

    batches: tuple[int, ...] | None
    coverage: float
    money: float
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Prices:
    """One budget for all rows that join provinces: sum(price x money) <= budget in rupiah.

    Any prices that add up those rows give a true inequality; good ones lose little.
    """

    of_purse: Floats
    budget: float


@dataclass(frozen=True)
class RelaxedWorst:
    """The first stage's relaxation: the highest lowest coverage, and what joins provinces."""

    most: float
    prices: Prices


def relaxed_worst(grid: Grid, seconds: float) -> RelaxedWorst | None:
    """Return the first stage's relaxation; None where time did not do."""
    if not grid.relaxed_worst and seconds > 0:
        model = model_of(grid, relaxed=True)
        maximise_worst(model, 1.0)
        answer = run(model.program, seconds=seconds, relaxed=True)
        if answer.row_duals is None:
            return None
        prices = prices_from(grid, answer.row_duals, model.rule_rows)
        grid.relaxed_worst.append(RelaxedWorst(max(0.0, -answer.bound), prices))
    return next(iter(grid.relaxed_worst), None)


def even_prices(grid: Grid) -> Prices:
    """Return the ceiling alone."""
    return Prices(np.ones(len(grid.purses)), float(grid.case.settings.ceiling))


def prices_from(grid: Grid, row_duals: Floats | None, rule_rows: Sequence[int]) -> Prices:
    """Return the joining rows added up by their duals, the ceiling counting 1."""
    joining = {rule.name for rule in joining_rules(grid)}
    prices, budget, of_ceiling = np.zeros(len(grid.purses)), 0.0, 0.0
    for rule, row in zip(grid.rules, rule_rows, strict=True):
        dual = 0.0 if row_duals is None else max(0.0, float(row_duals[row]))
        if rule.name == "ceiling":
            of_ceiling = dual
        if dual and rule.name in joining:
            budget -= dual * rule.least / rule.per_rupiah
            for pool, count in rule.coefficients.items():
                prices[grid.purse_index[pool]] -= dual * count / rule.per_rupiah
    if of_ceiling <= 0 or prices.min() < -1e-9 * of_ceiling:
        return even_prices(grid)
    return Prices(np.maximum(prices, 0.0) / of_ceiling, budget / of_ceiling)


def parts_of(grid: Grid, prices: Prices | None = None) -> list[Part]:
    """Return the parts of a grid, provinces in order."""
    floors = sum(purse.floor for purse in grid.purses)
    priced = prices or even_prices(grid)
    return [_part(grid, province, floors, priced) for province in grid.case.provinces]


def eased(part: Part) -> Part:
    """Return a part whose rules on all its money together are asked once its units are known.

    The least money for units is then plain arithmetic, and every rupiah counts what it costs:
    else none counts below what a rule makes the province hold anyway.
    """
    others = [rule for rule in part.grid.rules if rule.name != "ceiling"]
    if not others or not all(_of_all(part, rule) for rule in others):
        return part
    if np.ptp(part.prices) > 0 or part.prices[0] <= 0:
        return part
    least = [rule.least for rule in others if rule.least > 0]
    most = [-rule.least for rule in others if rule.least <= 0]
    price = float(part.prices[0])
    rules = tuple(rule for rule in part.grid.rules if rule.name == "ceiling")
    return replace(
        part,
        grid=replace(part.grid, rules=rules),
        least=price * max(least, default=0),
        most=price * min(most, default=np.inf),
    )


def _of_all(part: Part, rule: MoneyRule) -> bool:
    """Tell whether a rule asks for at least, or at most, so many rupiah in all purses."""
    sign = 1 if rule.least > 0 else -1
    every = len(rule.coefficients) == len(part.grid.purses)
    return every and set(rule.coefficients.values()) == {sign}


def joining_rules(grid: Grid) -> list[MoneyRule]:
    """Return the rows on money that touch more than one province, the ceiling always."""
    return [
        rule
        for rule in grid.rules
        if rule.name == "ceiling" or len({pool[0] for pool in rule.coefficients}) > 1
    ]


def _part(grid: Grid, province: str, floors: int, prices: Prices) -> Part:
    found = grid.parts.get(province) or _grid_of(grid, province, floors)
    grid.parts[province] = found
    purses = tuple(grid.purse_index[purse.pool] for purse in found.purses)
    return Part(
        province,
        found,
        tuple(grid.cell_index[cell.regency, cell.measure.code] for cell in found.cells),
        purses,
        prices.of_purse[list(purses)],
    )


def _grid_of(grid: Grid, province: str, floors: int) -> Grid:
    own = sum(purse.floor for purse in grid.purses if purse.pool[0] == province)
    ceiling = max(own, grid.case.settings.ceiling - floors + own)
    return grid_of(_case_of(grid.case, province, ceiling))


def _case_of(case: Case, province: str, ceiling: int) -> Case:
    inside = {province, *case.regencies_of[province]}
    return replace(
        case,
        settings=replace(case.settings, ceiling=ceiling),
        areas=tuple(area for area in case.areas if area.code in inside),
        lines=tuple(line for line in case.lines if line.province == province),
        costs=tuple(cost for cost in case.costs if cost.area in inside | {COUNTRY}),
        needs=tuple(need for need in case.needs if need.regency in inside),
        limits=tuple(limit for limit in case.limits if limit.area in inside),
        amounts=tuple(amount for amount in case.amounts if amount.province == province),
        shares=tuple(
            share
            for share in case.shares
            if share.province == province and share.measures != (EVERY_MEASURE,)
        ),
    )


def cheapest(
    part: Part,
    begin: Sequence[int],
    coverage: float,
    *,
    seconds: float,
    gap: float,
    left: Callable[[], float] = lambda: float("inf"),
) -> Cheapest:
    """Return the least money with which a province reaches a coverage.

    begin: batches that the limits allow, to add to. seconds: 0 asks only for a quick plan and
    the bound of the relaxation; left: the seconds that anything at all may take.
    """
    grid = part.grid
    model = model_of(grid, is_tight=len(grid.cells) > MANY_CELLS)
    rows = coverage_reaches(model, coverage) if grid.provinces and coverage > 0 else None
    minimise_money(model, part.prices)
    target = coverage * sum(map(float, grid.full.values()))
    guess = reaching(grid, begin, target, part.prices)
    if seconds:
        hint = None if guess is None else model.switches_for(guess)
        most = min(seconds, left())
        answer = run(model.program, seconds=most, gap=gap, hint=hint, is_small=True)
    else:
        most = min(LP_SECONDS, left())
        answer = replace(run(model.program, seconds=most, relaxed=True), columns=None)
    if answer.status == "infeasible":
        return Cheapest(None, 0.0, np.inf, (Proof(coverage, np.inf),))
    found = _cheaper(part, model, coverage, guess, answer)
    if seconds or rows is None or answer.row_duals is None:
        return found
    rate = _linear(grid, rows, coverage, answer).rate
    return replace(found, proofs=tuple(replace(proof, rate=rate) for proof in found.proofs))


def _linear(grid: Grid, rows: Whole, coverage: float, answer: Answer) -> Proof:
    """Return what a relaxation proves of every coverage: its bound is linear in what is asked."""
    assert answer.row_duals is not None
    rate = max(0.0, float(answer.row_duals[rows].sum())) / coverage
    return Proof(coverage, answer.bound * grid.scale, rate * grid.scale)


def _cheaper(
    part: Part, model: Model, coverage: float, guess: list[int] | None, answer: Answer
) -> Cheapest:
    """Return the cheaper of the quick plan and the solver's, with the solver's bound."""
    grid = model.grid
    least = answer.bound * grid.scale
    quick = None if guess is None else least_money(grid, grid.spending(guess))
    value = np.inf if quick is None else part.worth(quick)
    chosen = guess if quick is not None else None
    if answer.columns is not None and part.held(answer.value * grid.scale) < value:
        value, chosen = part.held(answer.value * grid.scale), model.batches_in(answer.columns)
    proofs = (Proof(coverage, min(least, value)),)
    if chosen is None:
        return Cheapest(None, 0.0, np.inf, proofs)
    return Cheapest(tuple(chosen), reached_coverage(grid, chosen), value, proofs)


def reached_coverage(grid: Grid, batches: Sequence[int]) -> float:
    """Return the coverage of a part's province, infinite where it has no need."""
    if not grid.provinces:
        return np.inf
    weights = np.array([weight for _, weight in grid.steps])
    filled = filled_steps(grid, np.array(batches, dtype=np.float64)) @ weights
    return float(filled @ grid.needs.weight / float(grid.full[grid.provinces[0]]))


def assembled(grid: Grid, parts: Sequence[Part], chosen: Sequence[Sequence[int]]) -> list[int]:
    """Return batches of the whole grid from those of its parts."""
    batches = [0] * len(grid.cells)
    for part, counts in zip(parts, chosen, strict=True):
        for index, count in zip(part.cells, counts, strict=True):
            batches[index] = count
    return batches
