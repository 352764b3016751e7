"""Whole rupiah, never float: reading and writing amounts as people do in Indonesia."""

from decimal import ROUND_HALF_EVEN, Decimal
from math import floor, log10

THOUSAND = 1_000
MILLION = 1_000_000
BILLION = 1_000_000_000
LARGEST_RUPIAH = 10**15  # A thousand trillion: more than the state spends in a year.


def of_digits(digits: str) -> int:
    """Return the amount that digits write, however many: beyond the largest, one rupiah above it.

    Python refuses to read some thousands of digits.
    """
    meant = digits.lstrip("0") or "0"
    return min(int(meant[: len(str(LARGEST_RUPIAH)) + 1]), LARGEST_RUPIAH + 1)


def rupiah(amount: int, language: str = "id") -> str:
    """Write a whole amount: `Rp1.250.000` (id) or `Rp1,250,000` (en); minus is `−`."""
    return f"{'−' if amount < 0 else ''}Rp{grouped(abs(amount), language)}"


def grouped(number: int, language: str = "id") -> str:
    """Write a whole number with its thousands grouped as the language does."""
    text = f"{abs(number):,}"
    text = text if language.startswith("en") else text.replace(",", ".")
    return f"−{text}" if number < 0 else text


def decimal(number: Decimal | float, places: int, language: str = "id") -> str:
    """Write a number with `places` decimals, halves to even, grouped as the language does."""
    exact = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    text = f"{abs(exact):,.{places}f}"
    if not language.startswith("en"):
        text = text.translate(str.maketrans(",.", ".,"))
    return f"−{text}" if exact < 0 else text


def firms(number: float, language: str = "id") -> str:
    """Write a part of a firm with three decimals, a smaller one with two digits that count."""
    size = abs(number)
    places = 3 if not size else min(12, max(3, 1 - floor(log10(size))))
    return decimal(number, places, language)


def billions(amount: int, language: str = "id") -> str:
    """Write an amount in billions with two decimals: `Rp6,90 miliar`, `Rp6.90 bn`.

    One below a hundredth of a billion stands in millions, as little must not read as nothing.
    """
    if abs(amount) < BILLION // 100:
        return millions(amount, language)
    return _scaled(amount, BILLION, 2, language, ("miliar", "bn"))


def millions(amount: int, language: str = "id") -> str:
    """Write an amount in millions with one decimal: `Rp260,6 juta`, `Rp260.6 m`.

    One below a tenth of a million stands whole.
    """
    if abs(amount) < MILLION // 10:
        return rupiah(amount, language)
    return _scaled(amount, MILLION, 1, language, ("juta", "m"))


def _scaled(amount: int, unit: int, places: int, language: str, words: tuple[str, str]) -> str:
    text = decimal(Decimal(abs(amount)) / unit, places, language)
    word = words[1] if language.startswith("en") else words[0]
    return f"{'−' if amount < 0 else ''}Rp{text} {word}"
