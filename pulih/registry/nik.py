"""What the digits of a NIK say, and where that contradicts what else is said. Pure.

Six digits of where it was first given, six of the birthday (a woman's day plus 40), four running
ones. There is no check digit, and it does not change when people move: where it was given is
compared with no address, only with the places that there are. Source: LINK-01.
"""

from collections.abc import Collection
from enum import StrEnum

import polars as pl

WOMAN = 40


class Doubt(StrEnum):
    """Why a NIK cannot be what it is said to be."""

    BIRTHDAY = "birthday"  # No such day.
    PLACE = "place"  # No regency ever had these digits.
    SEX = "sex"  # The digits say a man and the list a woman, or the other way round.
    SERIAL = "serial"  # Nobody gets 0000.


def doubts(nik: pl.Expr, sex: pl.Expr, regency_codes: Collection[str]) -> pl.Expr:
    """Return the first doubt about each NIK of 16 digits; null for none, or without a NIK.

    sex: L or P, or null. regency_codes: the four digits of every regency there ever was.
    """
    day = nik.str.slice(6, 2).cast(pl.Int16, strict=False)
    is_woman = day > WOMAN
    plain_day = pl.when(is_woman).then(day - WOMAN).otherwise(day).cast(pl.String).str.zfill(2)
    # In a leap year: which century is meant is not told.
    born = pl.concat_str(pl.lit("2000"), nik.str.slice(8, 2), plain_day)
    birthday = born.str.to_date("%Y%m%d", strict=False)
    said = sex.replace_strict(["L", "P"], [False, True], default=None, return_dtype=pl.Boolean)
    return (
        pl.when(nik.is_null())
        .then(None)
        .when(birthday.is_null())
        .then(pl.lit(Doubt.BIRTHDAY.value))
        .when(~nik.str.slice(0, 4).is_in(list(regency_codes)))
        .then(pl.lit(Doubt.PLACE.value))
        .when(said != is_woman)
        .then(pl.lit(Doubt.SEX.value))
        .when(nik.str.slice(12, 4) == "0000")
        .then(pl.lit(Doubt.SERIAL.value))
    )
