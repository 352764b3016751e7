"""Read a large table of a case by columns: all text, trimmed, null where blank.

The faults are those of `reading`; rows keep their numbers (the header is 1).
"""

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from pulih.casefiles.cells import cell_text
from pulih.casefiles.reading import (
    NO_CHARACTER,
    NO_COMMAS,
    NO_FILE,
    NO_HEADING,
    NOT_UTF8,
    RAGGED,
    TWICE,
    TWO_FILES,
    because,
    lacks_commas,
)
from pulih.common.errors import Fault

CHUNK = 50_000  # Rows held as Python text at a time.


@dataclass(frozen=True)
class Columns:
    """headings: all of the file; row: number of each row; texts: the wanted columns it has."""

    headings: tuple[str, ...]
    row: pl.Series
    texts: dict[str, pl.Series]


def read_columns(
    folder: Path, table: str, key: str, wanted: Collection[str]
) -> tuple[Columns | None, list[Fault]]:
    """Read `wanted` columns of a table that must be there; `key` is the column of its key."""
    text, parquet = folder / f"{table}.csv", folder / f"{table}.parquet"
    if text.exists() and parquet.exists():
        return None, [Fault(table, None, None, None, TWO_FILES)]
    if parquet.exists():
        try:
            return columns_of(pl.read_parquet(parquet), table, key, wanted)
        except (OSError, pl.exceptions.PolarsError) as error:
            return None, [Fault(table, None, None, None, because(error))]
    if text.exists():
        return _read_text(text, table, key, wanted)
    return None, [Fault(table, None, None, None, NO_FILE)]


def columns_of(
    frame: pl.DataFrame, table: str, key: str, wanted: Collection[str]
) -> tuple[Columns | None, list[Fault]]:
    """The same from a frame in memory, whose own types become their digits."""
    headings = tuple(heading.strip() for heading in frame.columns)
    faults = _doubled(table, headings)
    if faults:
        return None, faults
    texts = {
        heading: _as_text(series)
        for heading, series in zip(headings, frame, strict=True)
        if heading in wanted or heading == key
    }
    row = pl.Series("row", range(2, frame.height + 2), dtype=pl.Int64)
    if key in texts and texts[key].null_count():
        unnamed = texts[key].is_null()
        others = [_as_text(series).is_not_null() for series in frame.filter(unnamed)]
        is_blank = ~_any(others, int(unnamed.sum()))
        kept = ~row.is_in(row.filter(unnamed).filter(is_blank).implode())
        row, texts = row.filter(kept), {name: s.filter(kept) for name, s in texts.items()}
    return Columns(headings, row, texts), []


def _any(masks: Sequence[pl.Series], height: int) -> pl.Series:
    found = pl.Series([False] * height, dtype=pl.Boolean)
    for mask in masks:
        found = found | mask
    return found


def _doubled(table: str, headings: Sequence[str]) -> list[Fault]:
    doubled = sorted({name for name in headings if name and headings.count(name) > 1})
    return [Fault(table, 1, name, None, TWICE) for name in doubled]


def _as_text(series: pl.Series) -> pl.Series:
    if series.dtype == pl.Boolean:
        series = series.cast(pl.Int8)
    if series.dtype.is_integer():
        return series.cast(pl.String)
    if series.dtype == pl.String:
        return _trimmed(series)
    return _trimmed(pl.Series([cell_text(cell) for cell in series], dtype=pl.String))


def _trimmed(series: pl.Series) -> pl.Series:
    trimmed = series.str.strip_chars()
    return trimmed.set(trimmed == "", None)


def _read_text(
    path: Path, table: str, key: str, wanted: Collection[str]
) -> tuple[Columns | None, list[Fault]]:
    try:
        has_nul = b"\0" in path.read_bytes()
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            return _nul(list(rows), table) if has_nul else _from_rows(rows, table, key, wanted)
    except UnicodeDecodeError:
        return None, [Fault(table, None, None, None, NOT_UTF8)]
    except (OSError, csv.Error) as error:
        return None, [Fault(table, None, None, None, because(error))]


def _nul(rows: list[list[str]], table: str) -> tuple[None, list[Fault]]:
    """Name the first row with a character that no code can hold."""
    places = (number for number, cells in enumerate(rows, 1) if any("\0" in cell for cell in cells))
    return None, [Fault(table, next(places), None, None, NO_CHARACTER)]


def _from_rows(
    rows: Iterator[list[str]], table: str, key: str, wanted: Collection[str]
) -> tuple[Columns | None, list[Fault]]:
    headings = tuple(cell.strip() for cell in next(rows, []))
    if not any(headings):
        return None, [Fault(table, 1, None, None, NO_HEADING)]
    if lacks_commas(headings):
        return None, [Fault(table, 1, None, None, NO_COMMAS)]
    faults = _doubled(table, headings)
    if faults:
        return None, faults
    places = {name: headings.index(name) for name in {*wanted, key} if name in headings}
    first, numbers = 2, [pl.Series("row", [], dtype=pl.Int64)]
    texts = {name: [pl.Series(name, [], dtype=pl.String)] for name in places}
    while chunk := list(islice(rows, CHUNK)):
        kept, ragged = _whole_rows(chunk, first, len(headings), places.get(key))
        faults += [Fault(table, number, None, None, RAGGED) for number in ragged]
        numbers.append(pl.Series("row", [number for number, _ in kept], dtype=pl.Int64))
        for name, place in places.items():
            cells = [cells[place] for _, cells in kept]
            texts[name].append(_trimmed(pl.Series(name, cells, dtype=pl.String)))
        first += len(chunk)
    found = {name: pl.concat(parts) for name, parts in texts.items()}
    return Columns(headings, pl.concat(numbers), found), faults


def _whole_rows(
    chunk: list[list[str]], first: int, width: int, key: int | None
) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """Split numbered rows into those as wide as the header and the numbers of others."""
    kept, ragged = [], []
    for number, cells in enumerate(chunk, start=first):
        if len(cells) == width:
            if (key is not None and cells[key].strip()) or any(cell.strip() for cell in cells):
                kept.append((number, cells))
        elif any(cell.strip() for cell in cells):
            ragged.append(number)
    return kept, ragged
