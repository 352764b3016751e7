"""Multi-year contracts (kontrak tahun jamak): what a letter must say, and what passes its years.

The approval of an office above the unit gives each year its amount; the part of a year is committed
in that year's budget, and nothing above it. Source: TREASURY-09.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.common.periods import day as words_of_day

from .documents import NOTHING, DocumentFacts
from .years import FIRST_YEAR, LAST_YEAR

MOST_YEARS = 10


def unfit(years: Mapping[int, int]) -> Message | None:
    """Return why these are no years of one contract, by rupiah; None where they are."""
    if not 2 <= len(years) <= MOST_YEARS or sorted(years) != list(
        range(min(years), max(years) + 1)
    ):
        return Message(
            f"Kontrak tahun jamak menyebut dua sampai {MOST_YEARS} tahun berurutan. Isi jumlah "
            "setiap tahunnya; tahun tanpa pembayaran diisi 0.",
            f"A multi-year contract names two to {MOST_YEARS} years in a row. Give the amount of "
            "each; a year without payment gets 0.",
        )
    if min(years) < FIRST_YEAR or max(years) > LAST_YEAR:
        return Message(
            f"Tahun {min(years)}–{max(years)} bukan tahun anggaran yang dikenal.",
            f"{min(years)} to {max(years)} are no known fiscal years.",
        )
    if min(years.values()) < 0 or sum(years.values()) <= 0:
        return Message(
            "Jumlah setiap tahun tidak boleh kurang dari nol, dan seluruhnya harus lebih dari nol.",
            "No year's amount may be below zero, and all together must be above it.",
        )
    return None


def before_its_last(last: date) -> Message:
    """Say that a letter takes effect before the one that it follows."""
    return Message(
        f"Surat terakhir atas kontrak ini berlaku {words_of_day(last)}. Surat baru tidak dapat "
        f"berlaku sebelumnya. {NOTHING.id}",
        f"The last letter on this contract takes effect on {words_of_day(last, 'en')}. A new one "
        f"cannot take effect before it. {NOTHING.en}",
    )


def over(facts: DocumentFacts) -> Message:
    """Say by how much, and on which day, more would be committed than the letter gives the year."""
    committed, most = int(facts["committed"]), int(facts["maximum"])
    on, year, number = date.fromisoformat(facts["day"]), facts["year"], facts["number"]
    return Message(
        f"Kontrak tahun jamak {number}: pada {words_of_day(on)} komitmen TA {year} menjadi "
        f"{rupiah(committed)}, lebih {rupiah(committed - most)} dari {rupiah(most)} menurut surat "
        f"persetujuannya. Catat dahulu surat yang mengubah jumlah tahun itu. {NOTHING.id}",
        f"Multi-year contract {number}: on {words_of_day(on, 'en')} FY {year} would have "
        f"{rupiah(committed, 'en')} committed, {rupiah(committed - most, 'en')} above the "
        f"{rupiah(most, 'en')} of its letter of approval. Record a letter that changes that year "
        f"first. {NOTHING.en}",
    )


def below_committed(facts: DocumentFacts) -> Message:
    """Say that a letter gives a year less than is committed in it."""
    committed, most = int(facts["committed"]), int(facts["maximum"])
    on, year = date.fromisoformat(facts["day"]), int(facts["year"])
    return Message(
        f"TA {year} sudah terikat {rupiah(committed)} pada {words_of_day(on)}, lebih dari "
        f"{rupiah(most)} menurut surat ini. Bila sisanya pindah ke tahun berikut, isi berlaku "
        f"mulai 1 Januari {year + 1}. {NOTHING.id}",
        f"FY {year} has {rupiah(committed, 'en')} committed on {words_of_day(on, 'en')}, more than "
        f"the {rupiah(most, 'en')} of this letter. If the rest moves to the next year, let it take "
        f"effect on 1 January {year + 1}. {NOTHING.en}",
    )
