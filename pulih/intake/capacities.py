"""What a row says of a capacity in two cells: how many of what, in which period, by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from pulih.intake import counted_in, quick
from pulih.intake.readings import measures

if TYPE_CHECKING:
    from pulih.intake.work import SheetRows

DAYS = {"hari": 1, "minggu": 6, "bulan": 26, "tahun": 312}  # Working days of each period.
SAME_PERIOD = {
    "hr": "hari", "harian": "hari", "day": "hari", "mgg": "minggu", "week": "minggu",
    "bln": "bulan", "month": "bulan", "th": "tahun", "thn": "tahun", "year": "tahun",
}  # fmt: skip
PERIOD = rf"(?i)\b({'|'.join((*DAYS, *SAME_PERIOD))})\b"
ONLY_PERIOD = rf"(?i)^\W*(?:per|tiap)?\W*(?:{'|'.join((*DAYS, *SAME_PERIOD))})\W*$"
COUNTS = next(sizes for sizes in measures.SAME_MEASURE if "pcs" in sizes)
MOST_A_DAY = 10_000
"""Pieces that no worker makes in a day, of whatever product: small sweets are fewer. Assumed."""


def check(work: SheetRows) -> None:
    """Join the unit of the cell and of the column beside it; doubt what no hands can make."""
    if "capacity" not in work.raw:
        return
    written = work.raw["capacity"]
    different = written.filter(written.str.contains(r"[A-Za-z]")).unique()
    units = {text: measures.unit_in(text) for text in different}
    unit = written.replace_strict(units, default=None, return_dtype=pl.String)
    _doubt_other_unit(work, unit)
    if "capacity_unit" in work.values:
        unit = _joined(unit, work.values["capacity_unit"])
    if unit.count():
        work.values["capacity_unit"] = unit.alias("capacity_unit")
        _doubt_unsaid(work)
        _doubt_hands(work)


def _joined(cell: pl.Series, beside: pl.Series) -> pl.Series:
    """Join what a cell names (`500/hari`, `5 kodi`) and the column beside it (`lembar`, `/bulan`).

    The cell's own word stands nearer to its number; what it leaves open is taken from beside.
    """
    is_period = cell.str.contains(r"^(?:/|per\b)") & ~beside.str.contains(r"/|\bper\b")
    said = (beside + cell.str.replace(r"^per\s+", "/")).zip_with(quick.surely(is_period), beside)
    counts = _word(cell).is_in(sorted(measures.KNOWN))
    period = beside.str.extract(PERIOD, 1).str.to_lowercase()
    timed = (cell + "/" + period).zip_with(
        quick.surely(period.is_not_null() & ~cell.str.contains(PERIOD)), cell
    )
    said = timed.zip_with(quick.surely(counts), said)
    return said.zip_with(quick.surely(said.is_not_null()), cell)


def _word(unit: pl.Series) -> pl.Series:
    return unit.str.extract(r"^([A-Za-z]+)", 1).str.to_lowercase()


def _doubt_other_unit(work: SheetRows, unit: pl.Series) -> None:
    """Doubt a cell whose unit differs from that of the heading, or of the column beside it."""
    named, own = _named_in(work), _word(unit)
    differs = (
        own.is_in(sorted(measures.KNOWN - named)) if len(named) == 1 else own.is_null() & False
    )
    if "capacity_unit" in work.values:
        column = work.values["capacity_unit"]
        other = own.is_in(sorted(measures.KNOWN)) & (own != _word(column))
        differs |= other & ~quick.surely(column.str.contains(ONLY_PERIOD))
    work.doubt("capacity", differs, "other_unit")


def _doubt_unsaid(work: SheetRows) -> None:
    """Doubt a number without a unit where others of its column are dozens or scores."""
    word = _word(work.values["capacity_unit"])
    if not _named_in(work) and word.is_in(sorted(counted_in.BY_THE_DOZEN)).any():
        said = quick.surely(word.is_in(sorted(measures.KNOWN)))
        work.doubt("capacity", ~said & work.values["capacity"].is_not_null(), "unit_unsaid")


def _named_in(work: SheetRows) -> set[str]:
    """Return the units that the column's heading names."""
    heading = work.table.headings[work.position("capacity")] or ""
    return {word for word in re.findall(r"[a-z]+", heading.lower()) if word in measures.KNOWN}


def _doubt_hands(work: SheetRows) -> None:
    """Doubt pieces a day of which each worker would have to make too many."""
    workers = work.values.get("workers")
    if workers is None:
        return
    unit = work.values["capacity_unit"]
    shares = {text: _a_day(text) for text in unit.drop_nulls().unique()}
    a_day = work.values["capacity"] * unit.replace_strict(
        shares, default=None, return_dtype=pl.Float64
    )
    work.doubt(
        "capacity", quick.surely((workers > 0) & (a_day > workers * MOST_A_DAY)), "too_many_by_hand"
    )


def _a_day(unit: str) -> float | None:
    """Return how many pieces a day one of `unit` is: `kodi/bulan`; None if it names no period."""
    period = re.search(PERIOD, unit)
    size = COUNTS.get(next(iter(re.findall(r"[a-z]+", unit.lower())), ""))
    if period is None or size is None:
        return None
    word = period[1].lower()
    return float(size) / DAYS[SAME_PERIOD.get(word, word)]
