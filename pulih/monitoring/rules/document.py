"""A report as values: pages of tables and words, drawn alike as a page, a workbook and a paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pulih.common.errors import Message
from pulih.common.money import decimal, grouped

Cell = str | int | Decimal | None
Kind = Literal["text", "thousand", "rupiah", "percent", "points", "volume"]
Level = Literal["group", "line", "total"]
UNITS = {"thousand": "ribu Rp", "rupiah": "Rp", "percent": "%", "points": "poin"}
UNKNOWN = "–"


@dataclass(frozen=True)
class Column:
    """One column. number: as the form counts its columns. group: the head above several."""

    head: str
    kind: Kind = "text"
    width: int = 12
    number: str = ""
    group: str = ""

    @property
    def unit(self) -> str:
        """Return the unit that stands under the head; money is never without one."""
        return UNITS.get(self.kind, "")

    @property
    def is_number(self) -> bool:
        return self.kind != "text"


@dataclass(frozen=True)
class Head:
    """A cell of the upper row of heads: a group over columns, or one column over both rows."""

    group: str
    column: Column | None
    width: int = 1


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    level: Level = "line"


@dataclass(frozen=True)
class Table:
    """A table under its own title."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    when_empty: str = "Nihil."

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)

    @property
    def has_numbers(self) -> bool:
        return any(column.number for column in self.columns)

    def upper(self) -> list[Head]:
        """Return the upper row of heads; without groups it is the only one."""
        found: list[Head] = []
        for column in self.columns:
            if column.group and found and found[-1].group == column.group:
                found[-1] = replace(found[-1], width=found[-1].width + 1)
            else:
                found.append(Head(column.group, None if column.group else column))
        return found

    def lower(self) -> list[Column]:
        """Return the columns whose heads stand in the row below their group."""
        return [column for column in self.columns if column.group]

    def written(self) -> Iterator[tuple[Row, list[tuple[Column, str]]]]:
        """Yield each row with its cells as a reader sees them."""
        for row in self.rows:
            yield (
                row,
                [
                    (column, written(cell, column.kind, row.level))
                    for column, cell in zip(self.columns, row.cells, strict=True)
                ],
            )


@dataclass(frozen=True)
class Words:
    """Paragraphs under a title."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One form to be signed.

    signer: whose signature stands below, kpa or ppk. opening: the title above the general data.
    sheet: what its sheet in a workbook is called, where that is not the title.
    """

    title: str
    subtitle: str
    general: tuple[tuple[str, str], ...]
    parts: tuple[Table | Words, ...]
    signer: str = "kpa"
    opening: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Document:
    """A whole report. note: what is not verified of its layout; in metadata, never on its face."""

    form: str
    title: str
    note: Message
    pages: tuple[Page, ...] = field(default=())


def written(cell: Cell, kind: Kind, level: Level = "line") -> str:
    """Write a cell as Indonesian documents do; unknown is a dash, but blank in a group's row."""
    if cell is None:
        return "" if level == "group" else UNKNOWN
    if isinstance(cell, str):
        return cell
    if kind in ("thousand", "rupiah"):
        return grouped(int(cell))
    if kind in ("percent", "points"):
        return decimal(percent(Decimal(cell)), 2)
    return _volume(Decimal(cell))


def percent(value: Decimal) -> Decimal:
    """Return a percentage with two decimals, halves up."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _volume(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return grouped(int(value)) if whole else decimal(value, 2).rstrip("0")
