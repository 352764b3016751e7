"""What two offices send in June: the treasury's list of SP2D, and their sheet of the imprest.

The list agrees with the ledger but for two documents: one that nobody has written down yet, and one
that the treasury dates a working day later. Both are generated.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from django.db.models import QuerySet, Sum

from pulih.budget.models import AmountKind, BudgetLine, DocumentKind, Entry, SpendingUnit
from pulih.classifications.holidays import working_day

from . import pok
from .figures import REPORTED_ON
from .files import Delivery
from .workbooks import workbook

SENDERS = {"32": "jabar", "63": "kalsel"}
UP, TUP, ACCOUNTED = 100_000_000, 25_000_000, 20_000_000
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei")
UNWRITTEN = 1_250_000  # Of the document that the ledger has not.
PAID_ON = date(2020, 6, 11)
SP2D_HEADS = ("Nomor SP2D", "Tanggal SP2D", "Jenis SPM", "Kode", "Nilai Bruto", "Nama Penerima")
IMPREST_HEADS = ("Bulan", "UP diberikan", "GUP", "TUP", "PTUP")
Row = tuple[object, ...]


def write_lists(home: Path, senders: Mapping[str, str] = SENDERS) -> Iterator[tuple[Delivery, str]]:
    """Write and yield the lists of each office, with who sends them; from what the ledger says.

    senders: the sender by the code of the province.
    """
    for code, sender in senders.items():
        unit = SpendingUnit.objects.select_related("province").get(code=pok.unit_code(code))
        named = ((f"SP2D_Juni_2020_{code}.xlsx", "Daftar SP2D", SP2D_HEADS, _payments(unit, code)),
                 (f"INPUT_UP_TUP_2020_{code}.xlsx", "INPUT UP TUP", IMPREST_HEADS, _imprest(unit))
                 )  # fmt: skip
        for name, title, heads, rows in named:
            path = home / name
            if not path.exists():
                _write(path, title, unit, heads, rows)
            yield Delivery(path, "treasury", unit.province_id, REPORTED_ON), sender


def _payments(unit: SpendingUnit, code: str) -> list[Row]:
    sums = (
        _paid(unit)
        .values_list(
            "posting__document_number", "effective_on", "posting__method", "line__line_key",
            "posting__party",
        )
        .annotate(total=Sum("rupiah"))
        .order_by("effective_on", "posting__document_number", "line__line_key")
    )  # fmt: skip
    rows: list[Row] = [
        (number, day, method or "LS", key, total, party)
        for number, day, method, key, party, total in sums
    ]
    number, day, *rest = rows[-1]
    assert isinstance(day, date)
    rows[-1] = (number, working_day(day, 1), *rest)
    line = max(BudgetLine.objects.filter(unit=unit), key=lambda one: one.amounts.free)
    payee = "UD Baru Jaya (peragaan)"
    return [*rows, (f"200{code}1304000900", PAID_ON, "LS", line.line_key, UNWRITTEN, payee)]


def _imprest(unit: SpendingUnit) -> list[Row]:
    refilled: Counter[int] = Counter()
    of_imprest = _paid(unit).filter(posting__method="GUP")
    for day, rupiah in of_imprest.values_list("effective_on", "rupiah"):
        refilled[day.month] += rupiah
    return [
        (
            f"{name} {pok.FISCAL_YEAR}",
            UP if month == 1 else 0,
            refilled[month],
            TUP if month == 3 else 0,
            ACCOUNTED if month == 4 else 0,
        )
        for month, name in enumerate(MONTHS, start=1)
    ]


def _paid(unit: SpendingUnit) -> QuerySet[Entry]:
    return Entry.objects.filter(
        line__unit=unit,
        posting__document_kind=DocumentKind.PAYMENT,
        posting__reversed_by=None,
        amount_kind=AmountKind.REALISATION,
    )


def _write(path: Path, title: str, unit: SpendingUnit, heads: Row, rows: list[Row]) -> None:
    with workbook(path, REPORTED_ON, default_date_format="dd/mm/yyyy") as book:
        sheet = book.add_worksheet(title)
        sheet.write(0, 0, f"{title.upper()} TAHUN ANGGARAN {pok.FISCAL_YEAR} (data peragaan)")
        sheet.write(1, 0, f"Satker: {unit.code} {unit.name}")
        sheet.write_row(3, 0, heads)
        for place, row in enumerate(rows, start=4):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(place, column, value)
                else:
                    sheet.write(place, column, value)
        sheet.set_column(0, len(heads) - 1, 24)
