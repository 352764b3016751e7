"""One value that a person types where no sheet is: read as the column of a sheet would read it."""

from typing import NamedTuple

import polars as pl

from pulih.common.errors import Message
from pulih.intake import firms
from pulih.intake.columns import Column
from pulih.intake.readings.reading import read

LONGEST_SHOWN = 40


class Typed(NamedTuple):
    """value: None for nothing typed. fault: why it is refused; None when it is taken."""

    value: object = None
    fault: Message | None = None


def firm_column(name: str) -> Column:
    """Return the declaration of a column of lists of firms."""
    return next(one for one in firms.COLUMNS if one.name == name)


def read_typed(column: Column, text: str) -> Typed:
    """Read what was typed. What a sheet would correct or empty is refused: its writer is here."""
    bare = " ".join(text.split())
    if not bare:
        return Typed()
    result = read(pl.Series([bare]), None, column.reading)
    value = result.values[0]
    return Typed(None, _fault(column, bare)) if len(result.rules) else Typed(value)


def _fault(column: Column, text: str) -> Message:
    short = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    title, must = column.title, column.must
    return Message(
        f'{title.id} "{short}" tidak dapat diterima. Isi dengan {must.id}.',
        f'The {title.en} "{short}" cannot be taken. Enter {must.en}.',
    )
