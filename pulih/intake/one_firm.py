"""A firm over several rows, its name merged down over them: one row, with all of its products.

So are the members that stand below their group (KUB), each in a row without a name of its own.
"""

from __future__ import annotations

import re

import polars as pl

from pulih.common.errors import Message
from pulih.intake import body as bodies
from pulih.intake import headings
from pulih.intake.assignment import Assignment
from pulih.intake.cells import Sheet
from pulih.intake.layout import Table
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

OF_MEMBERS = re.compile(r"(?:nama )?(?:para )?anggota(?: (?:kelompok|kub|sentra|koperasi))?")
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


def members(table: Table, assignment: Assignment, body: pl.DataFrame, kept: pl.Series) -> Followers:
    """Return the rows that name only another member of the group above them."""
    names = assignment.recognised
    keys = [names[name] for name in ("business_name", "owner_name") if name in names]
    at = members_column(table, assignment)
    if at is None or "business_name" not in names:
        return {}
    found: Followers = {}
    head: int | None = None
    for row in kept.to_list():
        cells = body.row(row)
        if any(cells[key] for key in keys):
            head = row
        elif head is not None and cells[at] and not _is_numbered(table, cells, at):
            found[row] = head
    return found


def members_column(table: Table, assignment: Assignment) -> int | None:
    """Return the column that names the members of groups, and how many they are it does not."""
    texts = {i: headings.normal(table.headings[i] or "") for i in assignment.unknown}
    return next((i for i, text in texts.items() if OF_MEMBERS.fullmatch(text)), None)


def _is_numbered(table: Table, cells: tuple[str | None, ...], members: int) -> bool:
    """Say whether a row bears a running number of its own, outside the column of members."""
    return any(cells[i] for i in bodies.running_numbers(table) if i < members)


def join(
    body: pl.DataFrame, table: Table, assignment: Assignment, found: Followers
) -> pl.DataFrame:
    """Write what the rows of one firm list into its first row, such as `Tahu; Tempe`."""
    positions = [assignment.recognised.get(name) for name in JOINED]
    for position in (*positions, members_column(table, assignment)):
        if position is None:
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
    listed = members_column(work.table, work.assignment)
    for row, first in found.items():
        cells, above = body.row(row), body.row(first)
        at = next((i for i, cell in enumerate(cells) if cell and cell != above[i]), None)
        if at is None:
            continue
        left = [
            work.assignment.written.get(i, "")
            for i, cell in enumerate(cells)
            if cell and cell != above[i] and ours.get(i) not in JOINED and i != listed
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
