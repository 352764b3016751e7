"""Lists of lines and of imprest: realisation to date, months, and what is left."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pulih.common.errors import Message
from pulih.intake import quick, titles
from pulih.intake.readings import days, reading
from pulih.intake.treasury import IMPREST, MONTHS
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows


def realisation(work: SheetRows) -> None:
    values = work.values
    account = values.get("account", work.empty(pl.String))
    at = next((name for name in ("line_code", "account") if name in work.raw), "account")
    work.need(at, account.is_null(), "no_line_key")
    months = [values[name].fill_null(0) for name in MONTHS if name in values]
    periods = [values[n].fill_null(0) for n in ("realised_before", "realised_now") if n in values]
    summed = sum_of(months) if months else (sum_of(periods) if len(periods) == 2 else None)
    if "realised" not in values:
        summed = summed if summed is not None else periods[0]
        values["realised"] = summed.alias("realised")
        work.columns.setdefault("realised", work.kind.column("realised"))
    elif summed is not None:
        differs = values["realised"].fill_null(0) != summed
        work.doubt("realised", differs, "months_differ")
    values["realised"] = values["realised"].fill_null(0)
    doubt_remaining(work, "ceiling", "realised")


def doubt_remaining(work: SheetRows, whole: str, spent: str) -> None:
    values = work.values
    if not {"remaining", whole, spent} <= set(values):
        return
    left = values[whole] - values[spent]
    differs = values["remaining"] != left
    if "blocked" in values:
        differs &= values["remaining"] != left - values["blocked"].fill_null(0)
    work.doubt("remaining", differs.fill_null(False), "remaining_differs")


def imprest(work: SheetRows) -> None:
    """Date every movement of imprest by its month, and say of which kind it is."""
    values = work.values
    for name in ("month", "sp2d_date"):
        _add_years(work, name)
    month = values.get("month", work.empty(pl.String))
    if "sp2d_date" in values:
        dated = values["sp2d_date"].dt.strftime("%Y-%m")
        month = dated.zip_with(dated.is_not_null(), month)
    told = titles.month_told(work.table, work.sheet.name)
    if told is not None and month.null_count():
        month = month.fill_null(told.text)
        message = Message(
            f'bulan {told.text} diambil dari "{told.words}". Isi kolom Bulan bila ini salah.',
            f'the month {told.text} was taken from "{told.words}". Add a column if that is wrong.',
        )
        work.tell(told.row, told.at, "month", told.words, CORRECTED, "from_title", message)
    values["month"] = month.alias("month")
    work.need("month", month.is_null(), "no_month")
    kinds = values.get("imprest_kind", work.empty(pl.String))
    of_tup = quick.any_of([values[n].fill_null(0) != 0 for n in ("tup", "ptup") if n in values] or
                  [pl.Series([False]).new_from_index(0, work.height)])  # fmt: skip
    told_kind = pl.select(
        pl.when(pl.lit(kinds).is_not_null()).then(pl.lit(kinds))
        .when(pl.lit(of_tup)).then(pl.lit("TUP")).otherwise(pl.lit("UP"))
    ).to_series()  # fmt: skip
    values["imprest_kind"] = told_kind.alias("imprest_kind")
    amounts = [values[name].is_not_null() for name in IMPREST if name in values]
    first = next(name for name in IMPREST if name in values)
    work.need(first, ~quick.any_of(amounts), "no_document_amount")


def _add_years(work: SheetRows, name: str) -> None:
    """Read `Januari` as `Januari 2020` where the list tells its year and no row names another."""
    texts, year = work.raw.get(name), work.values.get("fiscal_year")
    if texts is None or year is None:
        return
    bare = (days.is_bare_month(texts) & year.is_not_null()).fill_null(False)
    written = work.values[name].cast(pl.String).str.head(4).cast(pl.Int64)
    if not bare.any() or (written != year).any():
        return
    whole = texts.zip_with(~bare, texts.str.strip_chars() + " " + year.cast(pl.String))
    work.found = [part for part in work.found if part["column"][0] != name]
    work.take(name, reading.read(whole, work.numeric.get(name), work.readings[name]))


def sum_of(series: Sequence[pl.Series]) -> pl.Series:
    total = series[0]
    for one in series[1:]:
        total = total + one
    return total
