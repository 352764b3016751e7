"""Places and groups written once, in the first row of their group, as a pivot table leaves them.

The rows below are filled where the layout proves it: the list begins with one, none comes again in
the same group above it, and a lower level never goes on across a higher one. Else they stay blank.
"""

import polars as pl

from pulih.common.errors import Message
from pulih.intake.wording import CORRECTED, WARNING
from pulih.intake.work import SheetRows

LEVELS = ("province", "regency", "district", "village", "commodity_group")
ALONE = (
    "province",
    "regency",
    "district",
    "group_name",
)  # These may be groups without a higher one.
LEAST_ROWS = 4
LEAST_BLANK = 0.4
LEAST_FILLED = 0.85


def fill_down(work: SheetRows) -> None:
    """Fill each level, from the highest, or tell that it was left as it is."""
    _fill_level(work, "group_name", [], has_groups=False)
    above: list[pl.Series] = []
    has_groups = False
    for name in LEVELS:
        has_groups |= _fill_level(work, name, above, has_groups=has_groups)
        if name in work.raw and name in work.assignment.recognised:
            above.append(work.raw[name])


def _fill_level(work: SheetRows, name: str, above: list[pl.Series], *, has_groups: bool) -> bool:
    """Fill one level, or tell that it was left; say whether it was filled."""
    texts = work.raw.get(name)
    if texts is None or name not in work.assignment.recognised:
        return False
    looks_grouped = _looks_grouped(texts)
    if not looks_grouped and not (has_groups and texts.null_count()):
        return False
    may_stand = name in ALONE or has_groups
    if may_stand and _is_proven(texts, _groups(work, above)) and _is_full(work, texts):
        _fill(work, name, texts)
        return True
    if looks_grouped:
        _tell_left(work, name, texts)
    return False


def _groups(work: SheetRows, levels: list[pl.Series]) -> pl.Series:
    """Number the rows that stand together under the same places of some levels."""
    number = pl.Series([0]).new_from_index(0, work.height)
    for texts in levels:
        own = texts.fill_null("")
        number = pl.struct(number.alias("above"), own.alias("own"), eager=True).rle_id()
    return number


def _looks_grouped(texts: pl.Series) -> bool:
    """Say whether a column begins with a value, leaves much blank and hardly repeats itself."""
    if len(texts) < LEAST_ROWS or texts[0] is None:
        return False
    if texts.null_count() < LEAST_BLANK * len(texts):
        return False
    filled = texts.drop_nulls()
    return filled.n_unique() * 10 >= len(filled) * 9


def _is_proven(texts: pl.Series, above: pl.Series) -> bool:
    """Say whether each group above begins with a value, and none comes twice in one group."""
    frame = pl.DataFrame({"above": above, "text": texts})
    starts = frame.filter(pl.col("above") != pl.col("above").shift(1, fill_value=-1))
    filled = frame.drop_nulls("text")
    return starts["text"].null_count() == 0 and not filled.is_duplicated().any()


def _is_full(work: SheetRows, texts: pl.Series) -> bool:
    """Say whether the rows where it is blank lack nothing else that the first ones have."""
    others = {**work.raw, **work.extra}
    counts = pl.DataFrame(
        [
            others[name].is_not_null().alias(name)
            for name in others
            if name not in (*LEVELS, "group_name") and not _numbers_groups(others[name], texts)
        ]
    ).select(pl.sum_horizontal(pl.all()).alias("count"))
    blank = counts.filter(texts.is_null()).mean().item()
    first = counts.filter(texts.is_not_null()).mean().item()
    return bool(blank >= LEAST_FILLED * first)


def _numbers_groups(column: pl.Series, texts: pl.Series) -> bool:
    """Say whether a column holds the running numbers of the groups: `1 | Kota Padang`."""
    same = (column.is_null() == texts.is_null()).all()
    return same and bool(column.drop_nulls().str.contains(r"^\d{1,3}(?:\.0)?[.)]?$").all())


def _fill(work: SheetRows, name: str, texts: pl.Series) -> None:
    count = texts.null_count()
    work.raw[name] = texts.fill_null(strategy="forward")
    if name in work.numeric:
        flags = work.numeric[name].to_frame().select(pl.col("*").cast(pl.Int8)).to_series()
        blank = pl.Series([None], dtype=pl.Int8).new_from_index(0, len(flags))
        shown = flags.zip_with(texts.is_not_null(), blank)
        work.numeric[name] = shown.fill_null(strategy="forward").cast(pl.Boolean)
    message = Message(
        f"hanya tertulis di baris pertama tiap kelompok; {count} sel kosong di bawahnya diisi dari "
        "atas. Isi setiap baris bila ini salah.",
        f"stands only in the first row of each group; {count} blank cells below were filled from "
        "above. Fill in every row if that is wrong.",
    )
    work.tell_heading(name, CORRECTED, "filled_down", message)


def _tell_left(work: SheetRows, name: str, texts: pl.Series) -> None:
    count = texts.null_count()
    message = Message(
        f"{count} sel kosong dibiarkan kosong, karena tidak pasti apakah isi di atasnya berlaku. "
        "Isi setiap baris.",
        f"{count} blank cells were left blank, for it is not certain that the cell above holds "
        "for them. Fill in every row.",
    )
    work.tell_heading(name, WARNING, "blank_below", message)
