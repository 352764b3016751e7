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

from pulih.refocusing.columns import Aim, Plans, in_rows, no_plans, plan_model
from pulih.refocusing.dominance import undominated
from pulih.refocusing.generate import Country, Relaxed, country_of, latest, relaxed
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.parts import (
    Part,
    joining_rules,
    parts_of,
)
from pulih.refocusing.plainly import Choice, change_in, plainly
from pulih.refocusing.program import Answer, run
from pulih.refocusing.regencies import DUST

WIDEST = 4000  # Plans in one program of a province.
MANY = 1200  # Plans from where on the plain program is the quicker one,
NARROW = 0.004  # of the value: the window in which the best plan mostly is.
LARGE = 300  # Cells from where on the plain program will hardly close, and provinces apart pay.
FEW_REGENCIES = 3  # A province, up to which the plain program is the better one.
TO_BEGIN = 1e-2  # Gap of the relaxation that comes first of all.
SHARED_CUTS = 2  # Per pool, that the country learns from its provinces.
TOGETHER = 2  # Programs at once.
LONGEST = 0.25  # Share of the time left that one province may take.


@dataclass(frozen=True)
class Joint:
    """What joins provinces, as prices: per purse in solver money of the whole grid.

    constant: what the joining rows themselves add to a bound; relief: of a firm's relief.
    """

    money: Floats
    constant: float
    relief: float


@dataclass(frozen=True)
class Answered:
    """One province at given prices: its best plan found and what is proven.

    within, beyond: what the last window proves of plans inside it and of all others.
    """

    best: Choice | None
    value: float
    bound: float
    plans: Plans | None  # Those of its last program.
    within: float = np.inf
    beyond: float = -np.inf


@dataclass(frozen=True)
class Apart:
    """A province in a grid of its own, what is known of it, and where its regencies lie."""

    part: Part
    own: Country
    places: Whole


def joint_of(grid: Grid, found: Relaxed, relief: float, least: float) -> Joint:
    """Return the prices of the rows that join provinces in a relaxation.

    relief: the price of a firm's relief, of which at least `least` is asked for.
    """
    joining = {rule.name for rule in joining_rules(grid)}
    money, constant = np.zeros(len(grid.purses)), 0.0
    for row, rule in zip(found.model.rule_rows, grid.rules, strict=True):
        dual = max(0.0, float(found.duals[row]))
        if dual and rule.name in joining:
            constant += dual * rule.least / rule.per_rupiah / grid.scale
            for pool, count in rule.coefficients.items():
                money[grid.purse_index[pool]] -= dual * count / rule.per_rupiah
    return Joint(money, constant + relief * least, relief)


@dataclass
class Known:
    """What is known of a whole grid: of the country, and of every province apart if it is large."""

    country: Country
    every: list[Apart]

    @property
    def grid(self) -> Grid:
        return self.country.grid

    def begin(self, seconds: Callable[[], float]) -> None:
        """Let provinces know the plans that matter where relief in all is all that counts."""
        country = self.country
        relaxed(country, Aim(0.0, relief_price=1.0), gap=TO_BEGIN, seconds=seconds, cut=False)
        for known in self.every:
            within = np.full(len(country.regencies), -1, dtype=np.int64)
            within[known.places] = np.arange(len(known.places))
            regency = within[country.plans.regency]
            known.own.plans.add(regency[regency >= 0], country.plans.batches[regency >= 0])
            known.own.is_sown, known.own.rate = True, country.rate

    def share(self) -> None:
        """Let the country know the latest cuts of its provinces."""
        country = self.country
        for known in self.every:
            first = min(known.part.purses, default=0)
            country.cuts += [
                replace(cut, purse=cut.purse + first, regencies=known.places[cut.regencies])
                for cut in latest(known.own.cuts, SHARED_CUTS)
            ]


def known_of(grid: Grid, *, large: int = LARGE) -> Known:
    """Return what is known before anything was asked.

    large: cells from where on provinces are looked at apart.
    """
    country = country_of(grid)
    many = len(grid.case.regencies) > FEW_REGENCIES * len(grid.case.provinces)
    parts = parts_of(grid) if len(grid.cells) > large and (many or not large) else []
    return Known(country, [_apart(country, part) for part in parts])


def _apart(country: Country, part: Part) -> Apart:
    grid = replace(part.grid, given_scale=country.grid.scale)
    place = {code: index for index, code in enumerate(country.grid.case.regencies)}
    places = np.array([place[code] for code in grid.case.regencies], dtype=np.int64)
    return Apart(part, country_of(grid), places)


def answered(
    own: Country,
    aim: Aim,
    base: Relaxed,
    *,
    slack: float,
    seconds: Callable[[], float],
    begin: Choice | None = None,
    to_the_end: bool = True,
) -> Answered:
    """Return the best of one province, proven to `slack` where time and size allow.

    base: its relaxation; slack: absolute, in what the aim counts; to_the_end: else one narrow
    window is enough, for the best plan is mostly there.
    """
    best, chosen = begin, None
    value = np.inf if begin is None else worth_of(own, aim, begin)
    within, beyond = np.inf, -np.inf
    bound, window = base.bound, max(4 * slack, NARROW * abs(base.value), DUST)
    if to_the_end and np.isfinite(value):
        window = max(window, min(value - bound + slack, 4 * window))
    for tries in range(5):
        if seconds() <= 0 or value - bound <= slack:
            break
        chosen, others_cost = _within(own, aim, base, window)
        if len(chosen) > MANY and (tries or (to_the_end and best is not None)):
            break
        answer, found = _chosen(own, chosen, aim, best, slack / 2, seconds())
        if found is not None and answer.value < value:
            value, best = answer.value, found
        within, beyond = min(value, answer.bound), others_cost
        bound = max(bound, min(within, beyond))
        is_whole = others_cost >= base.bound + window - slack / 4 and answer.status != "stopped"
        if not is_whole or (not to_the_end and found is not None):
            break
        window = value - base.bound + slack if np.isfinite(value) else 8 * window
    if to_the_end and value - bound > slack and seconds() > 0:
        answer, found = plainly(own, aim, best, slack=slack, seconds=seconds())
        bound = max(bound, answer.bound)
        if found is not None and answer.value < value:
            value, best = answer.value, found
    return Answered(best, value, min(bound, value), chosen, within, beyond)


