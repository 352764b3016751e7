"""Provinces apart: at given prices each is one small program over the plans that may be best.

A plan that falls short of its regency's row by more than a province's gap cannot be part of a
better answer. So a program over all that fall short by less proves the province's best; over
fewer, it proves the relaxation plus the least that was left out.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from pulih.refocusing.columns import Aim, Plans, no_plans, plan_model
from pulih.refocusing.generate import Country, Relaxed, relaxed
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.model import coverage_reaches, minimise_change, model_of, relief_weights
from pulih.refocusing.oracle import Oracle, rank_within
from pulih.refocusing.parts import Part, joining_rules
from pulih.refocusing.program import run
from pulih.refocusing.regencies import regencies_of

WIDEST = 2500  # Plans in one program of a province.
NEAREST = 12  # Plans per regency that are kept for what comes after.
TOGETHER = 2  # Programs at once.
LONGEST = 0.25  # Share of the time left that one province may take.


@dataclass(frozen=True)
class Joint:
    """What joins provinces, as prices: per purse in solver money of the whole grid.

    constant: what the joining rows themselves add to a bound; relief: the price of a
    firm's relief in each province.
    """

    money: Floats
    constant: float
    relief: Floats


@dataclass(frozen=True)
class Answered:
    """One province at given prices: its best plan found and what is proven."""

    batches: tuple[int, ...] | None  # By cell of the part.
    value: float
    bound: float
    plans: tuple[Whole, Whole]  # Regencies of the part and rows of batches, the nearest ones.


def joint_of(grid: Grid, found: Relaxed, relief: Floats) -> Joint:
    """Return the prices of the rows that join provinces in a relaxation."""
    joining = {rule.name for rule in joining_rules(grid)}
    money, constant = np.zeros(len(grid.purses)), 0.0
    for row, rule in zip(found.model.rule_rows, grid.rules, strict=True):
        dual = max(0.0, float(found.duals[row]))
        if dual and rule.name in joining:
            constant += dual * rule.least / rule.per_rupiah / grid.scale
            for pool, count in rule.coefficients.items():
                money[grid.purse_index[pool]] -= dual * count / rule.per_rupiah
    return Joint(money, constant, relief)


def part_of_country(country: Country, part: Part) -> tuple[Country, Whole]:
    """Return what is known of a province in a grid of its own, and where its regencies lie."""
    grid = replace(part.grid, given_scale=country.grid.scale)
    regencies, every = regencies_of(grid), country.grid.case.regencies
    place = {code: index for index, code in enumerate(every)}
    places = np.array([place[code] for code in grid.case.regencies], dtype=np.int64)
    within = np.full(len(every), -1, dtype=np.int64)
    within[places] = np.arange(len(places))
    own = within[country.plans.regency]
    plans = no_plans(regencies)
    plans.add(own[own >= 0], country.plans.batches[own >= 0])
    first = min(part.purses)
    cuts = [
        replace(cut, purse=cut.purse - first, regencies=within[cut.regencies])
        for cut in country.cuts
        if cut.purse in part.purses
    ]
    return Country(grid, regencies, plans, Oracle(regencies), cuts, True, country.rate), places


def answered(
    country: Country, aim: Aim, base: Relaxed, *, slack: float, seconds: Callable[[], float]
) -> Answered:
    """Return the best of one province, proven to `slack` where time and size allow.

    base: its relaxation; slack: absolute, in what the aim counts.
    """
    value, bound, batches = np.inf, base.bound, None
    window = max(4 * slack, 1e-9)
    nearest = _none(country)
    for _ in range(4):
        if seconds() <= 0 or value - bound <= slack:
            break
        chosen, complete = _within(country, base, window)
        nearest = (chosen.regency, chosen.batches) if not len(nearest[0]) else nearest
        model = plan_model(country.grid, chosen, country.cuts, aim, whole=True)
        answer = run(model.program, seconds=seconds(), slack=slack / 2)
        if answer.columns is not None and answer.value < value:
            value, batches = answer.value, tuple(model.batches_in(answer.columns))
        bound = max(bound, min(value, answer.bound, base.bound + complete))
        if complete < window or answer.status == "stopped":
            break
        window = value - base.bound + slack if batches else 8 * window
    if value - bound > slack and seconds() > 0:
        bound = max(bound, _plainly(country.grid, aim, slack=slack, seconds=seconds()))
    return Answered(batches, value, min(bound, value), nearest)


def _plainly(grid: Grid, aim: Aim, *, slack: float, seconds: float) -> float:
    """Return what the plain program of a province proves, where plans are too many."""
    model = model_of(grid)
    if aim.coverage and grid.provinces:
        coverage_reaches(model, aim.coverage)
    columns, costs = [model.served.ravel()], [-aim.relief_price * relief_weights(model).ravel()]
    if aim.money is not None:
        columns, costs = [*columns, model.money], [*costs, aim.money]
    if aim.tops is not None:
        minimise_change(model, aim.tops)
        counted = np.flatnonzero(np.concatenate(model.program.cost))
        costs = [*costs, np.concatenate(model.program.cost)[counted]]
        columns = [*columns, counted]
    model.program.minimise(np.concatenate(columns), np.concatenate(costs))
    return run(model.program, seconds=seconds, slack=slack / 2).bound


def _left(seconds: Callable[[], float], until: float) -> float:
    return max(0.0, seconds() - until)


def _none(country: Country) -> tuple[Whole, Whole]:
    return country.plans.regency[:0], country.plans.batches[:0]


def _within(country: Country, base: Relaxed, window: float) -> tuple[Plans, float]:
    """Return the plans that fall short by no more than a window, and the window kept.

    The window shrinks where they are too many.
    """
    prices = base.model.prices(base.duals)
    found = country.oracle.best(prices, window=window, labels=WIDEST)
    paid = -base.duals[base.model.one_rows]
    short = paid[found.regency] - found.worth
    kept = float(min(window, (paid - found.most)[found.most > found.best].min(initial=window)))
    order = np.argsort(short, kind="stable")
    if len(order) > WIDEST:
        kept = min(kept, float(short[order[WIDEST]]))
        order = order[:WIDEST]
    plans = no_plans(country.regencies)
    plans.add(found.regency[order], found.batches[order])
    used = base.columns[base.model.chosen] > 1e-9
    plans.add(
        base.model.plans.regency[: len(used)][used], base.model.plans.batches[: len(used)][used]
    )
    return plans, max(0.0, kept)


def answer_all(
    country: Country,
    parts: Sequence[Part],
    joint: Joint,
    coverage: float,
    *,
    tops: Floats | None,
    slack: float,
    seconds: Callable[[], float],
) -> tuple[list[Answered], float]:
    """Return every province at joint prices, and the bound of all together.

    The country keeps the plans nearest to the best.
    """

    place = {code: index for index, code in enumerate(country.grid.case.provinces)}
    bases = []
    for part in parts:
        own, places = part_of_country(country, part)
        purses = list(part.purses)
        aim = Aim(
            coverage if own.grid.provinces else 0.0,
            relief_price=float(joint.relief[place[part.province]]),
            money=joint.money[purses],
            tops=None if tops is None else tops[purses],
        )
        base = relaxed(own, aim, gap=1e-7, seconds=seconds)
        if base is None:
            return [], -np.inf
        bases.append((own, places, aim, base))

    def one(known: tuple[Country, Whole, Aim, Relaxed]) -> Answered:
        own, _, aim, base = known
        left = partial(_left, seconds, seconds() * (1 - LONGEST))
        return answered(own, aim, base, slack=slack / len(parts), seconds=left)

    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = list(pool.map(one, bases))
    for answer, (_, places, _, _) in zip(answers, bases, strict=True):
        regency, batches = answer.plans
        order = np.argsort(regency, kind="stable")
        near = order[rank_within(regency[order]) < NEAREST]
        country.plans.add(places[regency[near]], batches[near])
    return answers, joint.constant + sum(answer.bound for answer in answers)
