"""How fast `pulih intake` reads: CSV rows a second; XLSX against openpyxl's reading alone.

    python benchmarks/intake.py [--scale 0.1] [--runs 3]

Full size is 1,000,000 rows × 25 columns of CSV and 200,000 rows of XLSX, with shared texts as Excel
writes it. Everything is read as the command and the inbox do, in a child that is started for it.
Fails (exit 1) when XLSX with all checks is less than five times openpyxl's read-only reading in
the same run (by processor time, which other work on the machine does not change much), or when
the process that reads takes more than 1.2 GB. Files are generated, with invented names.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import polars as pl
import xlsxwriter

CSV_ROWS, XLSX_ROWS = 1_000_000, 200_000
LEAST_TIMES_OPENPYXL = 5.0
MOST_BYTES = 1.2 * 1024**3
SECONDS_CODE = (
    "import json, resource, sys, time\n"
    "from pulih.intake import child, in_child\n"
    "started = time.perf_counter()\n"
    "taken = in_child.read(sys.argv[1])\n"
    "seconds = time.perf_counter() - started\n"
    "child.close_idle()\n"
    "used = [resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
    "busy = sum(one.ru_utime + one.ru_stime for one in used)\n"
    "peak = used[1].ru_maxrss * 1024\n"
    "print(json.dumps([seconds, busy, peak, taken.summary['rows'], taken.problems.height]))\n"
)


def firms(rows: int) -> pl.DataFrame:
    """Return `rows` invented firms under the headings of an office, one in fifty untidy."""
    row = pl.int_range(rows, eager=True).alias("row").to_frame()
    number = pl.col("row")

    def pick(*values: str, step: int = 1) -> pl.Expr:
        choice = pl.Series(values, dtype=pl.String)
        return pl.lit(choice).gather((number * 7919 // step) % len(values))

    def digits(expression: pl.Expr, width: int) -> pl.Expr:
        return expression.cast(pl.String).str.zfill(width)

    untidy = number % 50 == 0
    day = pl.lit("3204") + digits(number % 30 + 1, 2) + digits(number % 28 + 1, 2) + "0685"
    nik = day + digits(number % 9_998 + 1, 4)
    mobile = pl.lit("0812") + digits((number * 104_729) % 10**8, 8)
    dashed = pl.lit("0812-") + digits(number % 10_000, 4) + "-1234"
    money = (number % 900 + 1) * 250_000
    return row.select(
        No=(number + 1).cast(pl.String),
        **{
            "Nama Usaha": pick("UD ", "CV ", "", "Konveksi ")
            + pick("Maju", "Sari", "Tani")
            + " "
            + number.cast(pl.String),
            "Nama Pemilik": pick("Asep ", "Siti ", "Wayan ", "Made ") + digits(number % 5_000, 4),
            "L/P": pick("L", "P"),
            "NIK": pl.when(untidy).then(pl.lit("3,20412E+15")).otherwise(nik),
            "NIB": digits(number + 1_000_000_000_000, 13),
            "No. HP": pl.when(number % 20 == 0).then(dashed).otherwise(mobile),
            "Email": pl.lit("ikm") + number.cast(pl.String) + "@contoh.invalid",
            "Alamat": pl.lit("Jl. Industri No. ") + (number % 300).cast(pl.String),
            "Desa/Kelurahan": pl.lit("Desa ") + (number % 270).cast(pl.String),
            "Kecamatan": pl.lit("Kecamatan ") + (number % 31).cast(pl.String),
            "Kab/Kota": pick("Kab. Bandung", "Kota Bandung", "Kab. Garut", "Kab. Cianjur"),
            "Provinsi": pick("Jawa Barat"),
            "KBLI": pick("10710", "14111", "31001", "16291"),
            "Jenis Produk": pick("Roti", "Kemeja", "Kursi", "Anyaman"),
            "TK L": (number % 9).cast(pl.String),
            "TK P": (number % 7).cast(pl.String),
            "Nilai Investasi": pl.when(untidy)
            .then(pl.lit("Rp 2,5 jt"))
            .otherwise(money.cast(pl.String)),
            "Omzet": (money * 2).cast(pl.String),
            "Kapasitas Produksi": (number % 4_000).cast(pl.String),
            "Satuan": pick("kg", "buah"),
            "Bahan Baku": pick("Tepung", "Kain", "Kayu"),
            "Tahun Berdiri": (number % 30 + 1990).cast(pl.String),
            "Kebutuhan": pick("modal", "bahan baku; pemasaran", "mesin"),
            "Tanggal Lapor": pick("15/06/2020", "2020-06-16", "17-06-2020"),
        },
    )


def write_xlsx(table: pl.DataFrame, path: Path) -> None:
    """Write a workbook as offices do: a title, headings, numbers as numbers, texts shared."""
    numeric = {"No", "TK L", "TK P", "Omzet", "Kapasitas Produksi", "Tahun Berdiri"}
    numbers = [name in numeric for name in table.columns]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_string(0, 0, "DAFTAR IKM PROVINSI JAWA BARAT TAHUN 2020")
        sheet.write_row(2, 0, table.columns)
        for row, values in enumerate(table.iter_rows(), start=3):
            for column, value in enumerate(values):
                if numbers[column]:
                    sheet.write_number(row, column, int(value))
                else:
                    sheet.write_string(row, column, value)


@dataclass(frozen=True)
class Timed:
    """One reading. seconds: by the clock; busy: of the processors, starting included."""

    seconds: float
    busy: float
    peak: float
    rows: int
    problems: int


def intake(path: Path) -> Timed:
    """Read a file as the command does, in a process that has nothing else in it."""
    told = subprocess.run(
        [sys.executable, "-c", SECONDS_CODE, str(path)], check=True, capture_output=True, text=True
    )
    return Timed(*json.loads(told.stdout))


def openpyxl_reading(path: Path) -> tuple[float, float]:
    """Return the seconds openpyxl takes to walk over all cells in read-only mode, and busy ones."""
    started, busy = time.perf_counter(), time.process_time()
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    return time.perf_counter() - started, time.process_time() - busy


def main() -> int:
    """Generate, measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), options.scale, options.runs)


