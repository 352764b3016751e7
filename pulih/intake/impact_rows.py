"""What an impact sheet says outside its rows: the month of the report."""

import polars as pl

from pulih.common.errors import Message
from pulih.intake import titles
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows


def fill_month(work: SheetRows) -> None:
    """Give every row without a month the one that the titles tell; told once a sheet."""
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, work.height)
    old = work.values.get("month", empty)
    told = titles.month_told(work.table, work.sheet.name)
    count = old.null_count()
    if told is None or not count:
        return
    filled = pl.Series([told.text]).new_from_index(0, work.height)
    work.values["month"] = old.zip_with(old.is_not_null(), filled).alias("month")
    work.columns.setdefault("month", work.kind.column("month"))
    message = Message(
        f'bulan laporan {told.text} diambil dari "{told.words}" untuk {count} baris. Isi kolom '
        f"Bulan bila ini salah.",
        f'the month of the report {told.text} was taken from "{told.words}" for {count} rows. '
        f"Add a column for it if that is wrong.",
    )
    work.tell(told.row, told.at, "month", told.words, CORRECTED, "from_title", message)
