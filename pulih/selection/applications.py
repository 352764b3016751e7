"""The table `applications` from columns of text into arrays, or every fault in it."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from pulih.casefiles.cells import BLANK
from pulih.casefiles.columns import Columns
from pulih.casefiles.reading import NO_COLUMN
from pulih.common.errors import Fault, Message
from pulih.selection import cells
from pulih.selection.case import MICRO, Applications, Attribute, Whole

TABLE = "applications"
OWN = ("application", "score", "cost", "fixed")  # Every other column is an attribute.
PLAIN_SCORE = r"^[0-9]{1,6}(\.[0-9]{0,6})?$"
PLAIN_COST = r"^[0-9]{1,18}$"

Reader = Callable[[str | None], int | Message]


def applications_from(
    columns: Columns, attributes: Sequence[str]
) -> tuple[Applications | None, list[Fault]]:
    """Give the applications sorted by code; attributes the file lacks are left out."""
    lacking = [name for name in ("application", "score") if name not in columns.headings]
    if lacking:
        return None, [Fault(TABLE, 1, name, None, NO_COLUMN) for name in lacking]
    faults = _code_faults(columns)
    score = _numbers(columns, "score", PLAIN_SCORE, _plain_scores, cells.score, faults)
    cost = _numbers(columns, "cost", PLAIN_COST, _plain_costs, cells.cost, faults)
    fixed = _numbers(columns, "fixed", r"^$", _plain_costs, cells.fixed, faults)
    if faults:
        return None, faults
    code = columns.texts["application"]
    order = code.arg_sort()
    places = order.to_numpy()
    known = [name for name in attributes if name in columns.texts]
    kept = {name: _attribute(columns.texts[name].to_list(), places) for name in known}
    codes = code.gather(order).to_list()
    found = Applications(codes, score[places], cost[places], fixed[places].astype(np.int8), kept)
    return found, []


def _attribute(texts: list[str | None], places: Whole) -> Attribute:
    values = sorted({text for text in texts if text is not None})
    numbers: dict[str | None, int] = {value: number for number, value in enumerate(values)}
    numbers[None] = -1
    return Attribute(tuple(values), np.array([numbers[t] for t in texts], dtype=np.int64)[places])


def _code_faults(columns: Columns) -> list[Fault]:
    code, row = columns.texts["application"], columns.row
    found = [
        Fault(TABLE, number, "application", None, BLANK) for number in row.filter(code.is_null())
    ]
    if code.n_unique() == len(code):
        return found
    first: dict[str, int] = {}
    doubled = code.is_duplicated() & code.is_not_null()
    for name, number in zip(code.filter(doubled), row.filter(doubled), strict=True):
        if name in first:
            found.append(Fault(TABLE, number, "application", name, _same_as(first[name])))
        first.setdefault(name, number)
    return found


def _same_as(row: int) -> Message:
    return Message(
        f"Permohonan ini sudah ada di baris {row}.",
        f"This application already stands in row {row}.",
    )


def _numbers(
    columns: Columns,
    name: str,
    pattern: str,
    plain: Callable[[pl.Series], pl.Series],
    slow: Reader,
    faults: list[Fault],
) -> Whole:
    """Read a column: plain cells all at once, blank and odd ones by their reader."""
    values = np.zeros(len(columns.row), dtype=np.int64)
    if name not in columns.texts:
        return values
    texts = columns.texts[name]
    is_plain = texts.str.contains(pattern).fill_null(False)
    values[is_plain.to_numpy()] = plain(texts.filter(is_plain)).to_numpy()
    places = np.flatnonzero(~is_plain.to_numpy())
    odd = texts.gather(places)
    known = {text: slow(text) for text in odd.unique()}
    for place, text in zip(places, odd, strict=True):
        value = known[text]
        if isinstance(value, Message):
            faults.append(Fault(TABLE, int(columns.row[int(place)]), name, text, value))
        else:
            values[place] = value
    return values


def _plain_scores(texts: pl.Series) -> pl.Series:
    parts = texts.str.split_exact(".", 1).struct.unnest()
    whole = parts["field_0"].cast(pl.Int64)
    rest = parts["field_1"].fill_null("").str.pad_end(6, "0").cast(pl.Int64)
    return whole * MICRO + rest


def _plain_costs(texts: pl.Series) -> pl.Series:
    return texts.cast(pl.Int64)
