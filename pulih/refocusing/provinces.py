"""Provinces apart: at given prices they do not meet, and each answers by itself."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np

from pulih.refocusing.answers import Answered, answered, chosen_of, worth_of
from pulih.refocusing.columns import Aim, Plans, in_rows, no_plans
from pulih.refocusing.country_proofs import FromCountry
from pulih.refocusing.generate import Country, Relaxed, country_of, latest, relaxed, sown
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.parts import (
    Part,
    joining_rules,
    parts_of,
)
from pulih.refocusing.plainly import Choice
from pulih.refocusing.states import states_of

LARGE = 300  # Cells from where on the plain program will hardly close, and provinces apart pay.
FEW_REGENCIES = 3  # A province, up to which the plain program is the better one.
TO_BEGIN = 1e-2  # Gap of the relaxation that comes first of all.
SHARED_CUTS = 2  # Per pool, that the country learns from its provinces.
TOGETHER = 2  # Programs at once.
NEARBY = 8  # Plans per regency that a province first looks at,
NEARBY_SECONDS = 1.0  # and how long.
FIRST_SECONDS, FIRST_SHARE = 1.0, 0.5  # What a province may take at first, of an even share,
LONGER = 2.0  # and so many times more whenever it leaves most open.
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
class Apart:
    """A province in a grid of its own, what is known of it, and where its regencies lie."""

    part: Part
    own: Country
    places: Whole


def joint_in(grid: Grid, found: Relaxed, relief: float, least: float) -> Joint:
    """Return the prices of the rows that join provinces where a relaxation proves its bound.

    See `joint_of`; at these prices `proven_apart` tells what is proven of each province already.
    """
    return joint_of(grid, joining_duals(grid, found.model.rule_rows, found.centre), relief, least)


def joining_duals(grid: Grid, rule_rows: Sequence[int], duals: Floats) -> list[float]:
    """Return the duals of the rows that join provinces."""
    joining = {rule.name for rule in joining_rules(grid)}
    rows = zip(rule_rows, grid.rules, strict=True)
    return [float(duals[row]) for row, rule in rows if rule.name in joining]


def joint_of(grid: Grid, duals: Sequence[float], relief: float, least: float) -> Joint:
    """Return what duals of the joining rows price.

    relief: the price of a firm's relief, of which at least `least` is asked for.
    """
    money, constant = np.zeros(len(grid.purses)), 0.0
    for found, rule in zip(duals, joining_rules(grid), strict=True):
        dual = max(0.0, found)
        if dual:
            constant += dual * rule.least / rule.per_rupiah / grid.scale
            for pool, count in rule.coefficients.items():
                money[grid.purse_index[pool]] -= dual * count / rule.per_rupiah
    return Joint(money, constant + relief * least, relief)


@dataclass
class Known:
    """What is known of a whole grid: of the country, and of every province apart if it is large."""

    country: Country
    every: list[Apart]
    few: list[Apart] = field(default_factory=list)  # Where each has few regencies.

    @cached_property
    def choices(self) -> list[list[Choice]]:
        """What each of few regencies may do, as far as stages have found out."""
        return [[] for _ in self.few]

    @property
    def grid(self) -> Grid:
        return self.country.grid

    def begin(self, seconds: Callable[[], float]) -> None:
        """Let provinces know the plans that matter where relief in all is all that counts.

        In states a province's own relaxation is quick, and what regencies like will do.
        """
        country = self.country
        if seconds() <= 0:
            return
        sown(country, seconds)
        if not states_of(self.grid).are_all:
            relaxed(country, Aim(0.0, relief_price=1.0), gap=TO_BEGIN, seconds=seconds, cut=False)
        for known in self.every:
            within = np.full(len(country.regencies), -1, dtype=np.int64)
            within[known.places] = np.arange(len(known.places))
            regency = within[country.plans.regency]
            known.own.plans.add(regency[regency >= 0], country.plans.batches[regency >= 0])
            known.own.is_sown, known.own.rate = True, country.rate

    def learn(self, choices: Sequence[Choice | None]) -> None:
        """Let the country know what its provinces would do."""
        for known, choice in zip(self.every, choices, strict=True):
            if choice is not None:
                self.country.plans.add(known.places, in_rows(known.own.regencies, choice.batches))

    def gather(self) -> None:
        """Let the country know all plans that its provinces have at hand."""
        for known in self.every:
            plans = known.own.plans
            self.country.plans.add(known.places[plans.regency], plans.batches)

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
    parts = parts_of(grid) if len(grid.cells) > large else []
    apart = [_apart(country, part) for part in parts]
    return Known(country, apart) if many or not large else Known(country, [], apart)


def _apart(country: Country, part: Part) -> Apart:
    grid = replace(part.grid, given_scale=country.grid.scale)
    place = {code: index for index, code in enumerate(country.grid.case.regencies)}
    places = np.array([place[code] for code in grid.case.regencies], dtype=np.int64)
    return Apart(part, country_of(grid), places)


def eased_as(part: Part, known: Apart) -> Apart:
    """Return what is known of a province for a part of it whose rules are asked afterwards."""
    grid = replace(known.own.grid, rules=part.grid.rules)
    return replace(known, part=part, own=replace(known.own, grid=grid))


def aim_of(known: Apart, aim: Aim, joint: Joint) -> Aim:
    """Return what a province is asked at joint prices."""
    purses = list(known.part.purses)
    return Aim(
        aim.coverage if known.own.grid.provinces else 0.0,
        relief_price=joint.relief,
        money=joint.money[purses],
        tops=None if aim.tops is None else aim.tops[purses],
    )


def worth_in(known: Apart, aim: Aim, joint: Joint, choice: Choice) -> float:
    """Return what a choice of a province counts at joint prices."""
    return worth_of(known.own, aim_of(known, aim, joint), choice)


@dataclass(frozen=True)
class Asked:
    """What a province is asked at joint prices, its relaxation and what is proven of it so far.

    base: None where time ended before there was one.
    """

    own: Country
    aim: Aim
    base: Relaxed | None
    bound: float


def bases_of(
    every: Sequence[Apart],
    aim: Aim,
    joint: Joint,
    gap: float,
    seconds: Callable[[], float],
    *,
    proven: Sequence[FromCountry],
    begin: Sequence[Choice | None],
) -> list[Asked]:
    """Return what every province is asked, with its relaxation as far as time allows.

    proven: what is proven of each at these prices; begin: the best that is known of each.
    Those that leave most open come first, so that little is lost if time ends.
    """
    asked = [
        Asked(known.own, aim_of(known, aim, joint), None, one.bound)
        for known, one in zip(every, proven, strict=True)
    ]

    def one(place: int) -> Asked:
        before = asked[place]
        if seconds() <= 0:
            return before
        duals = proven[place].duals
        base = relaxed(before.own, before.aim, gap=gap, seconds=seconds, duals=duals)
        return (
            before
            if base is None
            else replace(before, base=base, bound=max(before.bound, base.bound))
        )

    order = most_open_first(asked, begin)
    with ThreadPoolExecutor(TOGETHER) as pool:
        found = dict(zip(order, pool.map(one, order), strict=True))
    return [found[place] for place in range(len(every))]


def answer_all(
    bases: Sequence[Asked],
    begin: Sequence[Choice | None],
    *,
    slack: float,
    seconds: Callable[[], float],
) -> list[Answered]:
    """Return what every province answers; see `answered`.

    begin: the best that is known of each; slack: what all together may leave open. All are asked
    for a moment first, then again and again those that leave most open, for longer each time;
    of the first round too, time may be over before all were asked.
    """
    even = seconds() * TOGETHER / len(bases)
    limits = [max(FIRST_SECONDS, FIRST_SHARE * even)] * len(bases)
    each = slack / len(bases)

    def asked(place: int, known: Choice | None, *, to_the_end: bool) -> Answered:
        left = partial(_left, seconds, max(0.0, seconds() - limits[place]))
        one = bases[place]
        if one.base is None:
            value = np.inf if known is None else worth_of(one.own, one.aim, known)
            return Answered(known, value, min(one.bound, value), None)
        found = answered(
            one.own, one.aim, one.base, slack=each, seconds=left, begin=known, to_the_end=to_the_end
        )
        return replace(found, bound=min(found.value, max(found.bound, one.bound)))

    def again(place: int) -> Answered:
        before = answers[place]
        found = asked(place, before.best, to_the_end=True)
        value = min(found.value, before.value)
        best = found if found.value < before.value else before
        return replace(best, value=value, bound=min(value, max(found.bound, before.bound)))

    with ThreadPoolExecutor(TOGETHER) as pool:
        order = most_open_first(bases, begin)
        at_first = partial(asked, to_the_end=False)
        found = dict(zip(order, pool.map(at_first, order, [begin[p] for p in order]), strict=True))
        answers = [found[place] for place in range(len(bases))]
        while seconds() > 0:
            opens = np.array([answer.value - answer.bound for answer in answers])
            widest = [int(place) for place in np.argsort(-opens, kind="stable")[:TOGETHER]]
            widest = [place for place in widest if opens[place] > each]
            if not widest or opens.sum() <= slack:
                break
            for place in widest:
                limits[place] *= LONGER
            for place, answer in zip(widest, list(pool.map(again, widest)), strict=True):
                answers[place] = answer
    return answers


def most_open_first(asked: Sequence[Asked], begin: Sequence[Choice | None]) -> list[int]:
    """Return provinces by what their best known choice and what is proven leave open."""

    def opens(place: int) -> float:
        one, choice = asked[place], begin[place]
        return np.inf if choice is None else worth_of(one.own, one.aim, choice) - one.bound

    return sorted(range(len(asked)), key=lambda place: -opens(place))


def _left(seconds: Callable[[], float], until: float) -> float:
    return max(0.0, seconds() - until)


def nearby(known: Known, found: Relaxed) -> list[tuple[Country, Plans]]:
    """Return each province with the country's cuts and its plans that matter in a relaxation."""
    plans, model = found.model.plans, found.model
    count = len(found.columns[model.chosen])
    regency, batches = plans.regency[:count], plans.batches[:count]
    worth = model.prices(found.duals).worth(regency, batches, plans.relief[:count])
    order = np.argsort(found.short(worth, regency), kind="stable")
    return [_nearby(known.country, own, regency[order], batches[order]) for own in known.every]


