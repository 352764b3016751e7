"""A sheet on its way from raw cells to rows: what is known of it, and what was found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pulih.common.errors import Message
from pulih.intake import problems, quick
from pulih.intake.areas import Areas
from pulih.intake.assignment import Assignment
from pulih.intake.cells import Sheet
from pulih.intake.columns import Column
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table
from pulih.intake.readings.reading import Reading, Result, read
from pulih.intake.totals import Total
from pulih.intake.wording import CORRECTED, REJECTED, RULES
from pulih.places import Place


@dataclass(frozen=True)
class IntakeRequest:
    """What the reader of a file was told: its day, its area and what headings mean."""

    on: date
    within: Place | None
    mapping: Mapping[str, str]


@dataclass
class SheetRows:
    """What a sheet came to; `work` while it is being read.

    row_numbers: the number of each data row in the sheet. values: the columns as they were read;
    raw and numeric: as they were written, and where as numbers. found: problems of cells;
    told: problems of whole columns and sheets, in words. scales: by what the unit in a heading or
    title multiplied each column of money. on: the day for which it was read.
    mark: the letter of its first column where another table stands left of it; else blank.
    marks: by row, the letters of the column of its goods, where a row of the sheet became several.
    moved: where the cells of a form stand in the office's sheet, by their address in this one;
    moved_rows: and its rows. folded: the office's sheet, where its rows were moved beside each
    other. explained: normalised headings that the office itself explained.
    """

    sheet: Sheet
    table: Table
    kind: Kind
    assignment: Assignment
    row_numbers: pl.Series
    values: dict[str, pl.Series] = field(default_factory=dict)
    raw: dict[str, pl.Series] = field(default_factory=dict)
    numeric: dict[str, pl.Series] = field(default_factory=dict)
    found: list[pl.DataFrame] = field(default_factory=list)
    told: list[pl.DataFrame] = field(default_factory=list)
    areas: Areas = field(default_factory=Areas)
    columns: dict[str, Column] = field(default_factory=dict)
    extra: dict[str, pl.Series] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    scales: dict[str, int] = field(default_factory=dict)
    on: date | None = None
    mark: str = ""
    marks: dict[int, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    moved_rows: dict[int, int] = field(default_factory=dict)
    folded: Sheet | None = None
    explained: frozenset[str] = frozenset()

    @property
    def height(self) -> int:
        """Return how many data rows there are."""
        return len(self.row_numbers)

    @property
    def office(self) -> Sheet:
        """Return the sheet as the office sees it."""
        return self.folded or self.sheet

    def position(self, name: str) -> int:
        """Return the position of a column in the sheet; the first if the sheet has it not."""
        return self.assignment.recognised.get(name, 0)

    def doubt(self, name: str, rows: pl.Series, rule: str | pl.Series) -> None:
        """Note a rule for the cells of a column in some rows: a mask (null: no) or indices."""
        at = quick.where(rows) if rows.dtype == pl.Boolean else rows
        if at.is_empty():
            return
        rules = (
            pl.Series([rule], dtype=pl.String).new_from_index(0, len(at))
            if isinstance(rule, str)
            else rule
        )
        raw = self.raw.get(name)
        told = pl.DataFrame(
            {
                "index": at.cast(pl.Int64),
                "row": self.row_numbers[at],
                "value": raw[at] if raw is not None else self._value(name, at),
                "rule": rules,
                "column": quick.same(name, len(at), pl.String),
            }
        )
        self.found.append(told)

    def read_cells(self, name: str) -> Result:
        """Read the cells of a column by the reading that was fitted to it."""
        return read(self.raw[name], self.numeric.get(name), self.readings[name])

    def take(self, name: str, result: Result) -> None:
        """Keep what a column was read as, and note which rules its cells fell under."""
        self.values[name] = result.values.alias(name)
        for rule in dict.fromkeys(result.rules):
            self.doubt(name, result.rows.filter(result.rules == rule), str(rule))

    def empty(self, dtype: type[pl.DataType]) -> pl.Series:
        """Return a column of this sheet that holds nothing."""
        return pl.Series([None], dtype=dtype).new_from_index(0, self.height)

    def need(self, name: str, missing: pl.Series, rule: str) -> None:
        """Note a rule where a column that the kind needs is blank, or is not there at all."""
        self.columns.setdefault(name, self.kind.column(name))
        self.doubt(name, missing, rule)

    def _value(self, name: str, at: pl.Series) -> pl.Series:
        values = self.values.get(name)
        empty = pl.Series([None], dtype=pl.String).new_from_index(0, len(at))
        return values[at].cast(pl.String) if values is not None else empty

    def keep(self, at: pl.Series) -> None:
        """Keep only the data rows with these indices, in this order, and what was found there."""
        new_index = pl.DataFrame(
            {"index": at.cast(pl.Int64), "new": range(len(at))}, schema_overrides={"new": pl.Int64}
        )
        self.row_numbers = self.row_numbers.gather(at)
        for store in (self.values, self.raw, self.numeric, self.extra):
            for name, series in store.items():
                store[name] = series.gather(at)
        moved = [
            part.join(new_index, on="index").drop("index").rename({"new": "index"})
            for part in self.found
        ]
        self.found = [
            part.select("index", "row", "value", "rule", "column") for part in moved if part.height
        ]

    def tell(
        self,
        row: int,
        position: int,
        column: str | None,
        value: str | None,
        kind: str,
        rule: str,
        message: Message,
    ) -> None:
        """Note what holds for a whole column or sheet; it changes no row's verdict."""
        name = self.sheet.name
        self.told.append(problems.single(name, row, position, column, value, kind, rule, message))

    def tell_heading(self, name: str, kind: str, rule: str, message: Message) -> None:
        """Note what holds for a whole column, at its heading."""
        position = self.position(name)
        heading = self.table.headings[position]
        row = max(self.table.last + 1, 1)  # A sheet may carry on another one, without headings.
        self.tell(row, position, name, heading, kind, rule, message)


def finish(work: SheetRows) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with their verdicts, and the problems in words."""
    found = pl.concat(work.found) if work.found else None
    verdict = quick.same("accepted", work.height, pl.String)
    worded = list(work.told)
    if found is not None:
        kinds = pl.Series([RULES[rule].kind for rule in found["rule"]], dtype=pl.String)
        for kind in (CORRECTED, REJECTED):
            at = found["index"].filter(kinds == kind)
            verdict = verdict.scatter(at, kind) if len(at) else verdict
        for (name,), part in found.partition_by(
            "column", as_dict=True, maintain_order=True
        ).items():
            column = work.columns.get(str(name)) or work.kind.column(str(name))
            worded.append(
                problems.of_cells(work.sheet.name, column, work.position(str(name)), part)
            )
    rows = pl.DataFrame(
        [
            work.row_numbers.alias("row"),
            pl.Series("sheet", [work.sheet.name], dtype=pl.String)
            .new_from_index(0, work.height)
            .alias("sheet"),
            *(
                work.values[one.name].alias(one.name)
                for one in work.kind.columns
                if one.name in work.values
            ),
            *work.extra.values(),
            verdict.alias("verdict"),
        ]
    )
    told = problems.joined(worded)
    if work.moved:
        in_sheet = pl.col("row").replace(work.moved_rows)
        rows, told = rows.with_columns(in_sheet), problems.moved(told, work.moved, work.moved_rows)
    return rows, told
