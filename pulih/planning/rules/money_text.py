"""Reading the amounts that people type."""

import re
from decimal import Decimal

from pulih.common.money import LARGEST_RUPIAH, of_digits

SCALES = {
    "rb": 10**3, "ribu": 10**3, "thousand": 10**3, "k": 10**3,
    "jt": 10**6, "juta": 10**6, "million": 10**6, "m": 10**6, "mn": 10**6,
    "miliar": 10**9, "milyar": 10**9, "billion": 10**9, "bn": 10**9, "b": 10**9,
    "triliun": 10**12, "trilyun": 10**12, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
SHAPE = re.compile(r"^(?:rp\.?)?\s*(?P<number>[\d.,\s]*\d)\s*(?P<word>[a-z]*)$")
GROUPED = re.compile(r"^\d{1,3}([.,\s]\d{3})+$")


def read_rupiah(text: str) -> int | None:
    """Return whole rupiah of `16.600.000.000`, `Rp16,6 miliar` or `16.6 bn`; None if unreadable.

    A part below one rupiah is unreadable, not rounded. Beyond the largest amount: one rupiah more.
    """
    shape = SHAPE.match(text.strip().lower())
    if shape is None:
        return None
    number, word = shape["number"].strip(), shape["word"]
    if not word:
        return _plain(number)
    if word not in SCALES:
        return None
    amount = _fraction(number)
    if amount is None:
        return None
    scaled = amount * SCALES[word]
    if scaled > LARGEST_RUPIAH:
        return LARGEST_RUPIAH + 1
    return int(scaled) if scaled == int(scaled) else None


def _plain(number: str) -> int | None:
    if number.isdecimal():
        return of_digits(number)
    if GROUPED.match(number) and len(set(re.findall(r"[.,\s]", number))) == 1:
        return of_digits(re.sub(r"\D", "", number))
    return None


def _fraction(number: str) -> Decimal | None:
    if number.count(",") + number.count(".") > 1 or " " in number:
        return None
    return Decimal(number.replace(",", "."))
