"""What the cells of a row, and the rows of a list, say of each other in lists of firms."""

from __future__ import annotations

import re

import polars as pl

from pulih.intake import quick
from pulih.intake.work import SheetRows

SAME_FIRM = ("nik", "address", "village", "district", "regency", "product", "month")
# What two rows with one number have alike, if they are of one firm or one person.
OF_ONE = {"nib": ("business_name", "address"), "nik": ("owner_name",)}
KNOWN_BY = ("owner_name", "nik", "nib", "phone", "address")
TRADE = (
    r"(?i)\b(?:pedagang|dagang|berdagang|perdagangan|reseller|distributor|agen|jualan|berjualan|"
    r"jual beli|dropship\w*|pengecer|eceran|grosir|kulakan|warung|toko kelontong|"
    r"bukan (?:produsen|industri|pengrajin)|tidak (?:mem)?produksi sendiri)\b"
)
# What makes of a trader only a buyer, an office or a licence.
OF_EVERY_FIRM = ("workers", "workers_before", "turnover", "turnover_before", "capacity")
NONE_OR_UNKNOWN = r"(?i)^\s*(?:tidak|tdk|tak|belum)(?:\s+ada)?\W*$|^\s*kosong\W*$"
TWO_PLACES = r"(?i)\p{L}{3}[^/]*\s*[/;&]\s*\p{L}{3}|\p{L}\s+dan\s+\p{L}"
SELLS_TO = re.compile(
    r"\b(?:ke|kepada|melalui|lewat|via|oleh|dari|punya|mencari|butuh|untuk|dinas|disperindag\w*|"
    r"izin|ijin|surat|siup|kementerian|wilayah|lokasi|sistem)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


def check(work: SheetRows) -> None:
    """Doubt numbers of people that do not fit, traders in the remark, and repeated rows."""
    _doubt_sums(work)
    _doubt_dismissals(work)
    _doubt_remarks(work)
    _doubt_repeated(work)
    _doubt_shared_numbers(work)
    _doubt_zeros(work)
    _doubt_two_places(work)


def _doubt_zeros(work: SheetRows) -> None:
    """Doubt a word that may mean none or not known, where each firm has some."""
    for name in OF_EVERY_FIRM:
        if name in work.raw and name in work.values:
            none = work.values[name] == 0
            if none.any():
                said = work.raw[name].str.contains(NONE_OR_UNKNOWN)
                work.doubt(name, said & none, "by_sense")


def _doubt_two_places(work: SheetRows) -> None:
    """Doubt a cell that names more than one place."""
    for name in ("regency", "district", "village"):
        if name in work.raw and name in work.values:
            places = work.raw[name]
            two = quick.filled(places).unique()
            two = two.filter(two.str.contains(TWO_PLACES))
            if len(two):
                work.doubt(name, places.is_in(two.implode()), "two_places")


def _doubt_sums(work: SheetRows) -> None:
    values = work.values
    total = values.get("workers")
    if total is None:
        return
    parts = [name for name in ("workers_male", "workers_female") if name in values]
    if len(parts) == 2:
        both = values[parts[0]] + values[parts[1]]
        work.doubt("workers", both != total, "sums_differ")
    for name in parts:
        work.doubt(name, values[name] > total, "more_than_were")


def _doubt_dismissals(work: SheetRows) -> None:
    """Doubt more people laid off and sent home than there were: before, else now and then."""
    values = work.values
    gone = [name for name in ("laid_off", "furloughed") if name in values]
    before, now = values.get("workers_before"), values.get("workers")
    if before is None and now is None:
        return
    were = before if before is not None else now
    assert were is not None
    if before is not None and now is not None:
        were = before.zip_with(quick.is_filled(before), now)
    too_many = [quick.surely(values[name] > were) for name in gone]
    if before is not None and len(gone) == 2:
        together = values[gone[0]].fill_null(0) + values[gone[1]].fill_null(0)
        sum_differs = quick.surely(together > before)
        too_many = [one | (sum_differs & quick.surely(values[name] > 0))
                    for name, one in zip(gone, too_many, strict=True)]  # fmt: skip
    for name, rows in zip(gone, too_many, strict=True):
        work.doubt(name, rows, "more_than_were")


def _doubt_remarks(work: SheetRows) -> None:
    """Doubt firms whose remark says that they trade; not that they sell to those who do."""
    notes = work.values.get("note")
    if notes is None or "note" not in work.raw:
        return
    odd = quick.surely(notes.str.contains(TRADE))
    if not odd.any():
        return
    traders = [text for text in notes.filter(odd).unique().to_list() if is_trader(text)]
    work.doubt("note", odd & notes.is_in(traders), "trade")


def is_trader(remark: str) -> bool:
    """Say whether a remark calls the firm itself a trader."""
    found = re.search(TRADE, remark)
    return found is not None and not SELLS_TO.search(remark[: found.start()])


def _doubt_repeated(work: SheetRows) -> None:
    """Tell each later row that has name, owner and place of a row above."""
    values = work.values
    if "business_name" not in work.raw or not any(name in values for name in KNOWN_BY):
        return
    names = [name for name in ("business_name", "owner_name", *SAME_FIRM) if name in values]
    frame = pl.DataFrame([values[name].alias(name) for name in names])
    first = "owner_name" if "owner_name" in names else "business_name"
    candidates = _bare(frame[first]).is_duplicated() & quick.is_filled(frame["business_name"])
    known = [name for name in KNOWN_BY if name in names]
    if known:
        candidates &= quick.any_of([quick.is_filled(frame[name]) for name in known])
    at = quick.where(candidates)
    if len(at) < 2:
        return
    keys = frame[at].select(
        pl.concat_str([_bare_expr(name) for name in names], separator="|").alias("key")
    )
    work.doubt("business_name", at.filter(~keys["key"].is_first_distinct()), "repeated_row")


def _doubt_shared_numbers(work: SheetRows) -> None:
    """Tell each later row whose number stands above with another name or address.

    A name within the other one, as `Hj. Siti` holds `Siti`, is no other name.
    """
    for number, all_names in OF_ONE.items():
        names = [name for name in all_names if name in work.values]
        if number not in work.raw or number not in work.values or not names:
            continue
        values = work.values[number]
        at = quick.where(quick.is_filled(values) & values.is_duplicated())
        if at.is_empty():
            continue
        columns = [
            values.alias("number"),
            *(_bare(work.values[name]).alias(name) for name in names),
        ]
        frame = pl.DataFrame(columns)[at]
        others = frame.select(
            pl.any_horizontal(_is_another(name) for name in names).fill_null(False)
        ).to_series()
        work.doubt(number, at.filter(others), "shared_number")


def _is_another(name: str) -> pl.Expr:
    first = pl.col(name).filter(pl.col(name) != "").first().over("number")
    holds = pl.col(name).str.contains(first, literal=True)
    return ~(holds | first.str.contains(pl.col(name), literal=True))


def _bare(texts: pl.Series) -> pl.Series:
    return texts.to_frame("text").select(_bare_expr("text")).to_series()


def _bare_expr(name: str) -> pl.Expr:
    bare = pl.col(name).cast(pl.String).str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "")
    return bare.fill_null("")
