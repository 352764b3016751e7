"""What mutation begins with: small sound files of every form, and all that ever broke a reader."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl

from tests.make import intake as make

BROKEN = Path(__file__).parents[1] / "intake" / "broken"
FIRMS: list[list[make.Cell]] = [
    ["DAFTAR IKM KABUPATEN BANDUNG TAHUN 2020", None, None, None, None, None],
    ["No", "Nama Usaha", "NIK", "Kab/Kota", "Omzet (Rp juta)", "Tanggal Lapor"],
    [1, "UD Contoh", "3204121201900001", "Kab. Bandung", 12.5, date(2020, 6, 1)],
    [2, "CV Contoh", "3204121201900002", "Kab. Garut", "Rp 2,5 jt", "2 Juni 2020"],
    [None, "JUMLAH", None, None, 15, None],
]
BUDGET: list[list[make.Cell]] = [
    ["Kode", "Akun", "Uraian", "Pagu", "Realisasi"],
    ["3038.001.051.A.521211", "521211", "Belanja bahan", 1_000_000, 250_000],
]
SP2D: list[list[make.Cell]] = [
    ["Nomor SP2D", "Tanggal SP2D", "Akun", "Jumlah Pengeluaran"],
    ["200191301000001", "2020-06-01", "521211", 250_000],
]


def seeds(folder: Path) -> list[bytes]:
    """Return the bytes of every seed; folder: where the sound ones are made."""
    made = []
    for number, rows in enumerate((FIRMS, BUDGET, SP2D)):
        for ending in ("xlsx", "ods", "csv"):
            made.append(make.write(rows, folder / f"{number}.{ending}").read_bytes())
    known = [path.read_bytes() for path in sorted(BROKEN.iterdir()) if path.stat().st_size < 50_000]
    return [*made, with_everything(), page(), *known]


def page() -> bytes:
    """Return a list as a web application exports it: a page of HTML with cells that span."""
    cells = ("".join(f"<td>{'' if one is None else one}</td>" for one in row) for row in FIRMS[1:])
    rows = "".join(f"<tr>{one}</tr>\n" for one in cells)
    title = f"<tr><th colspan=6>{FIRMS[0][0]}</th></tr>"
    return f"<html><body><table border=1>{title}{rows}</table></body></html>".encode()


def with_everything() -> bytes:
    """Return a workbook with merges, a hidden sheet, a formula, an error and a named range."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in FIRMS:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    sheet["E6"] = "=SUM(E3:E4)"
    sheet["D6"] = "#REF!"
    hidden = book.create_sheet("Rekap")
    hidden.sheet_state = "hidden"
    hidden.append(["Nama Usaha", "NIK"])
    hidden.append(["UD Lain", "3204121201900003"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def is_archive(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and zipfile.is_zipfile(io.BytesIO(content))
