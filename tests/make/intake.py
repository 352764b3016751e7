"""Untidy sheets with a known truth, written as real XLSX, ODS and CSV files. All names invented."""

import csv
import io
import random
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]

HEADINGS: dict[str, tuple[str, ...]] = {
    "business_name": ("Nama Usaha", "Nama IKM", "NAMA PERUSAHAAN", "Nm. Usaha", "Business name"),
    "owner_name": ("Nama Pemilik", "Pemilik/Penanggung Jawab", "Nama Pengusaha", "Owner"),
    "owner_sex": ("L/P", "Jenis Kelamin", "JK"),
    "nik": ("NIK", "No KTP", "NIK KTP", "No. KTP/NIK"),
    "phone": ("No. HP/WA", "Telp", "Nomor Telepon", "No. Handphone"),
    "regency": ("Kab/Kota", "Kabupaten/Kota", "KABUPATEN / KOTA"),
    "district": ("Kec.", "Kecamatan"),
    "workers": ("Jml Naker", "Jumlah Tenaga Kerja", "Jml TK (org)"),
    "investment": ("Nilai Investasi", "Nilai Investasi (Rp)", "Investasi"),
    "year_established": ("Tahun Berdiri", "Thn. Berdiri"),
    "reported": ("Tgl. Lapor", "Tanggal Pendataan"),
}
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip


def firm(number: int = 1, **changes: Cell) -> dict[str, Cell]:
    """Return an invented firm as intake should read it."""
    base: dict[str, Cell] = {
        "business_name": f"UD Contoh {number}",
        "owner_name": f"Pemilik Contoh {number}",
        "owner_sex": "L" if number % 2 else "P",
        "nik": f"32041201{number % 12 + 1:02d}85{number:04d}",
        "phone": f"+62812{number:08d}",
        "regency": "Kab. Bandung",
        "district": f"Kecamatan {number % 7}",
        "workers": number % 40,
        "investment": number * 250_000,
        "year_established": 1990 + number % 30,
        "reported": date(2020, 6, number % 28 + 1),
    }
    return base | changes


def untidy(name: str, value: Cell, chance: random.Random) -> Cell:
    """Write a value in one of the ways that offices do and that is no problem."""
    if value is None:
        return chance.choice((None, "-", ""))
    if name == "investment":
        return chance.choice(money_notations(int(str(value))))
    if name == "phone":
        bare = str(value)[3:]
        dashed = f"0{bare[:3]}-{bare[3:7]}-{bare[7:]}"
        return chance.choice((f"0{bare}", f"62{bare}", f"+62 {bare}", dashed, bare))
    if name == "nik":
        text = str(value)
        spaced = f"{text[:4]} {text[4:8]} {text[8:12]} {text[12:]}"
        return chance.choice((text, f"'{text}", spaced, f"{text[:6]}.{text[6:12]}.{text[12:]}"))
    if name == "reported" and isinstance(value, date):
        named = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
        return chance.choice((f"{value:%d/%m/%Y}", value.isoformat(), named, f"{value:%d-%m-%Y}"))
    if name == "owner_sex":
        return chance.choice((value, "Laki-laki" if value == "L" else "Perempuan"))
    if name == "workers":
        return chance.choice((str(value), f"{value} orang", f"{value} org"))
    return str(value) if isinstance(value, int) else value


def money_notations(amount: int) -> list[str]:
    """Return the ways to write an amount that read as exactly that amount."""
    dotted, comma = f"{amount:,}".replace(",", "."), f"{amount:,}"
    found = [str(amount), dotted, f"Rp{dotted}", f"Rp {dotted},00", f"Rp. {dotted},-", comma]
    whole, rest = divmod(amount, 1_000_000)
    if amount and rest % 100_000 == 0 and whole < 100_000:  # More millions are asked about.
        short = f"{whole},{rest // 100_000}" if rest else str(whole)
        found += [f"{short} juta", f"Rp {short} jt"]
    return found


def office_sheet(
    firms: Sequence[Mapping[str, Cell]],
    seed: int = 0,
    *,
    title: str | None = "DAFTAR IKM TAHUN 2020",
) -> list[list[Cell]]:
    """Return a sheet as an office lays it out: titles, numbering, blanks, totals, a signature."""
    chance = random.Random(seed)
    names = list(firms[0])
    chance.shuffle(names)
    rows: list[list[Cell]] = []
    if title:
        rows += [[title], []]
    rows.append(["No", *(chance.choice(HEADINGS[name]) for name in names)])
    if chance.random() < 0.5:
        rows.append([str(number) for number in range(1, len(names) + 2)])
    for number, one in enumerate(firms, start=1):
        rows.append([number, *(untidy(name, one[name], chance) for name in names)])
        if chance.random() < 0.1:
            rows.append([])
    if chance.random() < 0.5:
        total: list[Cell] = [None] * (len(names) + 1)
        total[0] = "JUMLAH"
        if "workers" in names:
            total[names.index("workers") + 1] = str(sum(int(str(f["workers"] or 0)) for f in firms))
        rows.append(total)
    if chance.random() < 0.5:
        rows += [[], [None] * 5 + ["Bandung, 15 Juni 2020"], [None] * 5 + ["Kepala Dinas"], [], []]
        rows += [[None] * 5 + ["Drs. Contoh"], [None] * 5 + ["NIP. 196501011990011001"]]
    return rows


def write(rows: Rows, path: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write one sheet in the form that the file's ending names."""
    if path.suffix == ".csv":
        return write_csv(rows, path, delimiter=delimiter, encoding=encoding)
    if path.suffix == ".ods":
        return write_ods({"Data": rows}, path)
    return write_xlsx({"Data": rows}, path)


def write_csv(rows: Rows, path: Path, *, delimiter: str, encoding: str) -> Path:
    """Write a CSV file as a spreadsheet would."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(
    sheets: Mapping[str, Rows],
    path: Path,
    *,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> Path:
    """Write a workbook; merged ranges are of every sheet and keep what their first cell holds."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for span in merged:
                sheet.merge_range(span, "")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write_number(number, column, cell)
    return path


def write_ods(sheets: Mapping[str, Rows], path: Path) -> Path:
    """Write the least that is an OpenDocument spreadsheet."""
    tables = "".join(_ods_table(name, rows) for name, rows in sheets.items())
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        f'office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_table(name: str, rows: Rows) -> str:
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row)) or _ods_cell(None)}</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{escape(name)}">{lines}</table:table>'


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    text = f"<text:p>{escape(str(cell))}</text:p>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, str):
        kind = 'office:value-type="string"'
    else:
        kind = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {kind}>{text}</table:table-cell>"
