"""Days to come and days too long ago, and amounts of a year among amounts of a month."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import polars as pl

from pulih.intake import quick
from pulih.intake.work import SheetRows

OLDEST_FIRM, OLDEST_REPORT = 1900, date(2000, 1, 1)
MAY_LIE_AHEAD = {"contract_end", "due", "free_from", "certificate_to"}
TURNOVERS = ("turnover", "turnover_before")
PERIOD = (
    r"(?i)(?:/|\bper[\s-]?|\bse|\()\s*(bulan|bln|bl|month|mth|tahun|thn|th|year|yr)\b|"
    r"\d\s*(?:jt|juta|rb|ribu)?\s*(bln|thn)\b"
)
MONTHLY, YEARLY = ("bulan", "bln", "bl", "month", "mth"), ("tahun", "thn", "th", "year", "yr")
HEADING_PERIOD = re.compile(
    r"(?:/|\bper\b|\bse)\W*(?P<unit>bulan|bln|month|tahun|thn|th|year)\b|"
    r"\b(?P<word>bulanan|tahunan|monthly|annual|yearly)\b|\(\s*(?P<alone>bulan|tahun)\s*\)",
    re.IGNORECASE,
)


def doubt_days(work: SheetRows, on: date | None) -> None:
    """Doubt days and years that lie in the future of the list, or before any list was kept."""
    limit = on or datetime.now(UTC).date()
    for name, values in list(work.values.items()):
        if name in MAY_LIE_AHEAD or name not in work.columns:
            continue
        if values.dtype == pl.Date:
            work.doubt(name, values > limit, "future_day")
            work.doubt(name, values < OLDEST_REPORT, "long_ago")
        elif name == "month":
            work.doubt(name, values > f"{limit:%Y-%m}", "future_day")
        elif name == "year_established":
            work.doubt(name, values > limit.year, "future_day")
            work.doubt(name, values < OLDEST_FIRM, "long_ago")
        elif name == "fiscal_year":  # The next year's budget is planned in this one.
            work.doubt(name, values > limit.year + 1, "future_day")


def doubt_serials(work: SheetRows) -> None:
    """Doubt the numbers of days (`43983`) that stand among days or years written out."""
    for name, values in work.values.items():
        if name not in work.raw or not (values.dtype == pl.Date or name == "year_established"):
            continue
        serials = work.raw[name].str.contains(r"^\d{5}(?:\.\d+)?$") & quick.is_filled(values)
        if int(serials.sum()) * 2 <= values.count():
            work.doubt(name, serials, "by_sense")


def doubt_turnover(work: SheetRows) -> None:
    """Tell each turnover that names another period than its column; nothing is divided."""
    for name in TURNOVERS:
        if name in work.raw and name in work.values:
            _doubt_one(work, name)


def _doubt_one(work: SheetRows, name: str) -> None:
    texts = work.raw[name]
    found = texts.str.extract_groups(PERIOD).struct.unnest()
    if not any(quick.counts(found)):
        return
    word = found.to_series(0).fill_null(found.to_series(1)).str.to_lowercase()
    monthly, yearly = (word.is_in(words).fill_null(False) for words in (MONTHLY, YEARLY))
    if not (monthly | yearly).any():
        return
    base = heading_period(work.table.headings[work.position(name)] or "")
    if base is None:
        unmarked = int(texts.count()) - int((monthly | yearly).sum())
        base = "month" if unmarked or int(monthly.sum()) >= int(yearly.sum()) else "year"
    rows = work.values.get("turnover_period")
    if name == "turnover" and rows is not None and "turnover_period" in work.raw:
        differs = (monthly & (rows == "year")) | (yearly & (rows == "month"))
        work.doubt(name, differs, "other_period")
        return
    work.doubt(name, yearly if base == "month" else monthly, "other_period")


def heading_period(heading: str) -> str | None:
    """Return whether a heading says that its amounts are of a month or of a year."""
    found = HEADING_PERIOD.search(heading)
    if found is None:
        return None
    word = (found["unit"] or found["word"] or found["alone"]).lower()
    return "month" if word.startswith(("b", "m")) else "year"
