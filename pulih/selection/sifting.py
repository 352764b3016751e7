"""The relaxation of a large case: prices from few columns, proven over all of them.

Given a price for each line, every application can be judged alone: that proves a bound. Only
those near the line, whom a small change of prices would move, stay open in the next program;
the others are held where they are (sifting).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pulih.selection.atoms import Atoms
from pulih.selection.case import Flags, Floats, Whole
from pulih.selection.clock import Clock
from pulih.selection.model import Model
from pulih.selection.program import Program, relax

PENALTIES = (300.0, 30_000.0, 3_000_000.0)  # In units of profit: the best score counts 100.
ROUNDS = 40
MANY, COARSE, ROUGHLY = 20, 8, 1e-4  # When a smaller case gives the first prices, and how well.


@dataclass(frozen=True, eq=False)
class Relaxed:
    """counts: of each atom in the relaxation; margin: how far each is from the line.

    Any plan that decides an atom otherwise than `decided` is proven to reach less than the
    bound by its margin. value and bound: in units of profit; gives_way: whether some line
    is broken.
    """

    duals: Floats
    counts: Floats
    margin: Floats
    decided: Floats
    value: float
    bound: float
    gives_way: bool


def relaxed(
    model: Model, *, close: float, size: int, clock: Clock, can_hold: Callable[[], bool]
) -> Relaxed | None:
    """Solve the relaxation to the relative distance `close`; None when time runs out.

    size: about how many atoms a program may leave open; can_hold: is asked before a line that
    gives way is held harder.
    """
    found = None
    duals = _first_duals(model, size, clock)
    for penalty in PENALTIES:
        if duals is None:
            return None
        found = _sift(model, duals, penalty, close, size, clock)
        if found is None or not found.gives_way or not can_hold():
            break
        duals = found.duals
    return found


def _first_duals(model: Model, size: int, clock: Clock) -> Floats | None:
    """Prices from a sample of the atoms, each standing for its neighbours."""
    if len(model.atoms) > MANY * size:
        return _duals_of_every(COARSE, model, size, clock)
    stride = max(1, -(-2 * len(model.atoms) // size))
    sample = np.arange(stride // 2, len(model.atoms), stride)
    nothing = np.zeros(len(model.atoms))
    program = model.program(sample, nothing, penalty=PENALTIES[0], stretch=stride)
    answer = relax(program, seconds=clock.left())
    return None if answer.duals is None else -answer.duals[: len(model.lines.lines)]


def _duals_of_every(stride: int, model: Model, size: int, clock: Clock) -> Floats | None:
    """Prices from a smaller case: one atom in so many, partners left aside."""
    atoms, kept = model.atoms, slice(stride // 2, None, stride)
    coarse = Atoms(
        atoms.group[kept],
        atoms.score[kept],
        atoms.capacity[kept] * stride,
        atoms.application[kept],
        [],
        atoms.simple,
    )
    smaller = Model(coarse, model.lines, model.needed)
    duals = _first_duals(smaller, size, clock)
    if duals is None:
        return None
    found = _sift(smaller, duals, PENALTIES[0], ROUGHLY, size, clock)
    return None if found is None else found.duals * (smaller.unit / model.unit)


def _sift(
    model: Model, duals: Floats, penalty: float, close: float, size: int, clock: Clock
) -> Relaxed | None:
    sieve = _Sieve(model, penalty, size, duals)
    for _ in range(ROUNDS):
        if sieve.is_within(close):
            break
        program = sieve.program()
        answer = relax(program, seconds=clock.left())
        if answer.columns is None or answer.duals is None:
            return None
        sieve.take(answer.columns, answer.duals)
    return sieve.relaxed()


class _Sieve:
    """Which atoms are open, what all of them count so far, and the best bound of any prices."""

    def __init__(self, model: Model, penalty: float, size: int, duals: Floats) -> None:
        self.model, self.penalty, self.size = model, penalty, size
        self.best, self.verdict = duals, _verdict(model, np.maximum(duals, 0.0), None)
        self.proof, self.values = self.verdict, list[Whole]()
        self.bound, self.value, self.before = self.verdict.bound, -np.inf, -np.inf
        self.counts, self.given = self.verdict.counts, np.inf
        self.is_open = _nearest(self.verdict.margin, size)

    def is_within(self, close: float) -> bool:
        is_solved = np.isfinite(self.given)
        return bool(is_solved and self.bound - self.value <= close * max(abs(self.value), 1e-9))

    def program(self) -> Program:
        self.is_open = with_partners(self.model, self.is_open, self.counts)
        self.open = np.flatnonzero(self.is_open)
        _, _, self.values = self.model.cliques(self.open)
        return self.model.program(self.open, self.counts, penalty=self.penalty)

    def take(self, columns: Floats, rows: Floats) -> None:
        """Keep an answer, and open those that its prices (the duals of rows) decide otherwise."""
        duals = -rows[: len(self.best)]
        self.counts = self.counts.copy()
        self.counts[self.open] = columns[: len(self.open)]
        self.given = float(columns[len(self.open) :].sum())
        self.before, self.value = self.value, self._value()
        seats = self._seats(rows[len(self.best) :])
        self.verdict = _verdict(self.model, np.maximum(duals, 0.0), seats)
        if self.verdict.bound < self.bound:
            self.bound, self.best, self.proof = self.verdict.bound, duals, self.verdict
        self._reopen()

    def _seats(self, prices: Floats) -> list[Floats]:
        """The price of the one seat of each value of an exclusive column, where it was asked."""
        found, first = [], 0
        for link, values in zip(self.model.atoms.link, self.values, strict=True):
            price = np.zeros(int(link.max(initial=0)) + 1)
            price[values] = np.maximum(prices[first : first + len(values)], 0.0)
            first += len(values)
            found.append(price)
        return found

    def _value(self) -> float:
        return float(self.model.profit @ self.counts - self.penalty * self.given)

    def _reopen(self) -> None:
        verdict, was_open = self.verdict, self.is_open
        is_wrong = ~was_open & (np.abs(self.counts - verdict.counts) > 1e-9)
        inside = (self.counts > 1e-9) & (self.counts < self.model.atoms.capacity - 1e-9)
        worst = _worst(is_wrong, verdict.margin, 2 * self.size)
        self.is_open = _nearest(verdict.margin, self.size) | inside | worst
        if self.value <= self.before + 1e-6 * abs(self.before):
            self.is_open |= was_open  # What is let go of without gain comes back.

    def relaxed(self) -> Relaxed:
        verdict = self.proof
        return Relaxed(
            duals=np.maximum(self.best, 0.0),
            counts=self.counts,
            margin=verdict.margin,
            decided=verdict.counts,
            value=self.value,
            bound=self.bound,
            gives_way=self.given > 1e-7,
        )


def _nearest(margin: Floats, size: int) -> Flags:
    reach = min(size, len(margin)) - 1
    return np.asarray(margin <= np.partition(margin, reach)[reach])


def _worst(is_wrong: Flags, margin: Floats, most: int) -> Flags:
    """Keep the wrong ones that are farthest from the line."""
    places = np.flatnonzero(is_wrong)
    kept = np.zeros_like(is_wrong)
    if len(places) > most:
        places = places[np.argpartition(-margin[places], most)[:most]]
    kept[places] = True
    return kept


def with_partners(model: Model, is_open: Flags, counts: Floats | Whole) -> Flags:
    """Open also the chosen partner of each open atom: one of them alone could not move."""
    is_open = is_open.copy()
    for link in model.atoms.link:
        values = np.zeros(int(link.max(initial=0)) + 1, dtype=bool)
        values[link[is_open & (link >= 0)]] = True
        is_open |= (link >= 0) & values[link] & (counts > 0)
    return is_open


@dataclass(frozen=True, eq=False)
class Verdict:
    """What prices alone decide: a proven bound, a lawful start, how far each is from the line."""

    bound: float
    counts: Floats
    margin: Floats


def _verdict(model: Model, duals: Floats, seats: list[Floats] | None) -> Verdict:
    """duals: a price of each line; seats: of each value of the exclusive columns, if known."""
    atoms = model.atoms
    worth = model.profit + model.gains(duals)[atoms.group]
    bound = -float(duals @ model.least)
    if len(atoms.link) == 1:
        return _with_rivals(model, bound, worth)
    left = worth
    for link, price in zip(atoms.link, seats or [], strict=seats is not None):
        left = left - np.where(link >= 0, price[link], 0.0)
        bound += float(price.sum())
    for link in atoms.link:
        _, second = _two_best(link, left)
        second = np.maximum(second, 0.0)
        left = left - np.where(link >= 0, second[link], 0.0)
        bound += float(second.sum())
    bound += float(np.maximum(left, 0.0) @ atoms.capacity)
    counts = np.where(left > 0, atoms.capacity, 0.0)
    return Verdict(bound, counts, np.abs(left))


def _with_rivals(model: Model, bound: float, worth: Floats) -> Verdict:
    """With one exclusive column the best of each value is chosen: no price of it is needed."""
    (link,), capacity = model.atoms.link, model.atoms.capacity
    first, second = _two_best(link, worth)
    is_first = (link >= 0) & (worth >= first[link])
    rival = np.where(is_first, second[link], first[link])
    rival = np.where(link >= 0, np.maximum(rival, 0.0), 0.0)
    bound += float(np.maximum(first, 0.0).sum())
    bound += float(np.where(link >= 0, 0.0, np.maximum(worth, 0.0)) @ capacity)
    counts = np.where(worth > rival, capacity, 0.0)
    return Verdict(bound, counts, np.abs(worth - rival))


def _two_best(link: Whole, worth: Floats) -> tuple[Floats, Floats]:
    """The largest and the second largest worth of each value of an exclusive column."""
    count = int(link.max(initial=0)) + 1
    first = np.full(count, -np.inf)
    second = np.full(count, -np.inf)
    places = np.flatnonzero(link >= 0)
    np.maximum.at(first, link[places], worth[places])
    order = places[np.argsort(-worth[places], kind="stable")]
    _, top = np.unique(link[order], return_index=True)
    others = np.delete(order, top)
    np.maximum.at(second, link[others], worth[others])
    return first, second
