"""The sheet of makers (kapasitas, sertifikat, anggota): the firms' columns and what each offers.

One file may hold all three: capacities with price and lot, certificates with number and days,
and the cluster or cooperative that a firm belongs to.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pulih.intake import counted_in, firms, quick
from pulih.intake.columns import Column, declared
from pulih.intake.readings import amounts, counts, days, words

if TYPE_CHECKING:
    from pulih.intake.work import SheetRows

UNITS = ("bilangan bulat, misalnya 1.500", "a whole number such as 1,500")
DAY = ("tanggal, misalnya 15/06/2020", "a date such as 15/06/2020")

column = partial(declared, "makers")

ONLY_HERE: tuple[Column, ...] = (
    column(
        "price",
        ("harga jual satuan", "selling price a unit"),
        firms.RUPIAH,
        amounts.money(),
        is_money=True,
    ),
    column("lot_size", ("isi satu lot", "units a lot"), UNITS, counts.PIECES_COUNTED),
    column("min_order", ("pesanan terkecil", "smallest order"), UNITS, counts.PIECES_COUNTED),
    column("free_from", ("bisa mulai", "free from"), DAY, days.days()),
    column(
        "certificate_number", ("nomor sertifikat", "certificate number"), firms.TEXT, words.TEXT
    ),
    column("certificate_from", ("sertifikat mulai", "certificate from"), DAY, days.days()),
    column("certificate_to", ("sertifikat sampai", "certificate until"), DAY, days.days()),
    column(
        "group_name", ("sentra atau koperasi", "cluster or cooperative"), firms.TEXT, words.TEXT
    ),
    column("member_since", ("anggota sejak", "member since"), DAY, days.days()),
)
# What Pulih itself writes out calls these so, and must come in again.
WRITTEN_OUT = {
    "business_name": ("ikm", "firm"),
    "regency": ("wilayah", "area"),
    "capacity": ("satuan per minggu", "units a week"),
}


def _of_firms(one: Column) -> Column:
    return replace(one, headings=(*one.headings, *WRITTEN_OUT.get(one.name, ())))


COLUMNS: tuple[Column, ...] = (*map(_of_firms, firms.COLUMNS), *ONLY_HERE)
KEYS = firms.KEYS
PENDING = (
    r"(?i)^\W*(?:masih |sedang |dalam |tahap |on )*"
    r"(?:proses|progress?|belum|pengajuan|pengurusan|diajukan|diurus|diproses)\b[^0-9]*$"
)
OF_CERTIFICATE = {"certificates", "certificate_number", "certificate_from", "certificate_to"}
# What tells such a sheet from a list of firms: two columns that belong together.
KNOWN_BY = (
    *({"capacity", one} for one in ("price", "lot_size", "min_order", "free_from")),
    *({"certificates", one} for one in ("certificate_number", "certificate_to")),
    *({"certificate_number", one} for one in ("certificate_from", "certificate_to")),
    {"group_name", "member_since"},
)


def check(work: SheetRows) -> None:
    """Doubt a certificate that ends before it begins, or a number that says for none or several."""
    values = work.values
    counted_in.doubt_several(work)
    if "certificate_from" in values and "certificate_to" in values:
        ends = (values["certificate_to"] < values["certificate_from"]).fill_null(False)
        work.doubt("certificate_to", ends, "ends_before")
        for name in OF_CERTIFICATE & values.keys():  # Without its end it would be held for ever.
            values[name] = values[name].set(ends, None)
    _not_yet_held(work)
    if "certificate_number" in values:
        numbered = values["certificate_number"].is_not_null()
        if "certificates" in values:
            numbered &= values["certificates"].str.contains(";").fill_null(True)
        work.doubt("certificate_number", numbered, "number_of_which")


def _not_yet_held(work: SheetRows) -> None:
    """Take no certificate for held whose number says that it is being asked for."""
    values = work.values
    if "certificate_number" not in values:
        return
    pending = quick.surely(values["certificate_number"].str.contains(PENDING))
    values["certificate_number"] = values["certificate_number"].set(pending, None)
    if "certificates" in values:
        work.doubt("certificates", pending & values["certificates"].is_not_null(), "not_yet_held")
        values["certificates"] = values["certificates"].set(pending, None)
