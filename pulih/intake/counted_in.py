"""In what goods are counted: a quantity's own cell, the column beside it or its heading says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from pulih.common.errors import Message
from pulih.intake import quick
from pulih.intake.readings import measures
from pulih.intake.rule import CORRECTED

if TYPE_CHECKING:
    from pulih.intake.work import SheetRows

PLAIN = {"pc", "piece", "pieces", "set", "stel", "units", "litres", "litre", "sheets"}
COUNTED = measures.KNOWN | PLAIN
# Each holds some, and nobody can tell how many.
SEVERAL = {
    "bal", "ball", "botol", "boks", "box", "bungkus", "doos", "dos", "dus", "galon", "ikat",
    "jerigen", "jirigen", "karton", "karung", "kotak", "pack", "pak", "paket", "rim", "rol",
    "roll", "sak", "tabung",
}  # fmt: skip
BY_THE_DOZEN = {"gros", "gross", "kodi", "lsn", "lusin"}
MANY = SEVERAL | BY_THE_DOZEN
OF_WHAT = r"(?:/|\bper\b|\bse)\s*([a-z]{2,})"  # `35.000/lusin`, `Rp 35 rb per kodi`
IN_HEADING = re.compile(r"[(\[/]\s*(?:dalam\s+)?(?:(?:ribu|juta)an?\s+)?([a-z]{2,})\W*$")


def heading_unit(heading: str) -> str | None:
    """Return the unit that a heading names: `Jumlah (box)`, `Kebutuhan/lusin`, `Jumlah Box`."""
    text = heading.casefold().strip()
    words = re.findall(r"[a-z]+", text)
    found = IN_HEADING.search(text)
    unit = found[1] if found else words[-1] if words and words[-1] in MANY else None
    return unit if unit in COUNTED | SEVERAL else None


def take(work: SheetRows) -> None:
    """Keep what the quantity is counted in; empty quantities of boxes."""
    if "quantity" not in work.raw:
        return
    written = work.raw["quantity"]
    texts = {text: measures.unit_in(text) for text in _with_letters(written).unique()}
    unit = written.replace_strict(texts, default=None, return_dtype=pl.String)
    is_own = quick.surely(unit.is_not_null())
    if "unit" in work.values:
        unit = unit.zip_with(is_own, work.values["unit"])
    unit = _filled_from_heading(work, unit)
    if not unit.count():
        return
    work.values["unit"] = unit.alias("unit")
    word = unit.str.to_lowercase().str.extract(r"^\W*([a-z]+)", 1)
    uncounted = quick.surely(word.is_not_null() & ~word.is_in(sorted(COUNTED)))
    uncounted &= quick.surely(work.values["quantity"].is_not_null())
    work.doubt("quantity", uncounted, "unit_of_several")
    work.values["quantity"] = work.values["quantity"].set(uncounted, None)


def doubt_several(work: SheetRows) -> None:
    """Empty prices, lots and smallest orders of a dozen or a box: those of one unit are asked."""
    for name in ("price", "max_price", "min_order", "lot_size"):
        if name not in work.raw or name not in work.values:
            continue
        written, values = work.raw[name].str.to_lowercase(), work.values[name]
        if name in ("price", "max_price"):
            own = written.str.extract(OF_WHAT, 1)
        else:  # Cells of a dozen were not read.
            own = written.str.extract(r"\d\W*([a-z]{2,})\W*$", 1)
        several = own.is_in(sorted(MANY))
        if heading_unit(work.table.headings[work.position(name)] or "") in MANY:
            several |= own.is_null()
        of_several = quick.surely(several) & values.is_not_null()
        work.doubt(name, of_several, "of_several")
        work.values[name] = values.set(of_several, None)


def _with_letters(written: pl.Series) -> pl.Series:
    return written.filter(quick.surely(written.str.contains(r"[A-Za-z]")))


def _filled_from_heading(work: SheetRows, unit: pl.Series) -> pl.Series:
    heading = work.table.headings[work.position("quantity")] or ""
    named = heading_unit(heading)
    missing = unit.is_null() & quick.surely(work.values["quantity"].is_not_null())
    if named is None or not missing.any():
        return unit
    message = Message(
        f'judul "{heading}" menyebut satuan; jumlah tanpa satuan sendiri dihitung dalam {named}. '
        "Hapus satuan dari judul bila ini salah.",
        f'the heading "{heading}" names a unit; quantities without a unit of their own are counted '
        f"in {named}. Take the unit out of the heading if that is wrong.",
    )
    work.tell_heading("quantity", CORRECTED, "unit_of_heading", message)
    return unit.set(missing, named)
