"""What a whole column shows of how its office writes: separators, and the order of day and month.

A cell such as `1.125` or `05/06/2020` can be read in two ways; its neighbours decide.
"""

import polars as pl

from pulih.intake.readings.days import Order
from pulih.intake.readings.numbers import Habit, Use

DAY = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}"
FEW, RARE = 5, 0.25  # Of the days of a year, 61 % lie after the twelfth of their month.


def habit(texts: pl.Series, numeric: pl.Series | None) -> Habit:
    """Return what dot and comma mean in the texts of a column, where they show it."""
    written = texts.filter(~numeric) if numeric is not None else texts
    odd = written.filter(written.str.contains(r"\d[.,]\d").fill_null(False)).unique()
    if odd.is_empty():
        return Habit()
    return Habit(
        _use(odd, r"\.", ","),
        _use(odd, ",", r"\."),
    )


def _use(texts: pl.Series, sign: str, other: str) -> Use | None:
    """Say whether a sign is proven to group thousands or to begin decimals; None: neither."""
    group = texts.str.contains(rf"(?:^|[^\d.,])\d{{1,3}}(?:{sign}\d{{3}}){{2,}}(?:\D|$)").any()
    group |= texts.str.contains(rf"\d{sign}\d{{3}}{other}\d{{1,2}}(?:\D|$)").any()
    decimal = texts.str.contains(
        rf"(?:^|[^\d.,])(?:\d+|\d{{1,3}}(?:{other}\d{{3}})+){sign}(?:\d{{1,2}}|\d{{4,}})(?:\D|$)"
    ).any()
    if group == decimal:
        return None
    return "group" if group else "decimal"


def day_order(texts: pl.Series) -> Order:
    """Return the order of day and month; unclear where too few days prove the American one."""
    different = texts.drop_nulls().unique()
    first = different.str.extract(DAY, 1).cast(pl.Int64, strict=False)
    second = different.str.extract(DAY, 2).cast(pl.Int64, strict=False)
    american, usual = int((second > 12).sum()), int((first > 12).sum())
    if not american:
        return Order()
    both_ways = int(((first <= 12) & (second <= 12)).sum())
    if usual:
        return Order(month_first=american > usual, is_unclear=True)
    is_rare = both_ways >= FEW and american < RARE * (american + both_ways)
    return Order(month_first=not is_rare, is_unclear=is_rare)
