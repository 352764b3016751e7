"""States of pools against trying every rupiah that a pool may hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.refocusing.grid import grid_of
from pulih.refocusing.money import change_of
from pulih.refocusing.program import Program, run
from pulih.refocusing.states import pools_are_in_states, states_of
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.small_cases import small_cases

ROOM = 6  # Rupiah that a pool may hold beyond what it held.


def least_in_states(grid, pool, demand, price, tops):
    """Return the least priced money and change of a pool that runs and batches ask for."""
    states, program = states_of(grid, tops), Program()
    floor = np.array([purse.floor for purse in grid.purses]) / grid.scale
    money = program.columns(len(floor), lower=floor)
    held = pools_are_in_states(program, states, money, counts_change=tops is not None, whole=True)
    fixed = program.columns(2, lower=demand, upper=demand)
    program.entries.append((held.run_rows[[pool]], fixed[:1], -np.ones(1)))
    program.entries.append((held.batch_rows[[pool]], fixed[1:], -np.ones(1)))
    priced = np.zeros(len(floor))
    priced[states.purse[pool]] = price
    changed = np.zeros(len(held.costs))
    is_own = np.concatenate((states.pool == pool, *[np.arange(states.pools) == pool] * 5))
    changed[is_own] = held.costs[is_own]
    if tops is None:
        changed[:] = 0.0
    program.minimise(np.concatenate((money, held.columns)), np.concatenate((priced, changed)))
    answer = run(program, seconds=10.0)
    return None if answer.columns is None else answer.value


def least_by_trying(grid, purse, spent, price, *, counts_change):
    """Return the same by looking at every sum of whole rupiah."""
    own, found = grid.purses[purse], []
    needed = max(own.floor, own.blocked + spent)
    before = [one.before for one in grid.purses]
    for money in range(needed, needed + own.before + ROOM + 1):
        if (own.is_fixed and money > own.floor) or money > own.before + ROOM:
            break
        changed = change_of(grid, [*before[:purse], money, *before[purse + 1 :]])
        found.append(price * money + (changed if counts_change else 0))
    return min(found, default=None)


@settings(deadline=None, max_examples=examples(80))
@given(
    small_cases(),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([0.25, 0.5, 1, 1.5, 4]),
    st.booleans(),
)
def test_a_pool_costs_in_its_states_what_it_costs(case, runs, more, price, counts_change):
    ceiling = sum(line.ceiling for line in case.lines) + 40  # Which never is what holds it.
    grid = grid_of(replace(case, settings=replace(case.settings, ceiling=ceiling)))
    before = np.array([purse.before for purse in grid.purses], dtype=np.float64)
    tops = before + ROOM if counts_change else None
    states = states_of(grid, tops)
    for pool, purse in enumerate(states.purse):
        cells = [cell for cell in grid.cells if cell.purse == purse and cell.most]
        some = sorted((cell.most for cell in cells), reverse=True)[:runs]
        if not some:
            continue
        batches = min(len(some) + more, sum(some))
        spent = cells[0].setup * len(some) + cells[0].step * batches
        if spent + grid.purses[purse].blocked > before[purse] + ROOM:
            continue
        paid = len(some) if cells[0].setup else 0  # Runs that cost nothing are not counted.
        found = least_in_states(grid, pool, (paid, batches), price, tops)
        asked = least_by_trying(grid, purse, spent, price, counts_change=counts_change)
        assert found == (asked if asked is None else pytest.approx(asked))


def test_a_pool_whose_regencies_pay_differently_is_in_no_states():
    rows = {
        "areas": [("P", None, "P"), ("P1", "P", "P1"), ("P2", "P", "P2")],
        "lines": [("L", "P", "G", 60, 0, 0, 0)],
        "needs": [("P1", "tool", 8, 50), ("P2", "tool", 8, 50)],
    }
    even = make.case(costs=[(None, "G", 2)], **rows)
    other = make.case(costs=[(None, "G", 2), ("P1", "G", 3)], **rows)
    assert states_of(grid_of(even)).are_all
    assert not states_of(grid_of(other)).are_all
