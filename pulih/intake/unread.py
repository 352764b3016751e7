"""Why a sheet holds no list that can be read: no amounts, accounts of the regions, no headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from pulih.common.errors import Message, Refusal
from pulih.intake import problems, proposed, refusals, requests
from pulih.intake.cells import Sheet
from pulih.intake.kinds import KINDS, kind_of
from pulih.intake.layout import SUMMARY, find
from pulih.intake.treasury import MONTHS
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

EXAMPLES = {
    "budget": ("Kode", "Akun", "Uraian", "Pagu"),
    "treasury": ("Nomor SP2D", "Tanggal SP2D", "Akun", "Jumlah Pengeluaran"),
    "firms": ("Nama Usaha", "Nama Pemilik", "NIK", "Alamat"),
    "impact": ("Nama Usaha", "Nama Pemilik", "Bulan", "Omzet"),
    "makers": ("Nama Usaha", "Produk", "Kapasitas", "Harga Jual"),
    "proposed": ("Nomor Usulan", "Judul Usulan", "Uraian", "Akun", "Jumlah Biaya"),
    "needs": ("Pemesan", "Barang", "Jumlah", "Tanggal diperlukan"),
}
# Each list of money: the column that makes it one, those that hold its amounts, what to add.
AMOUNTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("sp2d_number", ("gross", "net", "deductions"), ("Jumlah Pengeluaran", "Nilai SP2D")),
    ("spm_number", ("gross", "net", "deductions"), ("Jumlah Pengeluaran", "Nilai SPM")),
    ("contract_number", ("contract_value", "gross", "committed"), ("Nilai Kontrak",)),
    ("register_number", ("contract_value", "gross", "committed"), ("Nilai Kontrak",)),
)
REALISED = ("realised", "realised_now", "realised_before", *MONTHS)
OF_LINES = {"line_code", "account", "activity", "output", "component", "unit_code", "programme"}
OF_COSTS = {"cost_text", "volume", "unit_cost", "amount"}
# Regional accounts: 5.1.02.01.01.0024, and before 2020 5.2.1.01.01.
REGIONAL = re.compile(r"[4567]\.[1-9]\.\d{1,2}(?:\.\d{1,4}){0,4}\.?")
NEEDED = {"needs": requests.NEEDED, "proposed": proposed.NEEDED}
# Three columns that only such a list has together, where the fourth or its number is missing.
ALMOST = {
    "needs": (
        {"buyer", "product", "quantity"},
        {"buyer", "product", "due"},
        {"buyer", "quantity", "due"},
        {"product", "quantity", "due"},
        {"buyer", "due"},
    ),
    "proposed": ({"title", "amount", "outcome"}, {"title", "amount", "measure"}),
}
OF_PROPOSALS = re.compile(r"(?i)\b(?:usulan|proposal)\b")
CODE_IN_TEXT = r"^\s*(5\d{5}|\d{4}(?:\.[0-9A-Z]{3}){0,3}|0\d\d)[\s.:)-]+[A-Za-z]"
ENOUGH, LOOKED_AT = 3, 400
LONGEST_SHOWN = 40  # Letters of a cell.
LEAST_CELLS, LEAST_ROWS = 2, 3  # What a list has at least.


def reason(work: SheetRows, file: str) -> Refusal | None:
    """Return why a list of money cannot be used at all; None if it can."""
    if (code := _regional_code(work)) is not None:
        return refusals.regional_scheme(file, code)
    names, columns = _amounts_of(work)
    there = [name for name in names if name in work.values]
    if any(work.values[name].count() for name in there):
        return None
    if there and len(work.row_numbers) < ENOUGH:
        return None  # A row or two: each is told what it lacks.
    for position, name in work.assignment.other_years.items():
        if name in names:
            return refusals.of_other_year(file, work.table.headings[position] or "")
    return refusals.no_amounts(file, columns)


def _amounts_of(work: SheetRows) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if work.kind.name == "budget":
        return ("ceiling",), ("Pagu",)
    for key, names, columns in AMOUNTS:
        if key in work.values:
            return names, columns
    if set(REALISED) & work.values.keys():
        return REALISED, ("Realisasi",)
    return tuple(name for name, one in work.columns.items() if one.is_money), ("UP", "TUP")


def _regional_code(work: SheetRows) -> str | None:
    """Return a code of the regional scheme where most codes of a sheet are of it."""
    for name in ("line_code", "account"):
        if name not in work.raw:
            continue
        texts = work.raw[name].drop_nulls().unique(maintain_order=True).to_list()
        found = [text for text in texts if REGIONAL.fullmatch(_bare(text))]
        if len(found) >= ENOUGH and len(found) * 2 > len(texts):
            return str(max(found, key=len))
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\s\u00a0'’]+", "", text)


def holds_rows(sheet: Sheet) -> bool:
    """Say whether a sheet that was not read may hold a list: not a summary, nor a lone note."""
    if sheet.cells.is_empty() or (sheet.name and SUMMARY.search(sheet.name)):
        return False
    filled = sheet.cells.select(pl.sum_horizontal(pl.all().is_not_null()).alias("n")).to_series()
    return int((filled >= LEAST_CELLS).sum()) >= LEAST_ROWS


def left_out(sheet: Sheet) -> pl.DataFrame:
    """Word the problem of a sheet that was not read."""
    message = Message(
        f'lembar "{sheet.label}" tidak dibaca: tidak ada judul kolom yang dikenali untuk daftar '
        "ini. Beri judul pada kolomnya, atau hapus lembarnya bila tidak untuk dikirim.",
        f'the sheet "{sheet.label}" was not read: no headings of this kind of list were '
        "recognised. Give its columns headings, or delete it if it was not meant to be sent.",
    )
    return problems.single(sheet.name, 1, 0, None, sheet.label, WARNING, "sheet_left_out", message)


def nothing(sheets: Iterable[Sheet], kind: str, file: str) -> Refusal:
    """Return the refusal of a file in which no list was found, in the words of its own kind."""
    likely = kind
    for sheet in sheets:
        if (elsewhere := misdirected([sheet], kind, file)) is not None:
            return elsewhere
        cell = _code_in_texts(sheet) if kind in ("auto", "budget", "treasury") else None
        if cell is not None:
            return refusals.codes_in_texts(file, cell)
        if kind == "auto" and likely == "auto":
            likely = _likely_kind(sheet)
        if likely == "budget" and _lacks_only_amounts(sheet):
            return refusals.no_amounts(file, ("Pagu",))
        if (almost := _almost(sheet, kind, file)) is not None:
            return almost
    return refusals.nothing_recognised(file, EXAMPLES.get(likely, EXAMPLES["firms"]))


def lacking(kind: str, columns: Iterable[str], file: str) -> Refusal | None:
    """Refuse a list without a column that all its rows need; None if it has them all."""
    there = set(columns)
    missing = [KINDS[kind].column(name) for name in NEEDED.get(kind, ()) if name not in there]
    if not missing:
        return None
    return refusals.lacks_columns(
        file, kind, tuple((one.title.id, one.title.en) for one in missing)
    )


def _almost(sheet: Sheet, asked: str, file: str) -> Refusal | None:
    """Say what a list of needs or proposals lacks that would be one otherwise."""
    for kind, enough in ALMOST.items():
        if asked not in ("auto", kind):
            continue
        names = _names(sheet, kind)
        texts = (sheet.name or "", *_first_texts(sheet))
        of_proposals = kind == "proposed" and any(map(OF_PROPOSALS.search, texts))
        if any(one <= names for one in enough) or (of_proposals and {"title", "amount"} <= names):
            return lacking(kind, names, file)
    return None


def _first_texts(sheet: Sheet) -> list[str]:
    """Return the texts of a sheet's first rows, which hold its title."""
    return [cell for row in sheet.cells.head(ENOUGH).iter_rows() for cell in row if cell]


