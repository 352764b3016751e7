"""Amounts whose `Rp` stands in a cell of its own left of them, as accountants print lists."""

from dataclasses import replace

import polars as pl

from pulih.intake import quick
from pulih.intake.layout import Table

SIGN = r"(?i)^\W*(?:rp|idr)\W*$"


def headed_at_amounts(table: Table, body: pl.DataFrame) -> Table:
    """Return the table with each heading over a column of `Rp` moved to the amounts beside it."""
    found = list(table.headings)
    for at in range(min(len(found), body.width) - 1):
        if found[at] and found[at + 1] in (None, found[at]) and _holds_signs(body, at):
            found[at], found[at + 1] = None, found[at]
    return replace(table, headings=tuple(found)) if tuple(found) != table.headings else table


def _holds_signs(body: pl.DataFrame, at: int) -> bool:
    """Say whether a column holds `Rp` alone, and hardly a row has one without an amount."""
    signs, amounts = body.to_series(at), body.to_series(at + 1)
    filled = quick.filled(signs)
    if filled.is_empty() or not filled.str.contains(SIGN).all():
        return False
    figures = quick.surely(amounts.str.contains(r"\d"))
    return int((quick.is_filled(signs) & figures).sum()) * 2 >= len(filled)
