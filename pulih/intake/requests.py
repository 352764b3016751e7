"""The sheet of needs (rekapitulasi kebutuhan): who asks for what, how much of it, until when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from pulih.intake import counted_in, firms
from pulih.intake.columns import Column, declared
from pulih.intake.readings import amounts, counts, days, words

if TYPE_CHECKING:
    from pulih.intake.work import SheetRows

TEXT = ("teks", "text")
UNITS = ("bilangan bulat, misalnya 1.500", "a whole number such as 1,500")
KEYS = ("buyer", "quantity")
NEEDED = ("buyer", "product", "quantity", "due")
PLACES = {"address", "village", "district", "regency", "province", "regency_code", "province_code"}

column = partial(declared, "needs")


def _place(one: Column) -> Column:
    # What Pulih itself writes out calls the place so, and must come in again.
    return replace(one, headings=(*one.headings, "wilayah")) if one.name == "regency" else one


COLUMNS: tuple[Column, ...] = (
    column("buyer", ("nama pemesan", "buyer"), TEXT, words.TEXT),
    *(_place(one) for one in firms.COLUMNS if one.name.removesuffix("_code") in PLACES),
    column("product", ("barang yang diminta", "product"), TEXT, words.TEXT),
    column("quantity", ("jumlah yang diminta", "quantity"), UNITS, counts.ORDERED),
    column("unit", ("satuan jumlah", "unit of the quantity"), TEXT, words.TEXT),
    column(
        "due",
        ("tanggal diperlukan", "day needed"),
        ("tanggal, misalnya 15/06/2020", "a date such as 15/06/2020"),
        days.days(),
    ),
    column("standard", ("standar", "standard"), TEXT, words.TEXT),
    column(
        "max_price",
        ("harga tertinggi satuan", "highest price a unit"),
        firms.RUPIAH,
        amounts.money(),
        is_money=True,
    ),
    column("min_order", ("kiriman terkecil", "smallest consignment"), UNITS, counts.PIECES_COUNTED),
    column("note", ("keterangan", "note"), TEXT, words.TEXT),
)


def check(work: SheetRows) -> None:
    """Give a buyer's further rows their buyer and day; refuse rows that lack what is needed."""
    counted_in.take(work)
    if "unit" not in work.values:
        counted_in.doubt_several(work)
    for name in ("buyer", "due"):
        _from_first_row(work, name)
    nothing = pl.Series([None]).new_from_index(0, work.height)
    for name in NEEDED:
        work.need(name, work.values.get(name, nothing).is_null(), "not_asked")


def _from_first_row(work: SheetRows, name: str) -> None:
    """Fill what is blank in rows of goods and quantity from the row above them, and tell it."""
    if not {name, "buyer", "product", "quantity"} <= work.values.keys():
        return
    raw, values = work.raw[name], work.values[name]
    goes_on = work.raw["product"].is_not_null() & work.values["quantity"].is_not_null()
    goes_on &= raw.is_null() & work.raw["buyer"].is_null()
    filled = values.forward_fill()
    missing = goes_on & values.is_null() & filled.is_not_null()
    if missing.any():
        work.values[name] = filled.zip_with(goes_on, values).alias(name)
        work.doubt(name, missing, "of_first_row")