def misdirected(sheets: Iterable[Sheet], asked: str, file: str) -> Refusal | None:
    """Say which list a file holds where it is none of the kind asked for; None if it may be."""
    for sheet in sheets:
        if sheet.cells.is_empty():
            continue
        if (code := _regional_in(sheet)) is not None:
            return refusals.regional_scheme(file, code)
        found = kind_of(sheet)
        if found is None and _is_cost_list(sheet) and asked != "proposed":
            return refusals.cost_list(file)
        if found is not None and asked != "auto" and found.keys != KINDS[asked].keys:
            return refusals.other_kind(file, asked, found.name)
    return None


def is_of_its_kind(kind: str, rows: pl.DataFrame, rejected: int) -> bool:
    """Say whether rows were taken, with the columns that make a list one of its kind."""
    return rejected < rows.height and set(NEEDED.get(kind, ())) <= set(rows.columns)


def _is_cost_list(sheet: Sheet) -> bool:
    """Say whether a sheet tells what, how much of it, at what price and what it comes to."""
    return _names(sheet, "proposed") >= OF_COSTS


def _regional_in(sheet: Sheet) -> str | None:
    texts = {_bare(cell) for row in sheet.cells.head(LOOKED_AT).iter_rows() for cell in row if cell}
    found = [text for text in texts if REGIONAL.fullmatch(text) and text.count(".") >= 2]
    return max(sorted(found), key=len) if len(found) >= ENOUGH else None


def _code_in_texts(sheet: Sheet) -> str | None:
    """Return a cell such as `521211 Belanja Bahan` of a column of which several are such texts."""
    for column in sheet.cells.head(LOOKED_AT).iter_columns():
        texts = column.drop_nulls()
        codes = texts.str.extract(CODE_IN_TEXT)
        accounts = texts.filter(codes.str.contains(r"^5\d{5}$").fill_null(False))
        if len(accounts) and codes.drop_nulls().n_unique() >= ENOUGH:
            return str(accounts[0])[:LONGEST_SHOWN]
    return None


def _names(sheet: Sheet, kind: str) -> set[str]:
    if sheet.cells.is_empty():
        return set()
    dictionary = KINDS[kind].dictionary
    table = find(sheet, dictionary)
    matches = [dictionary.match(text) for text in table.headings if text] if table else []
    return {match.name for match in matches if match}


def _likely_kind(sheet: Sheet) -> str:
    """Tell by the headings which kind a sheet that holds no list comes nearest to."""
    budget, firms = _names(sheet, "budget"), _names(sheet, "impact")
    treasury = _names(sheet, "treasury")
    if treasury & {"sp2d_number", "spm_number", "contract_number", "gross", "net", "sp2d_date"}:
        return "treasury"
    if budget & OF_LINES and len(budget) >= len(firms):
        return "budget"
    return "auto"


def _lacks_only_amounts(sheet: Sheet) -> bool:
    names = _names(sheet, "budget")
    return bool(names & {"line_code", "account"}) and "ceiling" not in names
