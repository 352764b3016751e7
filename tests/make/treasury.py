"""Lists of the treasury with a known truth, in the layouts that systems and offices write.

All numbers and names are invented.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.make.intake import MONTHS, Cell

UNIT = "029999"
KEY = "3038.001.051.A.521211"
OTHER_KEY = "3038.001.052.B.522151"
Rows = list[list[Cell]]


@dataclass(frozen=True)
class Paid:
    """One line of an SP2D as it truly is. tax: withheld from the gross amount."""

    number: str
    day: date
    gross: int
    key: str = KEY
    method: str = "LS"
    tax: int = 0
    payee: str = "CV Contoh Jaya"
    purpose: str = "Bahan pelatihan"

    @property
    def account(self) -> str:
        return self.key.rpartition(".")[2]


PAID = (
    Paid("200231301000101", date(2020, 3, 12), 45_000_000, tax=5_000_000),
    Paid("200231301000102", date(2020, 4, 7), 12_500_000, OTHER_KEY, "GUP"),
    Paid("200231301000103", date(2020, 5, 29), 7_250_500, method="NIHIL", payee="Bendahara"),
    Paid("200231301000104", date(2020, 6, 2), 101_000, OTHER_KEY),
)


def dotted(amount: int) -> str:
    """Write an amount as Indonesians do."""
    return f"{amount:,}".replace(",", ".")


def span(paid: Sequence[Paid]) -> Rows:
    """Return OM-SPAN's monitoring of SP2D: net amounts, an invoice, a code of segments."""
    rows: Rows = [["Daftar SP2D Satker"], [f"Satuan Kerja : {UNIT} DISPERINDAG"], []]
    rows.append(["No", "Nomor SP2D", "Tanggal SP2D", "Nilai SP2D", "Potongan", "Nomor Invoice",
                 "Tanggal Invoice", "Jenis SPM", "Deskripsi", "Kode COA"])  # fmt: skip
    for at, one in enumerate(paid, start=1):
        activity, output = one.key.split(".")[:2]
        code = f"{UNIT}.023.{one.account}.0190607.{activity}{output}.A000000001.00000.3.0251.1"
        day = f"{one.day:%d-%m-%Y}"
        rows.append([at, one.number, day, one.gross - one.tax, one.tax, f"000{at}A", day,
                     f"SPM-{one.method}", one.purpose, code])  # fmt: skip
    return rows


def sas(paid: Sequence[Paid]) -> Rows:
    """Return a register as SAS prints it: two-row headings, dots, a total, a signature."""
    rows: Rows = [["REGISTER SPM/SP2D TAHUN ANGGARAN 2020"], [f"KODE SATKER {UNIT} : DISPERINDAG"]]
    rows.append(["No", "SPM", None, "SP2D", None, "Jenis", "MAK", "Bruto", "Potongan", "Netto"])
    rows.append([None, "Nomor", "Tanggal", "Nomor", "Tanggal"] + [None] * 5)
    for at, one in enumerate(paid, start=1):
        day = f"{one.day.day} {MONTHS[one.day.month - 1]} {one.day.year}"
        rows.append([at, f"0000{at}", day, one.number, day, one.method, one.key, dotted(one.gross),
                     dotted(one.tax), dotted(one.gross - one.tax)])  # fmt: skip
    rows.append(["JUMLAH", *[None] * 6, dotted(sum(one.gross for one in paid))])
    return [*rows, [], [*[None] * 7, "Bandung, 30 Juni 2020"], [*[None] * 7, "Bendahara"]]


def sakti(paid: Sequence[Paid]) -> Rows:
    """Return a list with a column for each part of the key, as SAKTI-like exports have."""
    heads: list[Cell] = [
        *("Kode Satker", "Thang", "Kegiatan", "Output", "Komponen", "Sub Komponen", "Akun"),
        *("No SPP", "Tgl SPP", "No SPM", "Tgl SPM", "No SP2D", "Tgl SP2D", "Cara Bayar"),
        *("Jumlah Pengeluaran", "Jumlah Potongan", "Jumlah Pembayaran", "Nama Supplier", "Uraian"),
    ]
    rows: Rows = [heads]
    for one in paid:
        activity, output, component, letter, account = one.key.split(".")
        rows.append([UNIT, 2020, int(activity), output, component, letter, account, "00011T",
                     one.day, "00012A", one.day, one.number, one.day, one.method, one.gross,
                     one.tax, one.gross - one.tax, one.payee, one.purpose])  # fmt: skip
    return rows


