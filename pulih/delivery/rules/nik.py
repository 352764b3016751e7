"""Whether the digits of a NIK can be a person's, in one sentence where they cannot. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import polars as pl

from pulih import places
from pulih.common.errors import Message
from pulih.registry.nik import Doubt, doubts

WRONG = {
    Doubt.BIRTHDAY: Message(
        "angka ke-7 sampai ke-12 bukan tanggal lahir", "digits 7 to 12 are no birthday"
    ),
    Doubt.PLACE: Message(
        "empat angka pertama bukan kode kabupaten/kota", "its first four digits are no regency"
    ),
    Doubt.SEX: Message(
        "jenis kelaminnya tidak sama dengan yang diisi", "it says another sex than was typed"
    ),
    Doubt.SERIAL: Message("empat angka terakhirnya 0000", "it ends in 0000"),
}
NOT_16 = Message("NIK harus 16 angka", "a NIK has 16 digits")


@cache
def regency_codes() -> frozenset[str]:
    """Return the first four digits that a NIK can have: those of every regency there ever was."""
    return frozenset(
        code.value
        for place in places.all_places()
        if place.level == places.Level.REGENCY
        for code in places.dated_codes(place, places.Scheme.KEMENDAGRI)
    )


def faults(
    numbers: Sequence[str], sexes: Sequence[str], regency_codes: Collection[str]
) -> list[Message | None]:
    """Say of each number what is wrong with it; None for a good one and for none at all.

    numbers: as typed, without blanks; "" for none. sexes: L or P. regency_codes: the first four
    digits of every regency there ever was.
    """
    frame = pl.DataFrame(
        {"nik": list(numbers), "sex": list(sexes)}, schema={"nik": pl.String, "sex": pl.String}
    )
    has_form = pl.col("nik").str.contains(r"^\d{16}$")
    checked = pl.when(has_form).then("nik")
    told = frame.select(doubts(checked, pl.col("sex"), regency_codes).alias("doubt"))["doubt"]
    return [_fault(number, doubt) for number, doubt in zip(numbers, told, strict=True)]


def _fault(number: str, doubt: str | None) -> Message | None:
    if not number:
        return None
    if not (len(number) == 16 and number.isascii() and number.isdecimal()):
        return NOT_16
    return WRONG[Doubt(doubt)] if doubt else None