def worth_of(own: Country, aim: Aim, choice: Choice) -> float:
    """Return what an aim counts for a choice."""
    rows = in_rows(own.regencies, choice.batches)
    relief = float(own.regencies.relief(np.arange(len(rows)), rows).sum())
    money = 0.0 if aim.money is None else float(aim.money @ choice.money)
    change = 0.0 if aim.tops is None else change_in(own.grid, choice)
    return money + change - aim.relief_price * relief


def _chosen(
    own: Country, plans: Plans, aim: Aim, begin: Choice | None, slack: float, seconds: float
) -> tuple[Answer, Choice | None]:
    """Return what HiGHS makes of some plans of a province."""
    model = plan_model(own.grid, plans, own.cuts, aim, whole=True)
    hint = None
    if begin is not None:
        rows = in_rows(own.regencies, begin.batches)
        is_begin = (plans.batches == rows[plans.regency]).all(axis=1)
        if is_begin.sum() == len(own.regencies):
            hint = (model.chosen, is_begin.astype(np.float64))
    answer = run(model.program, seconds=seconds, slack=slack, hint=hint)
    if answer.columns is None:
        return answer, None
    return answer, Choice(tuple(model.batches_in(answer.columns)), answer.columns[model.money])


def _within(own: Country, aim: Aim, base: Relaxed, window: float) -> tuple[Plans, float]:
    """Return the plans that fall short by no more than a window, and what others cost at least.

    The window shrinks where they are too many; plans that others make needless are left out.
    """
    prices = base.model.prices(base.duals)
    found = own.oracle.best(prices, window=window, labels=WIDEST // 2)
    paid = -base.duals[base.model.one_rows]
    over = np.maximum(0.0, found.most - paid)  # Where the relaxation was stopped early.
    short = (paid + over)[found.regency] - found.worth
    kept = float(min(window, (paid - found.most)[found.most > found.best].min(initial=window)))
    order = np.argsort(short, kind="stable")
    if len(order) > WIDEST:
        kept = min(kept, float(short[order[WIDEST]]))
        order = order[:WIDEST]
    regency, batches = found.regency[order], found.batches[order]
    near = Plans(own.regencies, regency, batches, own.regencies.relief(regency, batches))
    order = order[undominated(own.grid, near, aim)]
    plans = no_plans(own.regencies)
    plans.add(found.regency[order], found.batches[order])
    used = base.columns[base.model.chosen] > 1e-9
    plans.add(
        base.model.plans.regency[: len(used)][used], base.model.plans.batches[: len(used)][used]
    )
    return plans, base.value - float(over.sum()) + max(0.0, kept)


def aim_of(known: Apart, aim: Aim, joint: Joint) -> Aim:
    """Return what a province is asked at joint prices."""
    purses = list(known.part.purses)
    return Aim(
        aim.coverage if known.own.grid.provinces else 0.0,
        relief_price=joint.relief,
        money=joint.money[purses],
        tops=None if aim.tops is None else aim.tops[purses],
    )


def bases_of(
    every: Sequence[Apart], aim: Aim, joint: Joint, seconds: Callable[[], float]
) -> list[tuple[Country, Aim, Relaxed]]:
    """Return every province, what it is asked at joint prices, and its relaxation; [] too late."""
    bases = []
    for known in every:
        asked = aim_of(known, aim, joint)
        base = relaxed(known.own, asked, gap=1e-7, seconds=seconds)
        if base is None:
            return []
        bases.append((known.own, asked, base))
    return bases


def answer_all(
    bases: Sequence[tuple[Country, Aim, Relaxed]],
    begin: Sequence[Choice | None],
    *,
    slack: float,
    seconds: Callable[[], float],
    to_the_end: bool,
) -> list[Answered]:
    """Return what every province answers; see `answered`.

    begin: the best that is known of each.
    """

    def one(known: tuple[tuple[Country, Aim, Relaxed], Choice | None]) -> Answered:
        left = partial(_left, seconds, seconds() * (1 - LONGEST))
        province, choice = known
        return answered(
            *province,
            slack=slack / len(bases),
            seconds=left,
            begin=choice,
            to_the_end=to_the_end,
        )

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, zip(bases, begin, strict=True)))


def _left(seconds: Callable[[], float], until: float) -> float:
    return max(0.0, seconds() - until)


def others(
    every: Sequence[Apart],
    answers: Sequence[Answered],
    aim: Aim,
    joint: Joint,
    *,
    slack: float,
    seconds: Callable[[], float],
) -> list[Choice | None]:
    """Return what each province would rather do at other prices, from the plans it had."""

    def one(place: int) -> Choice | None:
        known, answer = every[place], answers[place]
        if answer.plans is None or seconds() <= 0:
            return None
        asked = aim_of(known, aim, joint)
        limit = seconds() * LONGEST
        return _chosen(known.own, answer.plans, asked, answer.best, slack / len(every), limit)[1]

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(len(every))))
