"""Whole rupiah for a choice of units: the least money it needs, or the least change to lines.

Without amounts and shares both are arithmetic. With them HiGHS proposes and whole numbers
dispose: the proposal is rounded, what rounding broke is fixed exactly, or the answer is None.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from pulih.refocusing.case import new_line
from pulih.refocusing.grid import Floats, Grid, Purse, by_pool
from pulih.refocusing.model import (
    Model,
    minimise_change,
    minimise_money,
    money_rule_holds,
)
from pulih.refocusing.program import Program, run

MENDING_SECONDS = 1.5
TO_SPARE = 1e-6  # Of a rupiah: far above what the solver lets rows fail by.
MOST_AT_ONCE = 1e6  # In solver units, in which a ceiling that counts is near 10,000.


def asked_money(grid: Grid, spent: Sequence[int]) -> list[int] | None:
    """Return the least each purse must hold for what it spends; None if a fixed one cannot."""
    asked = [max(p.floor, cost + p.blocked) for p, cost in zip(grid.purses, spent, strict=True)]
    broken = any(p.is_fixed and need > p.floor for p, need in zip(grid.purses, asked, strict=True))
    return None if broken else asked


def least_money(grid: Grid, spent: Sequence[int]) -> list[int] | None:
    """Return money by purse that pays for units and keeps every rule, as little as possible."""
    asked = asked_money(grid, spent)
    if asked is None or _holds(grid, asked):
        return asked
    return _settled(grid, asked, least_change=False) if len(grid.rules) > 1 else None


def least_change(grid: Grid, spent: Sequence[int]) -> list[int] | None:
    """Return money by purse that keeps every rule and changes the lines as little as possible."""
    asked = asked_money(grid, spent)
    if asked is None:
        return None
    if len(grid.rules) > 1:
        return _settled(grid, asked, least_change=True)
    held = [max(p.before, need) for p, need in zip(grid.purses, asked, strict=True)]
    return _cut(grid.purses, held, asked, sum(held) - grid.case.settings.ceiling)


def change_of(grid: Grid, money: Sequence[int]) -> int:
    """Return rupiah moved plus the cost of every line changed."""
    cost = grid.case.settings.change_cost
    lines = lines_after(grid, money)
    before = {line.code: line.ceiling for line in grid.case.lines}
    moved = [abs(after - before.get(code, 0)) for code, after in lines.items()]
    return sum(moved) + cost * sum(1 for rupiah in moved if rupiah)


def lines_after(grid: Grid, money: Sequence[int]) -> dict[str, int]:
    """Return rupiah by line: a purse rises in its first free line, falls in its roomiest ones."""
    after: dict[str, int] = {}
    for purse, held in zip(grid.purses, money, strict=True):
        after |= {line.code: line.ceiling for line in purse.lines}
        moved = held - purse.before
        if moved > 0:
            code = purse.free_lines[0].code if purse.lines else new_line(*purse.pool)
            after[code] = after.get(code, 0) + moved
        for line in sorted(purse.lines, key=lambda line: (line.floor - line.ceiling, line.code)):
            step = min(line.ceiling - line.floor, max(0, -moved))
            after[line.code] -= step
            moved += step
    return after


def _holds(grid: Grid, money: Sequence[int]) -> bool:
    held = by_pool(grid, money)
    return not any(rule.lacks(held) for rule in grid.rules)


def _cut(
    purses: Sequence[Purse], held: list[int], asked: Sequence[int], excess: int
) -> list[int] | None:
    """Take the excess out of as few lines as can give it, the roomiest first."""
    rooms = []
    for index, purse in enumerate(purses):
        spare = min(held[index], purse.before) - asked[index]
        for line in sorted(purse.lines, key=lambda line: (line.floor - line.ceiling, line.code)):
            room = min(spare, line.ceiling - line.floor)
            if room > 0:
                rooms.append((room, index))
                spare -= room
    for room, index in sorted(rooms, key=lambda pair: (-pair[0], pair[1])):
        step = min(room, max(0, excess))
        held[index] -= step
        excess -= step
    return held if excess <= 0 else None


def _settled(grid: Grid, asked: Sequence[int], *, least_change: bool) -> list[int] | None:
    """Return whole money above `asked` that keeps every rule; None when none was found."""
    model = _money_model(grid, asked)
    if least_change:
        minimise_change(model, _tops(grid, asked))
    else:
        minimise_money(model)
    answer = run(model.program, seconds=MENDING_SECONDS, gap=1e-6)
    if answer.columns is None:
        return None
    proposed = [round(value * grid.scale) for value in answer.columns[model.money]]
    return _mended(grid, asked, _snapped(grid, asked, proposed))


def _tops(grid: Grid, asked: Sequence[int]) -> Floats:
    """Return the most each purse may hold: all, or of a ceiling far away what a plan shows.

    Nothing rises by more than all that changes in a plan at hand. Else switches of far more than
    purses ever hold would let rupiah rise for free.
    """
    most = grid.case.settings.ceiling / grid.scale
    tops = np.full(len(grid.purses), most)
    if most <= MOST_AT_ONCE:
        return tops
    held = _settled(grid, asked, least_change=False)
    if held is None:
        return tops
    before = np.array([purse.before for purse in grid.purses], dtype=np.float64)
    shown = (before + change_of(grid, held)) / grid.scale
    return np.asarray(np.minimum(tops, shown))


def _money_model(grid: Grid, asked: Sequence[int]) -> Model:
    program = Program()
    floor = np.array(asked, dtype=np.float64) / grid.scale
    fixed = np.array([purse.is_fixed for purse in grid.purses])
    none = np.zeros(0, dtype=np.int64)
    money = program.columns(
        len(floor), lower=floor, upper=np.where(fixed, floor, np.inf), whole=grid.scale == 1.0
    )
    model = Model(grid, program, none, none, money, none.reshape(0, 0))
    for rule in grid.rules:
        money_rule_holds(model, rule)
    return model


def _snapped(grid: Grid, asked: Sequence[int], proposed: Sequence[int]) -> list[int]:
    """Return the proposal without the solver's dust: exactly asked or exactly as before."""
    if grid.scale == 1.0:
        return list(proposed)  # Solved in whole rupiah: no dust.
    found = []
    for purse, need, held in zip(grid.purses, asked, proposed, strict=True):
        near = [anchor for anchor in (purse.before, need) if abs(held - anchor) <= 1]
        found.append(max(need, near[0] if near else held))
    return found


