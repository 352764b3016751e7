"""What a lot of a way costs, exactly: goods with fee, carriage by weight, what a price leaves."""

from fractions import Fraction

from pulih.matching.draft import Key
from pulih.matching.grid import Grid
from pulih.matching.ways import ALONE


def margin_of(grid: Grid, key: Key, distance: int) -> Fraction:
    """Return what the highest price leaves of a lot, in rupiah; the fare aside."""
    place, group, capacity = key
    need = grid.case.needs[place]
    carried = Fraction(grid.case.product[need.product].gram * grid.tariffs[distance][1], 1000)
    fee = 0 if group == ALONE else grid.case.groups[group].fee
    unit = (need.max_price or 0) - grid.price_of[capacity] - fee - carried
    return unit * grid.lot_of[capacity]


def carriage_of(grid: Grid, key: Key, distance: int) -> Fraction:
    """Return the rupiah by weight of a lot, before the bill is rounded up."""
    gram = grid.case.product[grid.case.needs[key[0]].product].gram
    return Fraction(gram * grid.tariffs[distance][1] * grid.lot_of[key[2]], 1000)


def goods_of(grid: Grid, key: Key) -> int:
    """Return the rupiah of a lot with its fee."""
    fee = 0 if key[1] == ALONE else grid.case.groups[key[1]].fee
    return (grid.price_of[key[2]] + fee) * grid.lot_of[key[2]]
