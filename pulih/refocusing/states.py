"""What pools may buy and hold, as whole states, where all regencies of a pool pay the same.

The money of a pool buys whole runs and batches, and only their numbers count. One state is such a
pair of numbers with what the pool then holds and what that changes. A pool in one state, or
relaxed in a mixture of them, says of its money all that there is to say, so that neither cuts nor
columns of what rises and falls are needed. Where a batch more costs as much as the one before,
one state stands for several; beyond the last ones every run and every batch is paid in full.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pulih.refocusing.grid import Floats, Grid, Purse, Whole
from pulih.refocusing.program import Program

NO_POOL = -1


@dataclass(frozen=True)
class States:
    """States of all pools one after another, money in solver units.

    pool: of each state, counted from 0; money: what the pool holds; change: what that counts in
    the third stage; fallen: by how much it holds less than before; span: batches more that raise
    money and lower change by what they cost; beyond: 1 where more may be bought. The rest is by
    pool; room: what it may hold beyond its states.
    """

    pool: Whole
    runs: Floats
    batches: Floats
    money: Floats
    change: Floats
    fallen: Floats
    span: Floats
    beyond: Floats
    purse: Whole
    setup: Floats
    step: Floats
    most_runs: Floats
    most_batches: Floats
    room: Floats
    of_purse: Whole  # The pool of each purse of the grid, or NO_POOL.
    missing: int  # Pools that pay for something and are in no states.

    @property
    def are_all(self) -> bool:
        """Whether every pool that pays for anything is in states."""
        return self.missing == 0

    def entries(
        self, held: "Held", purse: Whole, runs: Whole, batches: Whole, count: Floats
    ) -> Iterator[tuple[Whole, Whole, Floats]]:
        """Yield what runs and batches of purses take of their states.

        runs, batches: a column each, `count` being how many batches it stands for.
        """
        pool = self.of_purse[purse]
        inside = np.flatnonzero(pool != NO_POOL)
        yield held.batch_rows[pool[inside]], batches[inside], -count[inside]
        paid = inside[self.setup[pool[inside]] > 0]
        yield held.run_rows[pool[paid]], runs[paid], -np.ones(len(paid))

    @property
    def pools(self) -> int:
        return len(self.purse)


@dataclass(frozen=True)
class Held:
    """Rows of a program that hold pools in states, one per pool, and what counts as change."""

    run_rows: Whole
    batch_rows: Whole
    columns: Whole
    costs: Floats


@dataclass(frozen=True)
class _State:
    runs: int
    batches: int
    money: int
    change: int
    fallen: int
    is_beyond: bool
    span: int = 0


@dataclass(frozen=True)
class _Pool:
    """A pool and what it may buy, in rupiah.

    most: batches by number of runs; where a run costs nothing by none and any.
    """

    purse: Purse
    setup: int
    step: int
    most: tuple[int, ...]
    has_rules: bool  # Beside the ceiling: they may make it hold more than it needs.

    def within(self, money: int, runs: int) -> int:
        """Return the most batches that so much money pays in so many runs, less than runs if none.

        Blocked money buys nothing.
        """
        left = money - self.purse.blocked - self.setup * runs
        return min(self.most[runs], left // self.step) if left >= 0 else -1

    def needed(self, runs: int, batches: int) -> int:
        return self.purse.blocked + self.setup * runs + self.step * batches


def states_of(grid: Grid, tops: Floats | None = None) -> States:
    """Return the states of every pool whose regencies pay the same; none of others.

    tops: the most a purse may hold, where change counts.
    """
    key = b"" if tops is None else tops.tobytes()
    if key not in grid.states:
        grid.states[key] = _states(grid, tops)
    return grid.states[key]


def _states(grid: Grid, tops: Floats | None) -> States:
    found: list[tuple[int, _Pool, list[_State]]] = []
    for index, pool in _even_pools(grid):
        if tops is None:
            every = list(_by_money(pool))
        else:
            top = round(float(tops[index]) * grid.scale)
            every = list(_by_change(pool, grid.case.settings.change_cost, top))
        found.append((index, pool, list(dict.fromkeys(every))))
    return _as_arrays(grid, tops, found)


def _even_pools(grid: Grid) -> Iterator[tuple[int, _Pool]]:
    inside: dict[int, list[int]] = {}
    for place, cell in enumerate(grid.cells):
        inside.setdefault(cell.purse, []).append(place)
    for index in sorted(inside):
        cells = [grid.cells[place] for place in inside[index]]
        first = cells[0]
        if first.step and all((c.step, c.setup) == (first.step, first.setup) for c in cells):
            mosts = sorted((cell.most for cell in cells if cell.most), reverse=True)
            by_runs = np.cumsum(mosts) if first.setup else [sum(mosts)]
            most = (0, *(int(count) for count in by_runs))
            has_rules = len(grid.rules) > 1
            yield index, _Pool(grid.purses[index], first.setup, first.step, most, has_rules)


def _by_money(pool: _Pool) -> Iterator[_State]:
    """Yield what the money held anyway buys at most, and the least purchases beyond it."""
    floor = pool.purse.floor
    for runs in range(len(pool.most)):
        count = pool.within(floor, runs)
        if count >= runs:
            yield _State(runs, count, floor, 0, 0, is_beyond=False)
        if not runs or pool.purse.is_fixed:
            continue
        if more := _least_beyond(pool, floor, runs):
            yield _State(runs, more, pool.needed(runs, more), 0, 0, is_beyond=True)
        if count < runs:
            return


def _least_beyond(pool: _Pool, money: int, runs: int) -> int | None:
    """Return the fewest batches in so many runs that cost more, None where there are none."""
    more = max(runs, pool.within(money, runs) + 1)
    return more if more <= pool.most[runs] else None


def _by_change(pool: _Pool, cost: int, top: int) -> Iterator[_State]:
    """Yield the corners of what changes: a pool keeps what it held, lowers some lines, or rises."""
    purse = pool.purse
    before = purse.before
    rooms = sorted((line.ceiling - line.floor for line in purse.lines), reverse=True)
    depths = [0, *np.cumsum([room for room in rooms if room]).tolist()]
    for runs in range(len(pool.most)):
        for count, depth in enumerate(depths):
            yield from _lowered(pool, runs, before - depth, count, cost)
            if count:
                highest = before - depths[count - 1] - 1
                yield from _partly_lowered(pool, runs, (before - depth, highest), count, cost)
        if not pool.purse.is_fixed:
            yield from _risen(pool, runs, cost, top)
        if pool.within(before, runs) < runs:
            return


def _lowered(pool: _Pool, runs: int, money: int, lines: int, cost: int) -> Iterator[_State]:
    fallen = pool.purse.before - money
    count = pool.within(money, runs)
    if count >= runs:
        yield _State(runs, count, money, fallen + cost * lines, fallen, is_beyond=False)


def _partly_lowered(
    pool: _Pool, runs: int, ends: tuple[int, int], lines: int, cost: int
) -> Iterator[_State]:
    """Yield the fewest batches that need money between two ends, spanning all up to the most."""
    fewest = max(runs, pool.within(ends[0], runs) + 1)
    most = pool.within(ends[1], runs)
    if runs and fewest <= most:
        money = pool.needed(runs, fewest)
        fallen = pool.purse.before - money
        changed = fallen + cost * lines
        yield _State(runs, fewest, money, changed, fallen, is_beyond=False, span=most - fewest)


def _risen(pool: _Pool, runs: int, cost: int, top: int) -> Iterator[_State]:
    before = pool.purse.before
    count = pool.within(before, runs)
    if pool.has_rules and count >= runs and before < top:
        yield _State(runs, count, before, cost, 0, is_beyond=True)
    more = _least_beyond(pool, before, runs) if runs else None
    if more is not None and pool.needed(runs, more) <= top:
        money = pool.needed(runs, more)
        yield _State(runs, more, money, money - before + cost, 0, is_beyond=True)


def _as_arrays(
    grid: Grid, tops: Floats | None, found: Sequence[tuple[int, _Pool, list[_State]]]
) -> States:
    every = [state for _, _, states in found for state in states]
    sizes = [len(states) for _, _, states in found]
    scale, purses = grid.scale, np.array([index for index, _, _ in found], dtype=np.int64)
    of_purse = np.full(len(grid.purses), NO_POOL, dtype=np.int64)
    of_purse[purses] = np.arange(len(found))
    before = np.array([pool.purse.before for _, pool, _ in found]) / scale
    room = np.zeros(len(found)) if tops is None else np.maximum(0.0, tops[purses] - before)
    return States(
        np.repeat(np.arange(len(found)), sizes),
        np.array([state.runs for state in every], dtype=np.float64),
        np.array([state.batches for state in every], dtype=np.float64),
        np.array([state.money for state in every], dtype=np.float64) / scale,
        np.array([state.change for state in every], dtype=np.float64) / scale,
        np.array([state.fallen for state in every], dtype=np.float64) / scale,
        np.array([state.span for state in every], dtype=np.float64),
        np.array([state.is_beyond for state in every], dtype=np.float64),
        purses,
        np.array([pool.setup for _, pool, _ in found], dtype=np.float64) / scale,
        np.array([pool.step for _, pool, _ in found], dtype=np.float64) / scale,
        np.array([len(pool.most) - 1 for _, pool, _ in found], dtype=np.float64),
        np.array([pool.most[-1] for _, pool, _ in found], dtype=np.float64),
        room,
        of_purse,
        len({cell.purse for cell in grid.cells}) - len(found),
    )


def pools_are_in_states(
    program: Program, states: States, money: Whole, *, counts_change: bool, whole: bool
) -> Held:
    """(11) sum of states y = 1; runs and batches of a pool <= those of its state and those beyond;
    money = that of its state + what is bought beyond + what is given back or held idle.

    money: one column per purse. The rows of runs and batches still lack what regencies run.
    """
    pools, count = states.pools, len(states.pool)
    place = np.arange(pools)
    chosen = program.columns(count, upper=1.0, whole=whole)
    has_beyond = np.bincount(states.pool, states.beyond, minlength=pools) > 0
    runs = program.columns(pools, upper=np.where(has_beyond, states.most_runs, 0.0))
    batches = program.columns(pools, upper=np.where(has_beyond, states.most_batches, 0.0))
    widest, deepest = np.zeros(pools), np.zeros(pools)
    np.maximum.at(widest, states.pool, states.span)
    np.maximum.at(deepest, states.pool, states.fallen)
    within = program.columns(pools, upper=widest)
    back = program.columns(pools, upper=deepest)
    idle = program.columns(pools, upper=states.room if counts_change else 0.0)
    program.rows(pools, (states.pool, chosen, 1.0), least=1.0, most=1.0)
    run_rows = program.rows(
        pools, (states.pool, chosen, states.runs), (place, runs, 1.0), least=0.0
    )
    batch_rows = program.rows(
        pools,
        (states.pool, chosen, states.batches),
        (place, batches, 1.0),
        (place, within, 1.0),
        least=0.0,
    )
    program.rows(
        pools,
        (place, money[states.purse], 1.0),
        (states.pool, chosen, -states.money),
        (place, runs, -states.setup),
        (place, batches, -states.step),
        (place, within, -states.step),
        (place, back, -1.0),
        (place, idle, -1.0),
        least=0.0,
        most=0.0 if counts_change else np.inf,
    )
    more = [(runs, states.most_runs), (batches, states.most_batches)]
    more += [(idle, states.room)] if counts_change else []
    for columns, most in more:
        beyond = (states.pool, chosen, states.beyond * most[states.pool])
        program.rows(pools, beyond, (place, columns, -1.0), least=0.0)
    if counts_change:
        fallen = (states.pool, chosen, states.fallen)
        taken = (place, within, -states.step)
        program.rows(pools, fallen, taken, (place, back, -1.0), least=0.0)
        program.rows(pools, (states.pool, chosen, states.span), (place, within, -1.0), least=0.0)
    one = np.ones(pools)
    return Held(
        run_rows,
        batch_rows,
        np.concatenate((chosen, runs, batches, within, back, idle)),
        np.concatenate((states.change, states.setup, states.step, -states.step, -one, one)),
    )
