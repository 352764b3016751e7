"""Units in headings and titles: each multiplies its own column, and no full amount with it."""

from __future__ import annotations

import re

import polars as pl

from pulih.common.errors import Message
from pulih.intake import habits, heading_scales
from pulih.intake.readings.amounts import a_piece, money
from pulih.intake.readings.measures import measures
from pulih.intake.readings.reading import Reading
from pulih.intake.readings.signed import signed_money
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows

PLAIN = re.compile(
    r"[(\[]\s*(?:dalam\s+|dlm\.?\s+)?(?:rp|rupiah|idr)\b\.?[\s,/-]*[^0-9)\]]*[)\]]", re.I
)
OWN_UNIT = r"(?i)(?:juta|jt|ribu|rb|mil|mlyr|tril|mio|mln|\d\s*[mkt]\b)"
PRICES = ("price", "max_price", "unit_cost")
OF_FIRMS = ("firms", "impact", "makers")
ENOUGH = 3  # Other amounts of a column, before one is measured by them.
FAR = 300  # Times the usual amount of a column: more than firms differ, less than a lost unit.
SURELY_FULL = 10**11  # A hundred billion rupiah: no small or medium industry turns over that much.
FULL_FIGURE = 100_000
LARGE = 5 * 10**10  # The most that a medium firm sells in a year (PP 7/2021 article 35).
FULL_IN_THOUSANDS, TIMES_USUAL = 10**6, 10
MOST_INVESTED = 15 * 10**9  # In a medium industry (Permenperin 64/2016), and few sell as much.


def scale_of(heading: str, title_scale: int) -> int:
    """Return the scale of a column: by the last part of its heading that names a unit.

    `(Rp)` names one too: plain rupiah, whatever the title of the sheet says.
    """
    for part in reversed(heading.split(" / ")):
        scale = heading_scales.scale_in(part)
        if scale > 1 or PLAIN.search(part):
            return scale
    return title_scale


def fitted(work: SheetRows, name: str, title_scale: int) -> Reading:
    """Return the reading of a column of money or capacity, by its scale and its separators."""
    heading = work.table.headings[work.position(name)] or ""
    habit = habits.habit(work.raw[name], work.numeric.get(name))
    if not work.columns[name].is_money:
        scale = heading_scales.scale_in(heading)
        if scale > 1:
            _tell(work, name, heading, scale)
        return measures(habit, scale)
    scale = scale_of(heading, title_scale)
    work.scales[name] = scale
    if scale > 1 and scale_of(heading, 1) > 1:
        _tell(work, name, heading, scale)
    if name in PRICES:
        return a_piece(money(scale, habit))
    return (signed_money if work.columns[name].is_signed else money)(scale, habit)


def _tell(work: SheetRows, name: str, heading: str, scale: int) -> None:
    grouped = f"{scale:,}"
    dotted = grouped.replace(",", ".")
    message = Message(
        f'judul "{heading}" menyebut satuan; semua angka di kolom ini dikalikan {dotted}. Hapus '
        f"satuan dari judul bila ini salah.",
        f'the heading "{heading}" names a unit; all numbers of this column were multiplied by '
        f"{grouped}. "
        "Take the unit out of the heading if that is wrong.",
    )
    work.tell_heading(name, CORRECTED, "scaled", message)


def tell_title(work: SheetRows, told: tuple[int, int, int, str]) -> None:
    """Tell once that a title multiplied all amounts without a unit of their own."""
    scale, row, position, text = told
    grouped = f"{scale:,}"
    dotted = grouped.replace(",", ".")
    message = Message(
        f"judul lembar menyebut satuan; semua nilai rupiah tanpa satuan sendiri dikalikan "
        f"{dotted}. Hapus satuan dari judul bila ini salah.",
        f"the title of the sheet names a unit; all amounts without a unit of their own were "
        f"multiplied by {grouped}. "
        "Take the unit out of the title if that is wrong.",
    )
    work.tell(row, position, None, text, CORRECTED, "scaled", message)


def doubt_full_amounts(work: SheetRows) -> None:
    """Take amounts written in full out of the unit of their column, and tell each of them."""
    for name, scale in work.scales.items():
        if scale > 1 and name in work.values and name in work.raw:
            _doubt_column(work, name, scale)


def _doubt_column(work: SheetRows, name: str, scale: int) -> None:
    values = work.values[name]
    written = values.abs() // scale
    own_unit = work.raw[name].str.contains(OWN_UNIT)
    if (flags := work.numeric.get(name)) is not None:
        own_unit &= ~flags
    open_ = (values.is_not_null() & (written > 0) & ~own_unit).fill_null(False)
    if not open_.any():
        return
    full = open_ & _outliers(values.abs(), written, open_)
    if work.kind.name in OF_FIRMS:
        full |= open_ & (values.abs() >= SURELY_FULL) & (written >= FULL_FIGURE)
    if full.any():
        work.values[name] = values.zip_with(~full, values // scale).alias(name)
        work.doubt(name, full, "full_amount")
    doubtful = open_ & ~full & _doubtful(work, name, values.abs(), written, open_ & ~full, scale)
    work.doubt(name, doubtful, "scale_doubtful")


def _outliers(values: pl.Series, written: pl.Series, rows: pl.Series) -> pl.Series:
    """Find amounts far above the others, which without the unit would be among them."""
    if int(rows.sum()) <= ENOUGH:
        return pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(values))
    middle = values.filter(rows).quantile(0.5, "lower") or 1
    far = (values >= middle * FAR) & (written >= middle / FAR) & (written <= middle * FAR)
    return far.fill_null(False)


def _doubtful(
    work: SheetRows,
    name: str,
    values: pl.Series,
    written: pl.Series,
    rows: pl.Series,
    scale: int,
) -> pl.Series:
    """Find amounts that their unit makes larger than such a list holds."""
    none = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(values))
    if work.kind.name not in OF_FIRMS:
        return none
    large = (values >= LARGE).fill_null(False)
    # `Rp 5.000.000` where the others write bare figures: who writes Rp mostly writes all of it.
    named = work.raw[name].str.contains(r"(?i)^\s*(?:rp|idr)").fill_null(False) & rows
    is_rare = int(named.sum()) * 2 < int(rows.sum()) or int(rows.sum()) <= ENOUGH
    if is_rare:
        large |= (named & (written >= 1_000)).fill_null(False)
    if scale == 1_000_000:  # `12.500` million is 12.5 milliard, or 12.5 million with a slip.
        dotted = work.raw[name].str.contains(r"^\s*\d{1,3}\.\d{3}\s*$").fill_null(False)
        if (flags := work.numeric.get(name)) is not None:
            dotted &= ~flags
        large |= dotted & rows
    if scale == 1_000:
        round_ = ((written >= FULL_IN_THOUSANDS) & (written % 1_000 == 0)).fill_null(False) & rows
        if int(round_.sum()) * 5 >= int(rows.sum()) * 4:
            large |= round_
        usual = written.filter(rows).quantile(0.5, "lower") or 1
        large |= round_ & ((written >= usual * TIMES_USUAL) | (values >= MOST_INVESTED))
    return large