def _mended(grid: Grid, asked: Sequence[int], money: list[int]) -> list[int] | None:
    """Return money moved by the fewest rupiah so that every rule holds exactly."""
    if _holds(grid, money):
        return money
    # A share of many decimals may fail by less than the solver can tell: then with some to spare.
    return _moved(grid, asked, money, 0.0) or _moved(grid, asked, money, TO_SPARE)


def _moved(grid: Grid, asked: Sequence[int], money: list[int], hair: float) -> list[int] | None:
    """Return money moved by the fewest rupiah that keep each rule with a hair of a rupiah left."""
    program = Program()
    rises_at_most = [0.0 if purse.is_fixed else np.inf for purse in grid.purses]
    falls_at_most = [float(held - need) for held, need in zip(money, asked, strict=True)]
    rises = program.columns(len(money), upper=rises_at_most, whole=True)
    falls = program.columns(len(money), upper=falls_at_most, whole=True)
    held = by_pool(grid, money)
    for rule in grid.rules:
        places = [grid.purse_index[pool] for pool in rule.coefficients]
        values = np.array([a / rule.per_rupiah for a in rule.coefficients.values()])
        rows = np.zeros(len(places))
        lacking = Fraction(_missing(rule.coefficients, rule.least, held), rule.per_rupiah)
        program.rows(
            1,
            (rows, rises[places], values),
            (rows, falls[places], -values),
            least=float(lacking) + hair,
        )
    weights = _dearer_to_touch(grid, money)
    program.minimise(np.concatenate((rises, falls)), np.concatenate((weights, weights)))
    answer = run(program, seconds=MENDING_SECONDS)
    if answer.columns is None:
        return None
    found = [
        rupiah + round(up) - round(down)
        for rupiah, up, down in zip(
            money, answer.columns[rises], answer.columns[falls], strict=True
        )
    ]
    return found if _holds(grid, found) else None


def _missing(
    row: Mapping[tuple[str, str], int], least: int, held: Mapping[tuple[str, str], int]
) -> int:
    """Return what a row still needs; negative when it has room."""
    return least - sum(a * held[pool] for pool, a in row.items())


def _dearer_to_touch(grid: Grid, money: Sequence[int]) -> list[float]:
    """Weigh a rupiah in a line that the plan leaves alone a thousandfold."""
    return [
        1000.0 if held == purse.before else 1.0
        for purse, held in zip(grid.purses, money, strict=True)
    ]
