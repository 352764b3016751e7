"""The sheet of needs (rekapitulasi kebutuhan): who asks for what, how much of it, until when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pulih.intake import firms
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
    column("quantity", ("jumlah yang diminta", "quantity"), UNITS, counts.PIECES_COUNTED),
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
    """Refuse rows that lack what a need cannot be without."""
    for name in NEEDED:
        if name in work.values:
            work.doubt(name, work.values[name].is_null(), "not_asked")