def office(paid: Sequence[Paid]) -> Rows:
    """Return an office's own sheet: `Rp`, stray blanks, `Tgl Cair`, a dash after amounts."""
    rows: Rows = [["REKAP SP2D DINAS TA 2020"], []]
    rows.append(["No.", "Tgl Cair", "No. SP2D", "Kode", "Untuk Pembayaran", "Dibayarkan Kepada",
                 "Nilai SPM (Rp)"])  # fmt: skip
    for at, one in enumerate(paid, start=1):
        amount = f"Rp {dotted(one.gross)},-".replace(".", ". ", 1)
        rows.append([at, f"{one.day:%d/%m/%Y}", f" {one.number} ", f"\t{one.key} ", one.purpose,
                     one.payee, amount])  # fmt: skip
    return rows


def grouped(paid: Sequence[Paid]) -> Rows:
    """Return documents whose number stands in their first line only."""
    rows: Rows = [["No SP2D", "Tanggal SP2D", "Kode", "Akun", "Jumlah Kotor"]]
    before = ""
    for one in paid:
        first = one.number != before
        rows.append([one.number if first else None, one.day if first else None, one.key,
                     one.account, one.gross])  # fmt: skip
        before = one.number
    return rows


def english(paid: Sequence[Paid]) -> Rows:
    """Return a list with English headings and grouped amounts of that habit."""
    rows: Rows = [["SP2D number", "SP2D date", "Line key", "Payment method", "Gross amount",
                   "Deductions", "Payee"]]  # fmt: skip
    return [*rows, *([one.number, one.day.isoformat(), one.key, one.method, f"{one.gross:,}",
                      f"{one.tax:,}", one.payee] for one in paid)]  # fmt: skip


def bracketed(paid: Sequence[Paid]) -> Rows:
    """Return a list whose headings carry their unit and whose numbering row follows them."""
    rows: Rows = [["DAFTAR SP2D"], ["NO", "NOMOR SP2D", "TANGGAL SP2D", "KODE ANGGARAN",
                                    "NILAI BRUTO (Rp)", "NILAI NETTO (Rp)"]]  # fmt: skip
    rows.append([str(at) for at in range(1, 7)])
    for at, one in enumerate(paid, start=1):
        rows.append([at, f"'{one.number}", f"{one.day:%d.%m.%Y}", one.key, one.gross,
                     one.gross - one.tax])  # fmt: skip
    rows.append([None, "TOTAL", None, None, sum(one.gross for one in paid)])
    return rows


def serial_days(paid: Sequence[Paid]) -> Rows:
    """Return dates as a spreadsheet's bare numbers, and numbers of documents as numbers."""
    zero = date(1899, 12, 30)
    rows: Rows = [["SP2D Nomor", "SP2D Tanggal", "Pembebanan", "Jumlah Bruto", "Keperluan"]]
    return [*rows, *([int(one.number), (one.day - zero).days, one.key, float(one.gross),
                      one.purpose] for one in paid)]  # fmt: skip


SP2D_LAYOUTS: dict[str, Callable[[Sequence[Paid]], Rows]] = {
    one.__name__: one
    for one in (span, sas, sakti, office, grouped, english, bracketed, serial_days)
}


@dataclass(frozen=True)
class LineSpent:
    """One line of a realisation list as it truly is. months: rupiah by month of the year."""

    key: str
    ceiling: int
    months: tuple[tuple[int, int], ...] = ()

    @property
    def realised(self) -> int:
        return sum(amount for _month, amount in self.months)


SPENT = (
    LineSpent(KEY, 600_000_000, ((3, 45_000_000), (5, 7_250_500))),
    LineSpent(OTHER_KEY, 200_000_000, ((4, 12_500_000), (6, 101_000))),
    LineSpent("3038.001.052.B.524119", 90_000_000),
)


def by_month(spent: Sequence[LineSpent]) -> Rows:
    """Return a list with a column for each month."""
    rows: Rows = [["REALISASI ANGGARAN TA 2020"], ["Satker : DISPERINDAG 029999"]]
    rows.append(["Kode", "Uraian", "Pagu", *(month[:3] for month in MONTHS), "Jumlah Realisasi",
                 "Sisa Pagu"])  # fmt: skip
    for one in spent:
        by = dict(one.months)
        months: list[Cell] = [by.get(number, 0) for number in range(1, 13)]
        rows.append([one.key, "Belanja", one.ceiling, *months, one.realised,
                     one.ceiling - one.realised])  # fmt: skip
    return rows


