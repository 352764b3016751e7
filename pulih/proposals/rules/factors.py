"""The calculation of a cost row: `13 kab × 5 orang × 4 hari`, exact and in one unit.

Source: UNIT-01.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pulih.classifications import units
from pulih.classifications.units import Parts
from pulih.common.errors import Message, Refusal
from pulih.common.money import LARGEST_RUPIAH, grouped, rupiah

MOST_FACTORS = 4
LARGEST_COUNT = 1_000_000
TIMES = re.compile(r"(?<=\d)\s*[xX]\s*(?=\d)|\s+[xX]\s*(?=\d)|\s*[×*·]\s*")
FACTOR = re.compile(r"(?P<count>[\d.,]+)\s*(?P<unit>\D.*)?")
WHOLE = re.compile(r"\d{1,3}([.,]\d{3})+|\d+")
BRACKETED = re.compile(r"[\[({]([^\[\](){}]*)[\])}]")


@dataclass(frozen=True)
class Factor:
    """How many of what. unit: as the office wrote it, or empty for a bare number."""

    count: int
    unit: str = ""

    def written(self, language: str = "id") -> str:
        return f"{grouped(self.count, language)} {self.unit}".strip()


def read_factors(text: str) -> tuple[Factor, ...]:
    """Read `65 orang × 4 hari` as people type it. Raises Refusal with one sentence.

    One to four whole numbers above zero, each with a unit of the list or none; in brackets or not,
    and with what they make behind them (`2 orang × 16 jam = 32 OJ`) or not.
    """
    text, _equals, told = _without_brackets(text).partition("=")
    factors = _factors(_without_brackets(text))
    if told.strip():
        _refuse_unless_made(factors, told.strip())
    return factors


def _without_brackets(text: str) -> str:
    inside = BRACKETED.fullmatch(text.strip())
    return inside[1] if inside else text


def _refuse_unless_made(factors: Sequence[Factor], told: str) -> None:
    number = FACTOR.fullmatch(told)
    made = volume(factors)
    if number is None or re.sub(r"[.,]", "", number["count"]) != str(made):
        raise Refusal(
            Message(
                f"{written(factors)} = {grouped(made)}, bukan “{told}”; perbaiki salah satunya.",
                f"{written(factors, 'en')} = {grouped(made, 'en')}, not “{told}”; mend one of "
                "them.",
            )
        )


def _factors(text: str) -> tuple[Factor, ...]:
    pieces = [piece.strip() for piece in TIMES.split(text.strip()) if piece.strip()]
    if not pieces:
        raise Refusal(
            Message(
                "Perhitungan belum diisi; tulis seperti 65 orang × 4 hari.",
                "The calculation is empty; write it such as 65 orang × 4 hari.",
            )
        )
    if len(pieces) > MOST_FACTORS:
        raise Refusal(
            Message(
                f"Perhitungan “{text.strip()}” berisi {len(pieces)} faktor; paling banyak "
                f"{MOST_FACTORS}. Kalikan dua di antaranya lebih dahulu.",
                f"The calculation “{text.strip()}” has {len(pieces)} factors; at most "
                f"{MOST_FACTORS}. Multiply two of them first.",
            )
        )
    return tuple(_factor(piece) for piece in pieces)


def unit_parts(factors: Sequence[Factor]) -> Parts:
    """Return what a product is counted in. Raises Refusal where units mix or none is named."""
    found = [unit for factor in factors if factor.unit and (unit := units.find(factor.unit))]
    parts = units.product(found)
    if parts is None:
        counted = [part for unit in found for part in unit.parts]
        twice = next(part for part in counted if counted.count(part) > 1)
        name = next(unit.name for unit in units.every() if unit.parts == (twice,))
        meant = _merged(factors, twice)
        raise Refusal(
            Message(
                f"Satuan “{name.id}” dikalikan dua kali dalam {written(factors)}; "
                "satu baris menghitung tiap satuan sekali."
                + (f" Bila dikalikan, tulis {written(meant)}." if meant else ""),
                f"The unit “{name.en}” is multiplied twice in {written(factors, 'en')}; "
                "a row counts each unit once."
                + (f" To multiply them, write {written(meant, 'en')}." if meant else ""),
            )
        )
    if not parts:
        raise Refusal(
            Message(
                f"Perhitungan {written(factors)} belum menyebut satuan yang dibayar, misalnya "
                "orang, hari, atau paket.",
                f"The calculation {written(factors, 'en')} names no unit that is paid, such as "
                "orang, hari or paket.",
            )
        )
    return parts


def _merged(factors: Sequence[Factor], twice: str) -> list[Factor] | None:
    """Multiply a factor that counts a unit alone into the other one that counts it, too.

    None where both say more than that unit, or something is still counted twice then.
    """
    having = [
        (len(unit.parts), at)
        for at, one in enumerate(factors)
        if one.unit and (unit := units.find(one.unit)) and twice in unit.parts
    ]
    (fewest, at), (_most, into) = sorted(having)[:2]
    if fewest > 1:
        return None
    kept = Factor(factors[at].count * factors[into].count, factors[into].unit)
    found = [kept if n == into else one for n, one in enumerate(factors) if n != at]
    known = [unit for one in found if one.unit and (unit := units.find(one.unit))]
    return found if units.product(known) and kept.count <= LARGEST_COUNT else None


def volume(factors: Sequence[Factor]) -> int:
    """Multiply the counts."""
    product = 1
    for factor in factors:
        product *= factor.count
    return product


def amount(factors: Sequence[Factor], unit_cost: int) -> int:
    """Return the whole rupiah of a row. Raises Refusal above what the state spends in a year."""
    found = volume(factors) * unit_cost
    if found > LARGEST_RUPIAH:
        raise Refusal(
            Message(
                f"{written(factors)} × {rupiah(unit_cost)} menghasilkan {rupiah(found)}, lebih "
                "dari yang dibelanjakan negara setahun; periksa angkanya.",
                f"{written(factors, 'en')} × {rupiah(unit_cost, 'en')} makes "
                f"{rupiah(found, 'en')}, more than the state spends in a year; check the numbers.",
            )
        )
    return found


def written(factors: Sequence[Factor], language: str = "id") -> str:
    """Write a calculation: `13 kab × 5 orang × 4 hari`."""
    return " × ".join(factor.written(language) for factor in factors)


def as_asked(typed: Sequence[Factor], asked: Sequence[Factor]) -> tuple[Factor, ...] | None:
    """Return other numbers of the same units, as they were asked for; None where units differ.

    A bare number takes the unit in its place.
    """
    if len(typed) != len(asked):
        return None
    pairs = list(zip(typed, asked, strict=True))
    if any(new.unit and new.unit.casefold() != old.unit.casefold() for new, old in pairs):
        return None
    return tuple(Factor(new.count, old.unit) for new, old in pairs)


def _factor(piece: str) -> Factor:
    found = FACTOR.fullmatch(piece)
    if found is None:
        raise Refusal(
            Message(
                f"“{piece}” tidak diawali angka; tulis seperti 65 orang.",
                f"“{piece}” does not begin with a number; write it such as 65 orang.",
            )
        )
    unit = (found["unit"] or "").strip()
    if not WHOLE.fullmatch(found["count"]):
        raise Refusal(
            Message(
                f"“{piece}”: {found['count']} bukan bilangan bulat; {_what(unit)} dihitung "
                "utuh. Tulis satuan yang lebih kecil, misalnya jam untuk setengah hari.",
                f"“{piece}”: {found['count']} is not whole; only whole numbers are counted. "
                "Write a smaller unit, such as hours for half a day.",
            )
        )
    count = int(re.sub(r"\D", "", found["count"]))
    if not 1 <= count <= LARGEST_COUNT:
        raise Refusal(
            Message(
                f"“{piece}”: banyaknya harus 1 sampai {grouped(LARGEST_COUNT)}, bukan "
                f"{grouped(count)}. Hapus baris yang tidak dibiayai.",
                f"“{piece}”: the number must be 1 to {grouped(LARGEST_COUNT, 'en')}, not "
                f"{grouped(count, 'en')}. Delete a row that costs nothing.",
            )
        )
    if unit and units.find(unit) is None:
        raise Refusal(
            Message(
                f"Satuan “{unit}” tidak dikenal; pakai misalnya orang, hari, jam, kali, kab, "
                "paket, OH, atau OJ.",
                f"The unit “{unit}” is not known; use for instance orang, hari, jam, kali, kab, "
                "paket, OH or OJ.",
            )
        )
    return Factor(count, unit)


def _what(unit: str) -> str:
    known = units.find(unit)
    return known.name.id if known else "banyaknya"
