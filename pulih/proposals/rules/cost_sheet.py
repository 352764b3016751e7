"""An office's own cost plan (RAB) as a sheet: rows of text, calculation, unit cost and account.

Rows below a heading such as `521211 Belanja Bahan` are of that account. Whatever is wrong is told
with its cell, and then nothing counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.intake.cells import Sheet, address
from pulih.intake.heading_scales import scale_in
from pulih.intake.headings import normal
from pulih.intake.readings.amounts import money
from pulih.intake.readings.numbers import stored_number
from pulih.intake.readings.reading import read
from pulih.intake.titles import MONEY_UNIT

from .factors import Factor, read_factors, volume, written
from .typed_accounts import account_in, is_meant, no_account

LOOKED_AT_ROWS = 60
NOISE = 0.001  # Of a rupiah, in what a formula of a spreadsheet gives.
COLUMNS = {
    "text": ("uraian", "uraian kegiatan", "rincian", "rincian belanja", "detail", "uraian belanja",
             "jenis belanja", "komponen", "uraian dan akun", "nama kegiatan uraian"),
    "account": ("akun", "kode akun", "kode rekening", "mak", "kode", "kode mak"),
    "calculation": ("perhitungan", "rincian perhitungan", "rincian volume", "volume perhitungan",
                    "koefisien"),
    "count": ("volume", "vol", "jumlah volume", "kuantitas", "qty", "banyaknya", "vol 1", "vol 2",
              "vol 3", "vol 4"),
    "unit": ("satuan", "sat", "unit", "satuan volume", "sat 1", "sat 2", "sat 3", "sat 4"),
    "unit_cost": ("harga satuan", "biaya satuan", "harga", "satuan biaya", "tarif", "harga sat",
                  "harga satuan rp", "biaya satuan rp", "hs"),
    "amount": ("jumlah", "jumlah biaya", "total", "jumlah rp", "total biaya", "biaya",
               "jumlah harga", "total rp"),
}  # fmt: skip
# As a heading begins, where offices write on: `Uraian Sub Kegiatan / Komponen`.
BEGINNINGS = (("uraian", "text"), ("rincian volume", "calculation"), ("perhitungan", "calculation"),
              ("volume", "count"), ("harga satuan", "unit_cost"), ("biaya satuan", "unit_cost"),
              ("jumlah biaya", "amount"), ("jumlah harga", "amount"))  # fmt: skip
NEEDED = {"text": "Uraian", "calculation": "Volume / Perhitungan", "unit_cost": "Harga Satuan"}
NAMES = {normal(text): name for name, texts in COLUMNS.items() for text in texts}
SUMS = re.compile(r"^\W*(?:jumlah|total|grand|sub\s*-?\s*total|diusulkan)", re.IGNORECASE)
ACCOUNT = re.compile(r"(?<!\d)(5\d{5})(?!\d)")
END = re.compile(r"^\W*(?:mengetahui|menyetujui|kuasa pengguna|pejabat pembuat|nip\b)", re.I)
MONEY_WORDS = re.compile(r"\((?:dalam\s*)?(?:rp\.?|rupiah|ribuan|jutaan)[^)]*\)", re.IGNORECASE)
NUMBERING = re.compile(r"\(?\d(?:\s*[=x+]\s*\d)*\)?")
NOTHING = ("-", "–", "")
TIMES = ("x", "X", "×", "*")


class CellFault(NamedTuple):
    """What is wrong with a cell (`H12`), or with the whole sheet (cell empty)."""

    cell: str
    message: Message


@dataclass(frozen=True)
class SheetRow:
    """A row as the sheet states it, in whole rupiah. cell: where it stands."""

    cell: str
    text: str
    account: str
    factors: tuple[Factor, ...]
    unit_cost: int

    @property
    def rupiah(self) -> int:
        return volume(self.factors) * self.unit_cost


@dataclass
class CostSheet:
    """The rows of a file, and what is wrong. scale: by what a title made all amounts multiplied."""

    rows: list[SheetRow] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    scale: int = 1


class _Heads(NamedTuple):
    """Where the columns stand. below: of a volume, the columns without a heading that it spans."""

    row: int
    single: dict[str, int]
    counts: list[int]
    units: list[int]
    below: dict[int, list[int]]


def cost_sheet(sheets: Iterable[Sheet]) -> CostSheet:
    """Read the cost plan of a file."""
    found, has_heads = CostSheet(), False
    nearest: tuple[int, list[str]] | None = None
    for sheet in sheets:
        heads, missing = _heads(sheet)
        if heads and not missing:
            has_heads = True
            _read_sheet(found, sheet, heads)
        elif heads and (nearest is None or len(missing) < len(nearest[1])):
            nearest = (heads.row + 1, missing)
    if not has_heads:
        found.faults.append(CellFault("", _no_heads(*nearest) if nearest else _no_heads()))
    elif not found.rows and not found.faults:
        found.faults.append(CellFault("", _no_rows()))
    return found


def _heads(sheet: Sheet) -> tuple[_Heads | None, list[str]]:
    """Return the first row that names a text, a unit cost, and a calculation or volume.

    Where there is none: the row that names most of them, and what it does not name.
    """
    nearest: tuple[_Heads | None, list[str]] = (None, list(NEEDED))
    for row, cells in enumerate(sheet.cells.head(LOOKED_AT_ROWS).iter_rows()):
        heads = _heads_in(row, cells)
        there = {*heads.single, *(["calculation"] if heads.counts else [])}
        missing = [name for name in NEEDED if name not in there]
        if len(missing) < len(nearest[1]):
            nearest = heads, missing
        if not missing:
            break
    return nearest


def _heads_in(row: int, cells: Sequence[str | None]) -> _Heads:
    heads = _Heads(row, {}, [], [], {})
    sums, last = [], None
    for column, text in enumerate(cells):
        if not (text or "").strip():
            if last is not None:
                heads.below.setdefault(last, []).append(column)
            continue
        name, last = _name_of(text), None
        if name == "count":
            heads.counts.append(column)
        elif name == "unit":
            heads.units.append(column)
        elif name == "amount" and "unit_cost" not in heads.single:
            sums.append(column)  # Of the volumes: `Jml` before the unit cost.
        elif name:
            heads.single.setdefault(name, column)
        last = column if name in ("count", "calculation") else None
    if not heads.counts and "calculation" not in heads.single:
        heads.counts.extend(sums)
    return heads


def _name_of(text: str | None) -> str:
    full = _without_unit(text)
    beginnings = (name for words, name in BEGINNINGS if full.startswith(f"{words} "))
    return NAMES.get(full) or next(beginnings, "")


def _without_unit(text: str | None) -> str:
    return normal(
        re.sub(r"\((?:dalam\s*)?(?:rp\.?|rupiah|ribuan|jutaan)\)", "", text or "", flags=re.I)
    )


def _read_sheet(found: CostSheet, sheet: Sheet, heads: _Heads) -> None:
    above = [
        text for cells in sheet.cells.head(heads.row + 1).iter_rows() for text in cells if text
    ]
    found.scale = max([scale_in(f"({text})") for text in above if MONEY_UNIT.search(text)] or [1])
    costs = _money(sheet, heads, "unit_cost", found.scale)
    amounts = _money(sheet, heads, "amount", found.scale)
    account, before = "", len(found.rows)
    sums: list[tuple[int, str]] = []
    for row in range(heads.row + 1, sheet.cells.height):
        cells = sheet.cells.row(row)
        first = next((cell.strip() for cell in cells if cell and cell.strip()), "")
        if END.match(first):
            break
        if SUMS.match(first) and (total := amounts[row - heads.row - 1]):
            sums.append((total, address(row + 1, heads.single["amount"])))
        if not first or SUMS.match(first) or (first.isdigit() and _is_numbering(cells)):
            continue
        if _is_second_row_of_headings(cells):
            continue
        at = row - heads.row - 1
        told = _account_in(cells, heads)
        if costs[at] is None and not _has_calculation(cells, heads):
            account = told or account_in(cells[heads.single["text"]] or "") or account
            continue
        _add(found, cells, row, heads, told or account, costs[at], amounts[at])
    if sums and not found.faults:
        _hold_against(found, max(sums), sum(one.rupiah for one in found.rows[before:]))


def _hold_against(found: CostSheet, largest: tuple[int, str], real: int) -> None:
    """Let no money that the sheet adds up be lost, such as a row of tax without a calculation."""
    told, cell = largest
    if told > real:
        found.faults.append(CellFault(cell, _lost(told, real)))


def _money(sheet: Sheet, heads: _Heads, name: str, scale: int) -> Sequence[int | None]:
    """Read a column of amounts below the heads; None: blank or not readable."""
    column = heads.single.get(name)
    if column is None:
        return [None] * sheet.cells.height
    texts = sheet.cells.to_series(column).slice(heads.row + 1).cast(pl.String)
    flags = (
        sheet.numeric.to_series(column).slice(heads.row + 1) if sheet.numeric is not None else None
    )
    found = read(texts, flags, money(scale))
    values: list[int | None] = found.values.to_list()
    if name == "unit_cost":
        for row, rule in zip(found.rows, found.rules, strict=True):
            if rule == "rounded" and not _is_whole(texts[row], scale):
                values[row] = None  # A fraction of a rupiah is refused, never dropped.
    return values


def _is_whole(text: str, scale: int) -> bool:
    """Tell whether a stored number is whole but for how a spreadsheet keeps it."""
    stored = stored_number(text)
    return stored is not None and abs(stored * scale - round(stored * scale)) < NOISE


def _is_numbering(cells: Sequence[str | None]) -> bool:
    """Tell a row that only numbers the columns: `1 2 3 4 5`."""
    texts = [cell.strip() for cell in cells if cell and cell.strip()]
    return len(texts) > 2 and all(
        re.fullmatch(r"\(?\d(?:\s*[=x+]\s*\d)*\)?", text) for text in texts
    )


def _is_second_row_of_headings(cells: Sequence[str | None]) -> bool:
    texts = [cell for cell in cells if cell and cell.strip()]
    return all(_name_of(text) or MONEY_WORDS.fullmatch(text.strip()) for text in texts)


def _account_in(cells: Sequence[str | None], heads: _Heads) -> str:
    if own := account_in(_account_cell(cells, heads)):
        return own
    if told := ACCOUNT.search(cells[heads.single["text"]] or ""):
        return told[1]
    first = next((cell for cell in cells if cell), "")
    told = ACCOUNT.match(first.strip())
    return told[1] if told else ""


def _account_cell(cells: Sequence[str | None], heads: _Heads) -> str:
    column = heads.single.get("account")
    return (cells[column] or "").strip() if column is not None else ""


def _has_calculation(cells: Sequence[str | None], heads: _Heads) -> bool:
    columns = [
        *heads.counts,
        *([heads.single["calculation"]] if "calculation" in heads.single else []),
    ]
    return any((cells[column] or "").strip() not in NOTHING for column in columns)


def _add(
    found: CostSheet,
    cells: Sequence[str | None],
    row: int,
    heads: _Heads,
    account: str,
    unit_cost: int | None,
    amount: int | None,
) -> None:
    before = len(found.faults)
    own = _account_cell(cells, heads)
    if is_meant(own) and account_in(own) is None:  # Not the one above: another was meant.
        at = address(row + 1, heads.single["account"])
        found.faults.append(CellFault(at, no_account(own, ())))
    text = ACCOUNT.sub("", cells[heads.single["text"]] or "").strip(" -–:")
    factors = _factors(found, cells, row, heads)
    if unit_cost is None:
        at = address(row + 1, heads.single["unit_cost"])
        found.faults.append(CellFault(at, _no_amount(cells[heads.single["unit_cost"]] or "")))
    if len(found.faults) > before or unit_cost is None:
        return
    real = volume(factors) * unit_cost
    if amount is not None and amount != real:
        at = address(row + 1, heads.single["amount"])
        found.faults.append(CellFault(at, _differs(factors, unit_cost, amount, real)))
        return
    cell = address(row + 1, heads.single["text"])
    found.rows.append(SheetRow(cell, text, account, factors, unit_cost))


def _factors(
    found: CostSheet, cells: Sequence[str | None], row: int, heads: _Heads
) -> tuple[Factor, ...]:
    column = heads.single.get("calculation")
    told = _spanned(cells, column, heads) if column is not None else ""
    if column is None or told in NOTHING:
        column = heads.counts[0] if heads.counts else heads.single["unit_cost"]
        told = " × ".join(_pairs(cells, heads))
    try:
        return read_factors(told)
    except Refusal as refusal:
        found.faults.append(CellFault(address(row + 1, column), refusal.message))
        return ()


def _pairs(cells: Sequence[str | None], heads: _Heads) -> Iterator[str]:
    """Write each volume with the unit beside it, as `65 orang`."""
    units = iter(heads.units)
    for count in heads.counts:
        number = _spanned(cells, count, heads)
        unit = None if count in heads.below else next(units, None)
        if number not in NOTHING:
            yield f"{number} {(cells[unit] or '').strip() if unit is not None else ''}".strip()


def _spanned(cells: Sequence[str | None], column: int, heads: _Heads) -> str:
    """Write what stands below a heading, which may span `50 | org | x | 2 | hari`."""
    pieces: list[str] = []
    for one in (column, *heads.below.get(column, ())):
        text = re.sub(r"(?<=\d)[.,]0+$", "", (cells[one] or "").strip())
        if text in NOTHING or text in TIMES:
            continue
        if pieces and not text[0].isdigit():
            pieces[-1] += f" {text}"
        else:
            pieces.append(text)
    return " × ".join(pieces)


def _no_heads(row: int = 0, missing: Sequence[str] = ()) -> Message:
    if not row:
        return Message(
            "Tidak ditemukan baris judul dengan Uraian, Volume atau Perhitungan, dan Harga Satuan. "
            "Unduh “RAB (XLSX)” di atas sebagai contoh.",
            "No heading row with Uraian, Volume or Perhitungan, and Harga Satuan was found. "
            "Download “Cost plan (XLSX)” above as an example.",
        )
    names = ", ".join(f"“{NEEDED[name]}”" for name in missing)
    return Message(
        f"Judul kolom tampaknya di baris {row}, tetapi tidak ada kolom {names}. Beri kolom itu "
        "judul tersebut, atau unduh “RAB (XLSX)” di atas sebagai contoh.",
        f"The headings seem to stand in row {row}, but there is no column {names}. Give it that "
        "heading, or download “Cost plan (XLSX)” above as an example.",
    )


def _no_rows() -> Message:
    return Message(
        "Lembar ini tidak berisi baris biaya di bawah judulnya.",
        "The sheet holds no cost row below its heading.",
    )


def _no_amount(text: str) -> Message:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return Message(
        f"harga satuan harus rupiah bulat, misalnya 1.250.000, bukan “{shown}”.",
        f"the unit cost must be whole rupiah such as 1,250,000, not “{shown}”.",
    )


def _differs(factors: Sequence[Factor], unit_cost: int, told: int, real: int) -> Message:
    return Message(
        f"{written(factors)} × {rupiah(unit_cost)} = {rupiah(real)}, sedangkan lembar menulis "
        f"{rupiah(told)}; perbaiki salah satunya.",
        f"{written(factors, 'en')} × {rupiah(unit_cost, 'en')} = {rupiah(real, 'en')}, but the "
        f"sheet says {rupiah(told, 'en')}; mend one of them.",
    )


def _lost(told: int, real: int) -> Message:
    return Message(
        f"lembar menjumlahkan {rupiah(told)}, sedangkan baris-barisnya {rupiah(real)}: "
        f"{rupiah(told - real)} tidak punya volume dan harga satuan. Lengkapi baris itu, atau "
        "perbaiki jumlahnya.",
        f"the sheet adds up {rupiah(told, 'en')}, but its rows make {rupiah(real, 'en')}: "
        f"{rupiah(told - real, 'en')} have no volume and unit cost. Complete that row, or mend "
        "the sum.",
    )
