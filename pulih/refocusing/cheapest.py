"""The least money with which a province apart reaches a coverage: what the first stage asks."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from pulih.refocusing.answers import WINDOWS, answered
from pulih.refocusing.columns import Aim
from pulih.refocusing.generate import Relaxed, relaxed
from pulih.refocusing.greedy import reaching
from pulih.refocusing.grid import Floats
from pulih.refocusing.money import least_money
from pulih.refocusing.parts import Cheapest, Proof, cheapest, reached_coverage
from pulih.refocusing.plainly import Choice
from pulih.refocusing.provinces import Apart
from pulih.refocusing.regencies import DUST

LP_SECONDS = 2.0
GRACE_SECONDS = 0.5  # What a program may take where its relaxation took all the time.
NARROW_SECONDS = 5.0  # Up to which a province is not asked for a proof.
SMALL = 130  # Cells up to which the plain program is the quickest.
ROUGHLY = 2e-3  # Gap of a relaxation that only says where to look.


def cheapest_apart(
    known: Apart,
    begin: Sequence[int],
    coverage: float,
    *,
    seconds: float,
    gap: float,
    left: Callable[[], float],
    even: float = 0.0,
) -> Cheapest:
    """Return the least money with which a province reaches a coverage, by plans of regencies.

    begin: batches that the limits allow, to add to. seconds: 0 asks only for a quick plan and
    the bound of the relaxation, up to NARROW_SECONDS also for the best plan of a narrow window.
    left: the seconds that anything at all may take; even: those that each province may, which
    its relaxation uses where they are more than it mostly needs.
    """
    part, own = known.part, known.own
    grid, until = own.grid, time.monotonic() + seconds
    target = coverage * sum(map(float, grid.full.values()))
    guess = reaching(part.grid, begin, target, part.prices)
    for batches in (begin, guess):
        if batches is not None:
            own.plans.add_whole(batches)
    aim = Aim(coverage if grid.provinces else 0.0, money=part.prices)
    near = gap if seconds else max(gap, ROUGHLY)
    base = relaxed(own, aim, gap=near, seconds=_at_most(left, until + max(LP_SECONDS, even)))
    if base is None:
        return cheapest(part, begin, coverage, seconds=seconds, gap=gap, left=left)
    proofs = [_proof(known, coverage, base.bound, base.centre, base)]
    found = None
    if seconds:
        answer = answered(
            own,
            aim,
            base,
            slack=gap * max(base.value, DUST),
            seconds=_at_most(left, until + GRACE_SECONDS),
            begin=_as_choice(known, guess),
            to_the_end=seconds > NARROW_SECONDS,
            windows=0 if len(grid.cells) <= SMALL else WINDOWS,
        )
        found = answer.best
        if found is not None:
            own.plans.add_whole(found.batches)
        proofs.append(Proof(coverage, answer.bound * grid.scale))
        proof = _proof(known, coverage, answer.beyond, base.duals, base)
        proofs.append(replace(proof, most=answer.within * grid.scale))
    return _cheapest(known, [guess, found.batches if found else None], tuple(proofs))


def _at_most(left: Callable[[], float], until: float) -> Callable[[], float]:
    return lambda: min(left(), until - time.monotonic())


def quick_plan(known: Apart, begin: Sequence[int], coverage: float) -> Cheapest:
    """Return a plan that reaches a coverage, bought by relief per rupiah; nothing is proven."""
    target = coverage * sum(map(float, known.own.grid.full.values()))
    return _cheapest(known, [reaching(known.part.grid, begin, target, known.part.prices)], ())


def _proof(known: Apart, coverage: float, bound: float, duals: Floats, base: Relaxed) -> Proof:
    """Return what a bound at some duals says of every coverage: it is linear in what is asked."""
    grid = known.own.grid
    full = np.array([float(grid.full[province]) for province in grid.case.provinces])
    rate = float(np.maximum(0.0, duals[base.model.coverage_rows]) @ full)
    return Proof(coverage, bound * grid.scale, rate * grid.scale)


def _as_choice(known: Apart, batches: Sequence[int] | None) -> Choice | None:
    grid = known.own.grid
    money = None if batches is None else least_money(grid, grid.spending(batches))
    if batches is None or money is None:
        return None
    return Choice(tuple(batches), np.array(money, dtype=np.float64) / grid.scale)


def _cheapest(
    known: Apart, plans: Sequence[Sequence[int] | None], proofs: tuple[Proof, ...]
) -> Cheapest:
    part = known.part
    best = Cheapest(None, 0.0, np.inf, proofs)
    for batches in plans:
        money = None if batches is None else least_money(part.grid, part.grid.spending(batches))
        if batches is not None and money is not None and part.worth(money) < best.money:
            reached = reached_coverage(part.grid, batches)
            best = Cheapest(tuple(batches), reached, part.worth(money), proofs)
    return best
