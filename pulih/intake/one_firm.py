"""A firm over several rows, its name merged down over them: one row, with all of its products."""

from __future__ import annotations

import polars as pl

from pulih.common.errors import Message
from pulih.intake.assignment import Assignment
from pulih.intake.cells import Sheet
from pulih.intake.layout import Table
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

JOINED = ("product", "raw_material", "certificates", "needs", "obstacles", "market")
Followers = dict[int, int]  # A row's position in the body, by that of the firm's first row.


def followers(sheet: Sheet, table: Table, assignment: Assignment, body: pl.DataFrame) -> Followers:
    """Return the rows that only carry on a firm whose name is merged down from a row above."""
    names = assignment.recognised
    key = names.get("business_name", names.get("owner_name"))
    found: Followers = {}
    for (top, left), (bottom, right) in sheet.merged:
        if left == right == key and bottom > top >= table.body:
            for row in range(top + 1, min(bottom, table.body + body.height - 1) + 1):
                found[row - table.body] = top - table.body
    return found


def join(body: pl.DataFrame, assignment: Assignment, found: Followers) -> pl.DataFrame:
    """Write what the rows of one firm list into its first row, such as `Tahu; Tempe`."""
    for name in JOINED:
        if (position := assignment.recognised.get(name)) is None:
            continue
        column = body.to_series(position)
        texts: dict[int, list[str]] = {}
        for row, first in found.items():
            listed = texts.setdefault(first, [column[first]] if column[first] else [])
            if column[row] and column[row] not in listed:
                listed.append(column[row])
        joined = ["; ".join(one) or None for one in texts.values()]
        body = body.with_columns(column.scatter(list(texts), joined))
    return body


def tell(work: SheetRows, body: pl.DataFrame, found: Followers) -> None:
    """Tell each row that was joined, and which of its cells are not in the firm's row."""
    ours = {position: name for name, position in work.assignment.recognised.items()}
    for row, first in found.items():
        cells, above = body.row(row), body.row(first)
        at = next((i for i, cell in enumerate(cells) if cell and cell != above[i]), None)
        if at is None:
            continue
        left = [
            work.assignment.written.get(i, "")
            for i, cell in enumerate(cells)
            if cell and cell != above[i] and ours.get(i) not in JOINED
        ]
        number = work.table.body + first + 1
        message = Message(
            f"baris ini melanjutkan usaha di baris {number} dan digabung dengannya"
            + (f"; tidak ikut: {', '.join(left)}. " if left else ". ")
            + "Tulis nama usahanya bila ini usaha lain.",
            f"this row carries on the firm of row {number} and was joined with it"
            + (f"; left out: {', '.join(left)}. " if left else ". ")
            + "Write the firm's name if it is another one.",
        )
        work.tell(work.table.body + row + 1, at, None, cells[at], WARNING, "row_joined", message)
