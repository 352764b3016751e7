"""The relaxation of a large case: prices from few columns, proven over all of them.

Given a price for each line, every application can be judged alone: that proves a bound. Only
those near the line, whom a small change of prices would move, stay open in the next program;
the others are held where they are (sifting).
"""

from dataclasses import dataclass

import numpy as np

from pulih.selection.case import Flags, Floats, Whole
from pulih.selection.clock import Clock
from pulih.selection.model import Model
from pulih.selection.program import relax

PENALTIES = (300.0, 30_000.0, 3_000_000.0)  # In units of profit: the best score counts 100.
ROUNDS = 40


@dataclass(frozen=True, eq=False)
class Relaxed:
    """counts: of each atom in the relaxation; margin: how far each is from the line.

    decided: what the prices alone decide, and certain: how much less any plan is proven to
    reach that decides an atom otherwise. value and bound: in units of profit, as all the
    others; gives_way: whether some line is broken.
    """

    duals: Floats
    counts: Floats
    margin: Floats
    decided: Floats
    certain: Floats
    value: float
    bound: float
    gives_way: bool


def relaxed(model: Model, *, close: float, size: int, clock: Clock) -> Relaxed | None:
    """Solve the relaxation to the relative distance `close`; None when time runs out.

    size: about how many atoms a program may leave open.
    """
    found = None
    duals = _first_duals(model, size, clock)
    for penalty in PENALTIES:
        if duals is None:
            return None
        found = _sift(model, duals, penalty, close, size, clock)
        if found is None or not found.gives_way:
            break
        duals = found.duals
    return found


def _first_duals(model: Model, size: int, clock: Clock) -> Floats | None:
    """Prices from a sample of the atoms, each standing for its neighbours."""
    stride = max(1, -(-2 * len(model.atoms) // size))
    sample = np.arange(stride // 2, len(model.atoms), stride)
    nothing = np.zeros(len(model.atoms))
    program = model.program(sample, nothing, penalty=PENALTIES[0], stretch=stride)
    answer = relax(program, seconds=clock.left())
    return None if answer.duals is None else -answer.duals[: len(model.lines.lines)]


def _sift(
    model: Model, duals: Floats, penalty: float, close: float, size: int, clock: Clock
) -> Relaxed | None:
    bound, best, value, before = np.inf, duals, -np.inf, -np.inf
    counts, open_atoms = None, np.zeros(0, dtype=np.int64)
    for _ in range(ROUNDS):
        verdict = _verdict(model, np.clip(duals, 0.0, penalty))
        if verdict.bound < bound:
            bound, best = verdict.bound, duals
        if counts is None:
            counts = verdict.counts
            is_open = _nearest(verdict.margin, size)
        else:
            is_wrong = np.abs(counts - verdict.counts) > 1e-9
            is_wrong[open_atoms] = False
            inside = (counts > 1e-9) & (counts < model.atoms.capacity - 1e-9)
            is_open = (
                _nearest(verdict.margin, size) | inside | _worst(is_wrong, verdict.margin, 2 * size)
            )
            if value <= before * (1 + 1e-6):
                is_open[open_atoms] = True  # What is let go of without gain comes back.
            before = value
        open_atoms = np.flatnonzero(with_partners(model, is_open, counts))
        answer = relax(model.program(open_atoms, counts, penalty=penalty), seconds=clock.left())
        if answer.columns is None or answer.duals is None:
            return None
        counts = counts.copy()
        counts[open_atoms] = answer.columns[: len(open_atoms)]
        given = answer.columns[len(open_atoms) :]
        value = float(model.profit @ counts - penalty * given.sum())
        duals = -answer.duals[: len(model.lines.lines)]
        if bound - value <= close * max(abs(value), 1e-9):
            break
    verdict = _verdict(model, np.clip(best, 0.0, penalty))
    return Relaxed(
        best,
        counts,
        verdict.margin,
        verdict.decided,
        verdict.certain,
        value,
        bound,
        bool(given.sum() > 1e-7),
    )


def _nearest(margin: Floats, size: int) -> Flags:
    reach = min(size, len(margin)) - 1
    return margin <= np.partition(margin, reach)[reach]


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
    decided: Floats
    certain: Floats


def _verdict(model: Model, duals: Floats) -> Verdict:
    atoms = model.atoms
    worth = model.profit + model.gains(duals)[atoms.group]
    bound = -float(duals @ model.least)
    rival = np.zeros(len(atoms))
    left = worth.copy()
    for link in atoms.link:
        first, second = _two_best(link, worth)
        own_is_first = (link >= 0) & (worth >= first[link])
        rival = np.where(
            link >= 0, np.maximum(rival, np.where(own_is_first, second[link], first[link])), rival
        )
        first, second = _two_best(link, left)
        second = np.maximum(second, 0.0)
        left = left - np.where(link >= 0, second[link], 0.0)
        bound += float(second.sum())
    bound += float(np.maximum(left, 0.0) @ atoms.capacity)
    margin = np.abs(worth - np.maximum(rival, 0.0))
    counts = np.where(worth > np.maximum(rival, 0.0), atoms.capacity, 0.0)
    if len(atoms.link) < 2:
        return Verdict(bound, counts, margin, counts, margin)
    # With several exclusive columns only what is left after all their prices proves anything.
    decided = np.where(left > 0, atoms.capacity, 0.0)
    return Verdict(bound, counts, margin, decided, np.abs(left))


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
