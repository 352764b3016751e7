"""Documents of the treasury's lists, payments and contracts: number, date, gross amount."""

from __future__ import annotations

import polars as pl

from pulih.common.errors import Message
from pulih.intake import quick
from pulih.intake.treasury_lines import doubt_remaining
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

OF_A_DOCUMENT = ("sp2d_number", "sp2d_date", "spm_number", "spm_date", "spp_number", "spp_date")


def payments(work: SheetRows) -> None:
    _fill_documents_down(work)
    values = work.values
    _add_gross(work)
    number = values.get("sp2d_number", work.empty(pl.String))
    work.need("sp2d_number", number.is_null(), "no_document")
    work.need("gross", values["gross"].is_null() & number.is_not_null(), "no_document_amount")
    dates = values.get("sp2d_date", work.empty(pl.Date))
    work.need("sp2d_date", dates.is_null() & number.is_not_null(), "no_document_date")
    if "purpose" not in values and "detail" in values:
        values["purpose"] = values["detail"].alias("purpose")
    _doubt_documents(work, "sp2d_number", "sp2d_date")
    _doubt_net(work, number)


def _fill_documents_down(work: SheetRows) -> None:
    """Give the further lines of a document its number, where only the first line names it."""
    values = work.values
    number = values.get("sp2d_number")
    if number is None or "account" not in values:
        return
    amounts = [values[name].is_not_null() for name in ("gross", "net") if name in values]
    if not amounts:
        return
    blank = number.is_null() & values["account"].is_not_null() & quick.any_of(amounts)
    for name in OF_A_DOCUMENT:
        if name in values:
            blank &= values[name].is_null()
    blank &= number.forward_fill().is_not_null()
    if not blank.any():
        return
    work.doubt("sp2d_number", blank, "from_above")
    for name in (*OF_A_DOCUMENT, "method", "payee", "contract_number"):
        if name in values:
            filled = values[name].zip_with(~blank, values[name].forward_fill())
            values[name] = filled.alias(name)


def _add_gross(work: SheetRows) -> None:
    """Bring every payment to its gross amount, by which a line is charged."""
    values = work.values
    gross = values.get("gross", work.empty(pl.Int64))
    if "net" in values:
        taken = values["net"] + values.get("deductions", work.empty(pl.Int64)).fill_null(0)
        if "gross" not in values and "deductions" not in values:
            message = Message(
                "hanya ada jumlah neto; dianggap sama dengan bruto. Tambahkan kolom Bruto atau "
                "Potongan bila ada pajak yang dipotong.",
                "there are net amounts only; they were taken to equal the gross ones. Add a "
                "column of gross amounts or of deductions if tax was withheld.",
            )
            work.tell_heading("net", WARNING, "only_net", message)
        gross = gross.zip_with(gross.is_not_null(), taken)
    values["gross"] = gross.cast(pl.Int64).alias("gross")


def _doubt_net(work: SheetRows, number: pl.Series) -> None:
    values = work.values
    if not {"gross", "deductions", "net"} <= set(work.raw):
        return
    alone = number.is_null() | ~number.is_duplicated()
    differs = values["net"] != values["gross"] - values["deductions"].fill_null(0)
    work.doubt("net", (differs & alone).fill_null(False), "net_differs")


def _doubt_documents(work: SheetRows, number: str, day: str) -> None:
    """Doubt rows that stand twice, documents of two dates and dates of another year."""
    values = work.values
    frame = pl.DataFrame([series.alias(name) for name, series in values.items()])
    again = frame.select(repeated=~pl.struct(pl.all()).is_first_distinct()).to_series()
    if number not in values:
        return
    work.doubt(number, again & values[number].is_not_null(), "same_row")
    if day not in values:
        return
    dated = frame.select(first=pl.col(day).drop_nulls().first().over(number)).to_series()
    differs = (dated != values[day]).fill_null(False) & values[number].is_not_null()
    work.doubt(day, differs, "two_dates")
    if "fiscal_year" in values and number == "sp2d_number":
        other = values[day].dt.year().cast(pl.Int64) != values["fiscal_year"]
        work.doubt(day, other.fill_null(False), "other_year")


def contracts(work: SheetRows) -> None:
    values = work.values
    empty = work.empty(pl.String)
    register = values.get("register_number", empty)
    number = values.get("contract_number", empty)
    values["contract_number"] = number.zip_with(number.is_not_null(), register).alias(
        "contract_number"
    )
    number = values["contract_number"]
    work.need("contract_number", number.is_null(), "no_document")
    value = values.get("contract_value", work.empty(pl.Int64))
    work.need("contract_value", value.is_null() & number.is_not_null(), "no_document_amount")
    dates = values.get("contract_date", work.empty(pl.Date))
    work.need("contract_date", dates.is_null() & number.is_not_null(), "no_document_date")
    if "purpose" not in values and "detail" in values:
        values["purpose"] = values["detail"].alias("purpose")
    _doubt_documents(work, "contract_number", "contract_date")
    doubt_remaining(work, "contract_value", "realised")
