"""Amounts that no neighbour bears out: a thousand times the rest of their column or their row."""

from __future__ import annotations

import polars as pl

from pulih.intake import quick
from pulih.intake.work import SheetRows

ENOUGH = 3  # Other amounts of a column, before one is measured by them.
TINY, TINY_TIMES = 10_000, 100  # No firm turns over so little where others do a hundred times more.
BARE_M = r"\d\s*[Mm]\.?\s*$"  # Thousands of millions; who thinks of millions writes it too.
FAR_IN_PEOPLE = 50
FAR, BEYOND_MOST = 300, 20  # Times the usual amount, and times what nine in ten stay within.
SMALL, MANY_PEOPLE = 100_000, 1_000  # An amount below, a number of workers above, may be a slip.
SAYS_SO = r"(?i)juta|jt|mil|tril"  # Who writes the unit out does not mistake it.
NINES_OF_MONEY, NINES_OF_PEOPLE = 7, 3
FAR_IN_A_ROW = 300  # Times the same firm's turnover of another month.
PAY = 100_000  # Rupiah a month: less than anyone works for, in a household's business too.
FEWEST = 3  # Workers; below, owner and family may work for nothing.


def doubt(work: SheetRows) -> None:
    """Doubt amounts far from the others of their column or row, and turnover below its pay."""
    for name, column in work.columns.items():
        if name in work.raw and name in work.values:
            if column.is_money:
                _doubt_column(work, name)
            elif name == "capacity":
                _doubt_capacity(work)
            elif name.startswith("workers") or name in ("laid_off", "furloughed"):
                _doubt_people(work, name)
    _doubt_change(work)
    _doubt_pay(work)


def _only_nines(work: SheetRows, name: str, digits: int) -> pl.Series:
    """Find 999 and the like: how surveys write that there was no answer."""
    return quick.surely(work.raw[name].str.contains(rf"^-?9{{{digits},}}(?:\.0)?$"))


def _doubt_column(work: SheetRows, name: str) -> None:
    values = work.values[name]
    amounts = values.filter(values > 0)
    if len(amounts) <= ENOUGH:
        return
    middle = amounts.quantile(0.5, "lower") or 1
    high = amounts.quantile(0.9, "lower") or 1
    low = amounts.quantile(0.1, "higher") or 1
    above = (values >= middle * FAR) & (values >= high * BEYOND_MOST)
    below = (values > 0) & (values * FAR <= middle) & (values * BEYOND_MOST <= low)
    if above.any():
        above &= ~quick.surely(work.raw[name].str.contains(SAYS_SO))
    beyond = values >= high * BEYOND_MOST
    if beyond.any():
        above |= beyond & quick.surely(work.raw[name].str.contains(BARE_M))
    nines = _only_nines(work, name, NINES_OF_MONEY)
    nines |= (values > 0) & (values < TINY) & (values * TINY_TIMES <= middle)
    doubt_once(work, name, quick.surely(above | nines | (below & (values <= SMALL))))


def _doubt_capacity(work: SheetRows) -> None:
    """Doubt a capacity whose separator makes it hundreds of times more or less than the others."""
    values = work.values["capacity"]
    amounts = values.filter(values > 0)
    if len(amounts) <= ENOUGH:
        return
    middle = amounts.quantile(0.5, "lower") or 1
    far = (values * FAR <= middle) | (values >= middle * FAR)
    parted = work.raw["capacity"].str.contains(r"\d[.,]\d{3}(?:\D|$)")
    doubt_once(work, "capacity", quick.surely((values > 0) & far & parted))


def _doubt_people(work: SheetRows, name: str) -> None:
    values = work.values[name]
    # Survey programs write 5 as `5.000`; no IKM has thousands of workers.
    parted = work.raw[name].str.contains(r"^\s*\d{1,3}[.,]\d{3}(?:\D|$)")
    doubt_once(work, name, quick.surely((values >= MANY_PEOPLE) & parted), "thousands_of_people")
    numbers = values.filter(values > 0)
    if len(numbers) <= ENOUGH:
        return
    middle = numbers.quantile(0.5, "lower") or 1
    many = quick.surely((values >= MANY_PEOPLE) & (values >= middle * FAR_IN_PEOPLE))
    doubt_once(work, name, many | _only_nines(work, name, NINES_OF_PEOPLE))


def _doubt_change(work: SheetRows) -> None:
    """Doubt the one of two turnovers of a firm that lies farther from its column; else both."""
    first, second = (work.values.get(name) for name in ("turnover_before", "turnover"))
    if first is None or second is None:
        return
    both = quick.surely((first > 0) & (second > 0))
    far = both & ((first >= second * FAR_IN_A_ROW) | (second >= first * FAR_IN_A_ROW))
    if not far.any():
        return
    off_first, off_second = (_distance(one, both & ~far) for one in (first, second))
    for name, ours, theirs in (
        ("turnover_before", off_first, off_second), ("turnover", off_second, off_first)
    ):  # fmt: skip
        if name in work.raw:
            doubt_once(work, name, far & (ours >= theirs - 1).fill_null(True))


def _distance(values: pl.Series, rows: pl.Series) -> pl.Series:
    """Return by how many powers of ten amounts lie from the usual one; 0 if none is known."""
    usual = values.filter(rows & (values > 0)).median()
    if not isinstance(usual, int | float):
        return pl.Series([0.0]).new_from_index(0, len(values))
    return (values.cast(pl.Float64).clip(1) / usual).log10().abs()


def _doubt_pay(work: SheetRows) -> None:
    """Doubt a usual turnover that would not pay its workers; that of a crisis may be so low."""
    name = "turnover_before" if work.kind.name == "impact" else "turnover"
    people = "workers_before" if work.kind.name == "impact" else "workers"
    turnover, workers = work.values.get(name), work.values.get(people)
    if turnover is None or workers is None or name not in work.raw:
        return
    low = (turnover > 0) & (turnover < workers * PAY) & (workers >= FEWEST)
    work.doubt(name, low, "turnover_low")


def doubt_once(work: SheetRows, name: str, rows: pl.Series, rule: str = "far_from_others") -> None:
    """Tell a doubt where nothing else was told yet."""
    if not rows.any():
        return
    for part in work.found:
        if part["column"][0] == name:
            told = pl.int_range(len(rows), eager=True).is_in(part["index"].implode())
            rows = rows & ~told
    work.doubt(name, rows, rule)
