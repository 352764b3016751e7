"""What the quick plan buys next: the most relief per rupiah, whatever it remembers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.refocusing import Case
from pulih.refocusing.greedy import Greedy, sizes_up_to
from pulih.refocusing.grid import grid_of
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.small_cases import small_cases

LACKING = 1e9  # Firms: more than any case has.


def _ratio(search: Greedy, batches, cell: int, count: float) -> float:
    """Return firms relieved per rupiah of fresh money, worked out from whole plans."""
    grid, more = search.grid, batches.copy()
    more[cell] += count
    spent, after = search.money(batches), search.money(more)
    purse = grid.cell_purse[cell]
    if search.is_fixed[cell] and after[purse] > search.free[purse]:
        return 0.0
    fresh = np.maximum(0.0, after - search.free) - np.maximum(0.0, spent - search.free)
    price = fresh.sum() + 1e-6 * (after - spent).sum() + 1e-12
    return (search.relief(more) - search.relief(batches)) / price


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.integers(1, 12))
def test_nothing_relieves_more_per_rupiah_than_what_is_bought(case: Case, buys: int):
    grid = grid_of(case)
    if not len(grid.needs):
        return
    search, batches = Greedy(grid, np.ones(len(grid.purses))), np.zeros(len(grid.cells))
    for _ in range(buys):
        before, room = batches.copy(), search.room(batches)
        best = max(
            _ratio(search, before, cell, min(size, room[cell]))
            for cell in range(len(grid.cells))
            for size in sizes_up_to(room.max(initial=0.0))
        )
        if not search.buy(batches, LACKING):
            assert best == pytest.approx(0.0, abs=1e-9)
            return
        bought = int(np.flatnonzero(batches != before)[0])
        found = _ratio(search, before, bought, batches[bought] - before[bought])
        assert found == pytest.approx(best, rel=1e-6)


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.lists(st.booleans(), min_size=2, max_size=12))
def test_what_was_taken_back_is_offered_again(case: Case, taken_back: list[bool]):
    grid = grid_of(case)
    if not len(grid.needs):
        return
    prices = np.ones(len(grid.purses))
    search, batches = Greedy(grid, prices), np.zeros(len(grid.cells))
    for is_taken_back in taken_back:
        before, afresh = batches.copy(), batches.copy()
        assert search.buy(batches, LACKING) == Greedy(grid, prices).buy(afresh, LACKING)
        assert batches.tolist() == afresh.tolist()
        if is_taken_back:
            batches = before


def test_a_limit_on_several_regencies_is_remembered():
    limits = [("P", "T", None, 3)]
    grid = grid_of(make.case({"ceiling": 10**6}, limits=limits))
    search, batches = Greedy(grid, np.ones(len(grid.purses))), np.zeros(len(grid.cells))
    while search.buy(batches, LACKING):
        pass
    (limit,) = grid.bounds
    assert 0 < batches[list(limit.cells)].sum() <= limit.most
