"""Page III as a sheet of its own: a row for a spending type, an account or a line, and its months.

Rows of one spending type add up. Whatever is wrong is told with its cell, and then nothing counts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.intake.cells import Sheet, address
from pulih.intake.heading_scales import scale_in
from pulih.intake.headings import normal
from pulih.intake.readings.amounts import money
from pulih.intake.readings.reading import read
from pulih.intake.titles import MONEY_UNIT, MONTHS, UNIT, UNIT_LAST

LOOKED_AT_ROWS = 60
COLUMNS = {
    "unit": ("kode satker", "satker", "kode satuan kerja"),
    "year": ("tahun anggaran", "tahun"),
    "type": ("jenis belanja", "kode jenis belanja", "akun", "kode akun", "kode baris", "kode"),
    "total": ("jumlah", "total", "setahun", "jumlah setahun"),
}
NAMES = {normal(text): name for name, texts in COLUMNS.items() for text in texts}
SUMS = re.compile(r"^\W*(?:jumlah|total|grand|sub\s*-?\s*total)", re.IGNORECASE)


class CellFault(NamedTuple):
    """What is wrong with a cell (`H12`), or with the whole sheet (cell empty)."""

    cell: str
    message: Message


@dataclass
class PlanSheet:
    """What a sheet says of one unit and year, by spending type and month, in whole rupiah.

    others: rows of other units and years, which were passed by. scale: by what a title made all
    amounts be multiplied.
    """

    months: dict[str, Counter[int]] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)
    rows: int = 0
    others: int = 0
    scale: int = 1


class _Heads(NamedTuple):
    row: int
    columns: dict[str, int]
    months: dict[int, int]


def plan_of_sheets(sheets: Iterable[Sheet], unit_code: str, fiscal_year: int) -> PlanSheet:
    """Read what the sheets of a file plan for a unit and year."""
    found, has_heads = PlanSheet(), False
    for sheet in sheets:
        if heads := _heads(sheet):
            has_heads = True
            _read_sheet(found, sheet, heads, unit_code, fiscal_year)
    if not has_heads:
        found.faults.append(CellFault("", _no_heads()))
    elif not found.rows and not found.faults:
        found.faults.append(CellFault("", _no_rows(unit_code, fiscal_year)))
    return found


def _heads(sheet: Sheet) -> _Heads | None:
    """Return the first row that names a spending type and all twelve months."""
    for row, cells in enumerate(sheet.cells.head(LOOKED_AT_ROWS).iter_rows()):
        columns: dict[str, int] = {}
        months: dict[int, int] = {}
        for column, text in enumerate(cells):
            words = normal(text or "")
            month = re.fullmatch(r"(?:rencana |bulan )?([a-z]{3})[a-z]*", words)
            if month and month[1] in MONTHS:
                months.setdefault(MONTHS[month[1]], column)
            elif words in NAMES:
                columns.setdefault(NAMES[words], column)
        if len(months) == 12 and "type" in columns:
            return _Heads(row, columns, months)
    return None


def _read_sheet(
    found: PlanSheet, sheet: Sheet, heads: _Heads, unit_code: str, fiscal_year: int
) -> None:
    above = [text for cells in sheet.cells.head(heads.row).iter_rows() for text in cells if text]
    found.scale = max([scale_in(f"({text})") for text in above if MONEY_UNIT.search(text)] or [1])
    told = next((unit for text in above if (unit := _unit_in(text))), unit_code)
    amounts = _amounts(sheet, heads, found.scale)
    for row in range(heads.row + 1, sheet.cells.height):
        cells = sheet.cells.row(row)
        first = next((cell for cell in cells if cell), "")
        values = {month: amounts[month][row - heads.row - 1] for month in heads.months}
        if not first or SUMS.match(first) or not _has_plan(cells, heads):
            continue
        if not _is_of(cells, heads, told, unit_code, fiscal_year):
            found.others += 1
            continue
        found.rows += 1
        total = amounts[0][row - heads.row - 1] if 0 in amounts else None
        _add(found, cells, row, heads, values, total)


def _unit_in(text: str) -> str:
    named = UNIT.search(text)
    last = UNIT_LAST.search(text)
    return str(named[1] if named else last[2] if last else "")


def _amounts(sheet: Sheet, heads: _Heads, scale: int) -> dict[int, Sequence[int | None]]:
    """Read the columns of months, and the total's as month 0; None: blank or not readable."""
    columns = heads.months | ({0: heads.columns["total"]} if "total" in heads.columns else {})
    found: dict[int, Sequence[int | None]] = {}
    for month, column in columns.items():
        texts = sheet.cells.to_series(column).slice(heads.row + 1).cast(pl.String)
        flags = None
        if sheet.numeric is not None:
            flags = sheet.numeric.to_series(column).slice(heads.row + 1)
        found[month] = read(texts, flags, money(scale)).values.to_list()
    return found