def measure(folder: Path, scale: float, runs: int) -> int:
    """Measure both forms; return 1 when a bound is broken."""
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, scale {scale}")
    csv = folder / "firms.csv"
    firms(int(CSV_ROWS * scale)).write_csv(csv)
    is_small = tell("csv", [intake(csv) for _ in range(runs)])
    xlsx = folder / "firms.xlsx"
    write_xlsx(firms(int(XLSX_ROWS * scale)), xlsx)
    timed = [intake(xlsx) for _ in range(runs)]
    is_small = tell("xlsx", timed) and is_small
    seconds, busy = openpyxl_reading(xlsx)
    times = busy / statistics.median(one.busy for one in timed)
    by_clock = seconds / statistics.median(one.seconds for one in timed)
    print(
        f"openpyxl alone {seconds:.2f} s, {busy:.2f} s busy: ours is {times:.1f} times as fast by "
        f"processor time (at least {LEAST_TIMES_OPENPYXL:.0f}), {by_clock:.1f} by the clock"
    )
    print(f"own peak {peak_megabytes():,.0f} MB (generator)")
    return 0 if is_small and times >= LEAST_TIMES_OPENPYXL else 1


def tell(form: str, timed: list[Timed]) -> bool:
    """Print the median of some readings; return whether they stayed small."""
    seconds = statistics.median(one.seconds for one in timed)
    busy = statistics.median(one.busy for one in timed)
    peak = max(one.peak for one in timed)
    rows, found = timed[0].rows, timed[0].problems
    print(
        f"{form:<5} {rows:>9,} rows × 25  {seconds:6.2f} s ({busy:.2f} s busy)  "
        f"{rows / seconds:>9,.0f} rows/s  {peak / 1024**2:6.0f} MB (at most "
        f"{MOST_BYTES / 1024**2:.0f})  {found:,} problems"
    )
    return peak <= MOST_BYTES


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
