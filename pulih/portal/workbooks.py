"""Workbooks of plain tables: a release has tens of them, some with tens of thousands of rows.

XlsxWriter writes all of a workbook but its cells. Those it takes one by one, which was most of
what publishing took; here Polars writes the XML of many rows at once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

STRINGS = "xl/sharedStrings.xml"
LEVEL = 4  # Of compression. The usual 6 takes far longer, for a tenth less.
SLICE = 50_000  # Rows whose XML lies in memory at a time.
# A spreadsheet reads _x000B_ as a sign that XML has no word for, wherever it stands.
NO_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")
SPACE_AT_AN_END = re.compile(r"^\s|\s$")
# What either of them finds; nearly no text has any of it.
UNUSUAL = r"[\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]|_x[0-9a-fA-F]{4}_|^\s|\s$"
DIMENSION = re.compile(r'(?<=<dimension ref=")[^"]*')
ROWS = re.compile(r"<row .*</row>", re.DOTALL)


def write_workbook(path: Path, sheets: Mapping[str, pl.DataFrame], created: datetime) -> None:
    """Write each table on a sheet under its heads, text as text and whole numbers as numbers.

    The same tables give the same bytes. created: what the file says of itself, without a zone.
    """
    skeleton = ZipFile(io.BytesIO(_skeleton(sheets, created)))
    texts = _texts(sheets.values())
    parts = {STRINGS: _shared(skeleton.read(STRINGS).decode(), texts)}
    for number, rows in enumerate(sheets.values(), start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _sheet(skeleton.read(name).decode(), rows, texts)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=LEVEL) as book:
        for name in skeleton.namelist():
            with book.open(name, "w") as file:  # Dated 1980, as every file that is opened so.
                for piece in parts.get(name, [skeleton.read(name).decode()]):
                    file.write(piece.encode())


def _skeleton(names: Iterable[str], created: datetime) -> bytes:
    """Return a workbook whose sheets hold one word each, so that it has all parts of one."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": created})
        for name in names:
            book.add_worksheet(name).write_string(0, 0, name)
    return file.getvalue()


def _texts(tables: Iterable[pl.DataFrame]) -> pl.Series:
    """Return every text of the tables once, in order; cells name it by its place."""
    found = [pl.Series("", [], pl.String)]
    for rows in tables:
        found.append(pl.Series("", rows.columns))
        found += [one.rename("") for one in rows if one.dtype == pl.String]
    return pl.concat(found).drop_nulls().unique().sort()


def _shared(skeleton: str, texts: pl.Series) -> Iterator[str]:
    yield re.sub(r" count=.*", f' uniqueCount="{len(texts)}">', skeleton, flags=re.DOTALL)
    escaped = texts.str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
    usual = pl.select(pl.format("<si><t>{}</t></si>", escaped)).to_series()
    every = zip(texts, usual, texts.str.contains(UNUSUAL), strict=True)
    yield "".join(_text(text) if is_unusual else written for text, written, is_unusual in every)
    yield "</sst>"


def _text(text: str) -> str:
    keep = ' xml:space="preserve"' if SPACE_AT_AN_END.search(text) else ""
    return f"<si><t{keep}>{escape(NO_XML.sub(_named, text))}</t></si>"


def _named(sign: re.Match[str]) -> str:
    return f"_x{ord(sign[0]):04X}_"


def _sheet(skeleton: str, rows: pl.DataFrame, texts: pl.Series) -> Iterator[str]:
    whole = f"A1:{xl_col_to_name(max(rows.width - 1, 0))}{rows.height + 1}"
    before, after = ROWS.split(DIMENSION.sub(whole, skeleton))
    heads = pl.DataFrame([rows.columns], rows.columns, orient="row")
    yield before
    top = 1
    for piece in chain([heads], rows.iter_slices(SLICE)):
        yield _rows(piece, top, texts)
        top += piece.height
    yield after


def _rows(piece: pl.DataFrame, top: int, texts: pl.Series) -> str:
    at = pl.int_range(top, top + pl.len()).cast(pl.String)
    cells = [
        _cell(pl.col(name), kind, xl_col_to_name(place), at, texts)
        for place, (name, kind) in enumerate(piece.schema.items())
    ]
    row = (pl.lit('<row r="'), at, pl.lit('">'), *cells, pl.lit("</row>"))
    written = piece.select(pl.concat_str(row, ignore_nulls=True).alias("row"))
    return "".join(written["row"])


def _cell(
    value: pl.Expr, kind: pl.DataType, letters: str, at: pl.Expr, texts: pl.Series
) -> pl.Expr:
    """Return the XML of a column's cells; null where nothing stands."""
    if kind == pl.String:
        stands = value != ""  # Null is neither.
        number = pl.when(stands).then(pl.lit(texts).search_sorted(value)).cast(pl.String)
        return pl.format(f'<c r="{letters}{{}}" t="s"><v>{{}}</v></c>', at, number)
    assert kind.is_integer() or kind == pl.Boolean, kind
    mark = ' t="b"' if kind == pl.Boolean else ""
    return pl.format(f'<c r="{letters}{{}}"{mark}><v>{{}}</v></c>', at, value.cast(pl.Int64))
