"""The columns of a year's list of standard unit costs (SBM), under our headings or others'.

Source: CLASS-16.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pulih.common.errors import Message

from . import rules
from .models import CostNature
from .rules import Column

TEXT_OR_NONE = Message("teks paling banyak 200 huruf", "text of at most 200 letters")
NATURES = {
    "ceiling": CostNature.CEILING, "batas tertinggi": CostNature.CEILING,
    "tertinggi": CostNature.CEILING, "batas": CostNature.CEILING,
    "estimate": CostNature.ESTIMATE, "estimasi": CostNature.ESTIMATE,
    "perkiraan": CostNature.ESTIMATE,
}  # fmt: skip
COUNTRY = ("", "-", "nasional", "indonesia")


def columns(
    province: Callable[[str], int],
    names: Sequence[Column],
    days: Sequence[Column],
    trust: Sequence[Column],
) -> tuple[Column, ...]:
    """Return the columns: the item, where, what it costs, by what it is known, when, by which text.

    province: reads a province's name. names, days, trust: the columns that other lists have too.
    """
    (name, name_en), (first, last), (source, verified) = names, days, trust
    code = Column(
        "code",
        rules.matching(r"[A-Za-z0-9_.\-]{1,20}"),
        Message("1 sampai 20 huruf, angka, titik, atau garis", "1 to 20 letters or figures"),
        also=("kode", "kode item"),
    )
    since = Message(
        "tahun seperti 2021, atau tanggal seperti 2021-01-01, paling akhir 2100",
        "a year such as 2021, or a day such as 2021-01-01, 2100 at the latest",
    )
    return (
        code,
        replace(name, also=("nama", "uraian", "item", "jenis biaya")),
        replace(name_en, read=rules.text_or_none(200), rule=TEXT_OR_NONE, is_required=False),
        _place(province),
        *_cost(),
        *_known_by(),
        replace(
            first,
            read=rules.first_day,
            rule=since,
            also=("tahun", "tahun anggaran", "berlaku sejak"),
        ),
        replace(last, also=("berlaku sampai sebelum",)),
        replace(source, also=("sumber", "dasar hukum")),
        replace(verified, is_required=False, also=("diperiksa",)),
    )


def _place(province: Callable[[str], int]) -> Column:
    def read(value: str) -> int | None:
        return None if value.casefold() in COUNTRY else province(value)

    rule = Message(
        "nama provinsi, atau kosong untuk seluruh Indonesia",
        "the name of a province, or empty for the whole country",
    )
    return Column("province", read, rule, is_required=False, also=("provinsi",))


def _cost() -> tuple[Column, ...]:
    unit = Message("teks 1 sampai 40 huruf", "text of 1 to 40 letters")
    amount = Message(
        "rupiah bulat di atas nol, misalnya 900.000", "whole rupiah above zero such as 900,000"
    )
    nature = Message("batas tertinggi atau estimasi", "ceiling or estimate")
    also = ("besaran", "biaya", "jumlah", "rupiah")
    return (
        Column("unit", rules.text(40), unit, also=("satuan",)),
        Column("amount", rules.rupiah_above_zero, amount, also=also),
        Column("nature", _nature, nature, also=("sifat",)),
    )


def _known_by() -> tuple[Column, ...]:
    accounts = Message(
        "akun 6 angka dipisahkan spasi, atau kosong",
        "accounts of 6 digits apart by blanks, or empty",
    )
    words = Message(
        "kata pengenal dalam uraian POK, atau kosong",
        "words by which a POK names the item, or empty",
    )
    return (
        Column("accounts", _accounts, accounts, is_required=False, also=("akun",)),
        Column("words", _words, words, is_required=False, also=("kata pengenal",)),
    )


def _nature(value: str) -> str:
    """Read the nature of a unit cost in the words of either language. Raises ValueError."""
    found = NATURES.get(value.casefold())
    if found is None:
        raise ValueError(value)
    return found


def _accounts(value: str) -> str:
    """Read accounts of six digits, apart by blanks or commas; or none. Raises ValueError."""
    codes = re.split(r"[\s,;]+", value.strip()) if value.strip() else []
    if not all(re.fullmatch(r"\d{6}", code) for code in codes):
        raise ValueError(value)
    return rules.text_or_none(200)(" ".join(codes))


def _words(value: str) -> str:
    return rules.text_or_none(200)(value.lower())