def _has_plan(cells: Sequence[str | None], heads: _Heads) -> bool:
    return any(cells[column] for column in heads.months.values())


def _is_of(
    cells: Sequence[str | None], heads: _Heads, told: str, unit_code: str, fiscal_year: int
) -> bool:
    unit = re.search(r"\d{6}", _text(cells, heads, "unit"))
    year = re.search(r"20\d\d", _text(cells, heads, "year"))
    is_year = year is None or int(year[0]) == fiscal_year
    return is_year and (unit[0] if unit else told) == unit_code


def _text(cells: Sequence[str | None], heads: _Heads, name: str) -> str:
    return str(cells[heads.columns[name]] or "") if name in heads.columns else ""


def _add(
    found: PlanSheet,
    cells: Sequence[str | None],
    row: int,
    heads: _Heads,
    values: dict[int, int | None],
    total: int | None,
) -> None:
    spending_type = _type(_text(cells, heads, "type"))
    if not spending_type:
        at = address(row + 1, heads.columns["type"])
        found.faults.append(CellFault(at, _no_type(_text(cells, heads, "type"))))
    before = len(found.faults)
    for month, column in heads.months.items():
        text = cells[column]
        if text and values[month] is None and text.strip() not in ("-", "–"):
            found.faults.append(CellFault(address(row + 1, column), _no_amount(text)))
    if len(found.faults) == before:  # A month that was not read makes no total wrong.
        found.faults += _wrong_total(row, heads, values, total)
    if spending_type:
        planned = {month: value or 0 for month, value in values.items()}
        found.months.setdefault(spending_type, Counter()).update(planned)


def _type(text: str) -> str:
    """Return the spending type: the first two figures of an account, whole or short."""
    bare = re.sub(r"\s+", "", text)
    account = re.search(r"(?:^|\.)(5\d{5})(?!\d)", bare) or re.match(r"(5\d)(?!\d)", bare)
    return account[1][:2] if account else ""


def _wrong_total(
    row: int, heads: _Heads, values: dict[int, int | None], total: int | None
) -> Iterator[CellFault]:
    real = sum(value or 0 for value in values.values())
    if total is not None and total != real:
        yield CellFault(address(row + 1, heads.columns["total"]), _differs(total, real))


def _no_heads() -> Message:
    return Message(
        "Tidak ditemukan baris judul dengan Jenis Belanja dan dua belas bulan (Januari … "
        "Desember). Unduh halaman III sebagai contoh.",
        "No heading row with Jenis Belanja and twelve months (Januari … Desember) was found. "
        "Download page III as an example.",
    )


def _no_rows(unit_code: str, fiscal_year: int) -> Message:
    return Message(
        f"Tidak ada baris rencana untuk satker {unit_code} tahun {fiscal_year} di berkas ini.",
        f"The file holds no planned row of unit {unit_code} and year {fiscal_year}.",
    )


def _no_type(text: str) -> Message:
    return Message(
        f"jenis belanja harus dua angka seperti 52, atau akun, bukan “{text}”.",
        f"the spending type must be two digits such as 52, or an account, not “{text}”.",
    )


def _no_amount(text: str) -> Message:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return Message(
        f"harus rupiah bulat yang tidak negatif, misalnya 1.250.000, bukan “{shown}”.",
        f"must be whole rupiah, not negative, such as 1,250,000, not “{shown}”.",
    )


def _differs(told: int, real: int) -> Message:
    return Message(
        f"jumlahnya tertulis {rupiah(told)}, sedangkan bulannya berjumlah {rupiah(real)}.",
        f"the total is written as {rupiah(told, 'en')}, but the months add up to "
        f"{rupiah(real, 'en')}.",
    )