def _nearby(
    country: Country, known: Apart, regency: Whole, batches: Whole
) -> tuple[Country, Plans]:
    own, first = known.own, min(known.part.purses, default=0)
    within = np.full(len(country.regencies), -1, dtype=np.int64)
    within[known.places] = np.arange(len(known.places))
    inside = np.flatnonzero(within[regency] >= 0)[: NEARBY * len(known.places)]
    plans = no_plans(own.regencies)
    plans.add(within[regency[inside]], batches[inside])
    cuts = [
        replace(cut, purse=cut.purse - first, regencies=within[cut.regencies])
        for cut in country.cuts
        if cut.purse in known.part.purses
    ]
    return replace(own, cuts=cuts), plans


def learn_nearby(every: Sequence[Apart], near: Sequence[tuple[Country, Plans]]) -> None:
    """Let each province know its plans that matter in the country: its relaxation begins nearer."""
    for known, (_, plans) in zip(every, near, strict=True):
        known.own.plans.add(plans.regency, plans.batches)


def answer_nearby(
    near: Sequence[tuple[Country, Plans]],
    aims: Sequence[Aim],
    begin: Sequence[Choice | None],
    *,
    slack: float,
    seconds: Callable[[], float],
) -> list[Choice | None]:
    """Return what each province would do at its prices, from plans at hand: nothing is proven."""

    def one(place: int) -> Choice | None:
        own, plans = near[place]
        limit = min(NEARBY_SECONDS, seconds())
        return chosen_of(own, plans, aims[place], begin[place], slack / len(near), limit)[1]

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(len(near))))


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
        return chosen_of(known.own, answer.plans, asked, answer.best, slack / len(every), limit)[1]

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(len(every))))
