"""Total rows: they are no data, but what they say must agree with the rows above them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from pulih.common.errors import Message
from pulih.common.money import grouped
from pulih.intake.readings.reading import read
from pulih.intake.wording import WARNING

if TYPE_CHECKING:
    from pulih.intake.work import SheetRows

SUMMED = (
    "workers", "workers_male", "workers_female", "workers_before", "laid_off", "furloughed",
    "investment", "turnover", "turnover_before", "ceiling", "blocked", "committed", "realised",
    "realised_before", "realised_now", "gross", "deductions", "net", "contract_value",
    *(f"month_{number:02d}" for number in range(1, 13)),
    "given", "up", "tup", "used", "gup", "gup_nihil", "ptup", "returned",
)  # fmt: skip
MOST_CHECKED = 500
AVERAGE = re.compile(r"^\W*(?:rata|rt2|rerata|average|mean)", re.IGNORECASE)


@dataclass(frozen=True)
class Total:
    """A total row: its number in the sheet, and what it says by column (text, stored as number)."""

    row: int
    cells: dict[str, tuple[str, bool]]


def written(work: SheetRows, body: pl.DataFrame, positions: list[int]) -> list[Total]:
    """Note what the total rows at these positions of the body say."""
    found: list[Total] = []
    numeric = work.sheet.numeric
    for position in positions[:MOST_CHECKED]:
        if any(AVERAGE.match(cell) for cell in body.row(position) if cell):
            continue
        cells: dict[str, tuple[str, bool]] = {}
        for name in SUMMED:
            at = work.assignment.recognised.get(name)
            text = None if at is None else body.to_series(at)[position]
            if at is not None and text is not None:
                row = work.table.body + position
                cells[name] = str(text), bool(numeric is not None and numeric.to_series(at)[row])
        found.append(Total(work.table.body + position + 1, cells))
    return found


def check(work: SheetRows) -> None:
    """Compare each total with the sum of the rows since the total before it, and of all above."""
    start = 0
    for total in work.totals:
        above = work.row_numbers < total.row
        since = above & (work.row_numbers > start)
        _check_one(work, total, above, since)
        start = total.row


def check_as_written(work: SheetRows, name: str) -> None:
    """Compare the totals of a column that is about to change, and leave it out of `check`."""
    kept = work.totals
    work.totals = [
        Total(one.row, {name: one.cells.pop(name)} if name in one.cells else {}) for one in kept
    ]
    check(work)
    work.totals = kept


def _check_one(work: SheetRows, total: Total, above: pl.Series, since: pl.Series) -> None:
    """Tell the first column in which a total agrees with neither sum: one warning a total."""
    for name, (text, is_number) in total.cells.items():
        values = work.values.get(name)
        if values is None or name not in work.readings:
            continue
        told = read(pl.Series([text]), pl.Series([is_number]), work.readings[name]).values[0]
        if told is None:
            continue
        sums = [int(values.filter(rows).sum() or 0) for rows in (above, since)]
        if int(told) not in sums:
            _tell(work, total, name, text, int(told), sums)
            return


def _tell(work: SheetRows, total: Total, name: str, text: str, told: int, sums: list[int]) -> None:
    column = work.kind.column(name)
    real = min(sums, key=lambda one: abs(one - told))
    message = Message(
        f'jumlah {column.title.id} "{text}" tidak sama dengan jumlah barisnya, {grouped(real)} '
        f"(selisih {grouped(told - real)}). Baris yang dipakai; periksa keduanya.",
        f'the total of the {column.title.en} "{text}" is not the sum of its rows, '
        f"{grouped(real, 'en')} "
        f"(difference {grouped(told - real, 'en')}). The rows were used; check both.",
    )
    work.tell(total.row, work.position(name), name, text, WARNING, "total_differs", message)