def fa_detail(spent: Sequence[LineSpent]) -> Rows:
    """Return the nested report of funds that SAKTI calls FA Detail."""
    rows: Rows = [["LAPORAN FA DETAIL"], [f"Satuan Kerja : {UNIT} DISPERINDAG"], ["TA 2020"], []]
    rows.append(["Kode", "Uraian", "Pagu Revisi", "Lock Pagu", "Realisasi", None, None,
                 "Sisa Anggaran"])  # fmt: skip
    rows.append([None, None, None, None, "Periode Lalu", "Periode Ini", "s.d. Periode", None])
    level = ("", "", "")
    for one in spent:
        activity, output, component, letter, account = one.key.split(".")
        if level[0] != activity:
            rows += [[activity, "Pembinaan", *_figures(spent)], [output, "WUB", *_figures(spent)]]
        below = [s for s in spent if s.key.split(".")[2] == component]
        if level[1:] != (component, letter):
            rows += [[component, "Komponen", *_figures(below)], [letter, "Sub", *_figures(below)]]
        level = (activity, component, letter)
        rows.append([account, "Belanja", *_figures([one])])
    rows.append([None, "JUMLAH", *_figures(spent)])
    return rows


def _figures(spent: Sequence[LineSpent]) -> list[Cell]:
    ceiling, realised = sum(s.ceiling for s in spent), sum(s.realised for s in spent)
    return [ceiling, 0, 0, realised, realised, ceiling - realised]


def in_thousands(spent: Sequence[LineSpent]) -> Rows:
    """Return a list in thousands of rupiah that says so in a title."""
    rows: Rows = [["LAPORAN REALISASI ANGGARAN"], ["(dalam ribuan rupiah)"]]
    rows.append(["Kode Anggaran", "Pagu", "Realisasi s.d. Bulan Ini", "Sisa"])
    return [*rows, *([one.key, one.ceiling // 1000, (one.realised + 500) // 1000, None]
                     for one in spent)]  # fmt: skip


def absorption(spent: Sequence[LineSpent]) -> Rows:
    """Return an office's sheet of absorption, in English headings of its own."""
    rows: Rows = [["Penyerapan anggaran per akun"]]
    rows.append(["Kode Satker", "Kode Lengkap", "Pagu DIPA", "Realisasi s.d. Bulan Lalu",
                 "Realisasi Bulan Ini", "%"])  # fmt: skip
    for one in spent:
        share = round(100 * one.realised / one.ceiling, 2)
        rows.append([UNIT, one.key, dotted(one.ceiling), dotted(one.realised), "-", share])
    return rows


REALISATION_LAYOUTS: dict[str, Callable[[Sequence[LineSpent]], Rows]] = {
    one.__name__: one for one in (by_month, fa_detail, absorption)
}


def contracts() -> Rows:
    """Return a control card of contracts (karwas) with a register number."""
    return [
        ["KARTU PENGAWASAN KONTRAK TAHUN 2020"],
        ["No", "No CAN", "Nomor Kontrak", "Tgl Kontrak", "Nama Rekanan", "Kode", "Nilai Kontrak",
         "Realisasi", "Sisa Kontrak"],
        [1, "CAN-01", "SPK/12/IV/2020", date(2020, 4, 6), "CV Contoh Jaya", KEY, 80_000_000,
         30_000_000, 50_000_000],
        [2, None, "SPK/13/V/2020", "12 Mei 2020", "UD Uji", OTHER_KEY,
         "Rp 15.000.000", 0, 15_000_000],
        [None, "JUMLAH", None, None, None, None, 95_000_000, 30_000_000, 65_000_000],
    ]  # fmt: skip


def imprest() -> Rows:
    """Return an office's `INPUT UP TUP` sheet."""
    return [
        ["INPUT UP TUP SATKER 029999 TA 2020"],
        ["Tanggal", "Uraian", "UP", "GUP", "TUP", "PTUP", "Setoran", "Saldo"],
        [date(2020, 1, 20), "UP awal", 100_000_000, None, None, None, None, 100_000_000],
        [date(2020, 4, 7), "GUP 1", None, 62_000_000, None, None, None, None],
        [date(2020, 5, 4), "TUP bimtek", None, None, 150_000_000, None, None, None],
        [date(2020, 6, 3), "Pertanggungjawaban TUP", None, None, None, 120_000_000, None, None],
        [date(2020, 6, 3), "Setor sisa TUP", None, None, None, None, 30_000_000, None],
    ]


def imprest_by_month() -> Rows:
    """Return a monthly table of the imprest with its kind in a column."""
    return [
        ["POSISI UANG PERSEDIAAN"],
        ["Bulan", "Jenis UP", "Diberikan", "Digunakan", "Setoran", "Sisa UP"],
        ["Januari 2020", "UP", "100.000.000", "0", "0", "100.000.000"],
        ["Februari 2020", "UP", "0", "35.500.000", "0", "64.500.000"],
        ["Feb 2020", "TUP", "50 juta", "50 juta", None, 0],
    ]
