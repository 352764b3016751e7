"""Running numbers in front of the names themselves: `1. Tahu Sari`, `2. Tempe Murni`, `3. …`.

They are no part of a name, and would keep a firm apart from the same firm in another list.
"""

import polars as pl

from pulih.common.errors import Message
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows

NUMBER = r"^\s*\(?(\d{1,5})\s*[.)]\s*(?:\D|\d+\s*\p{L})"
WITH_NUMBER = r"^\s*\(?\d{1,5}\s*[.)]\s*"
LEAST_ROWS = 3


def take_off(work: SheetRows) -> None:
    """Take the numbers off where every name has one and each is one more, or begins anew at 1."""
    for name in ("business_name", "owner_name"):
        texts = work.raw.get(name)
        if texts is None or not _are_numbered(texts):
            continue
        work.raw[name] = texts.str.replace(WITH_NUMBER, "")
        message = Message(
            "nomor urut di depan nama dibuang. Beri nomor urut kolom sendiri.",
            "the running numbers in front of the names were taken off. Give them a column of "
            "their own.",
        )
        work.tell_heading(name, CORRECTED, "numbers_in_names", message)


def _are_numbered(texts: pl.Series) -> bool:
    filled = texts.drop_nulls()
    if len(filled) < LEAST_ROWS or not filled.head(LEAST_ROWS).str.contains(NUMBER).all():
        return False
    numbers = filled.str.extract(NUMBER, 1).cast(pl.Int64)
    if numbers.null_count():
        return False
    steps = numbers - numbers.shift(1, fill_value=numbers[0] - 1)
    return bool(((steps == 1) | (numbers == 1)).all())
