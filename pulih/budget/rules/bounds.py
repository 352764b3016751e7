"""How much money there can be, so that a triliun that must be a miliar is caught.

From 2018 to 2023 a provincial unit held Rp0.5 to 3 billion; a total a hundred times outside is
a unit mistaken, not a budget. Source: BUDGET-02.
"""

from dataclasses import dataclass

from pulih.common.errors import Message
from pulih.common.money import rupiah

USUAL_LOW, USUAL_HIGH = 500_000_000, 3_000_000_000
FAR = 100
BOUNDED_AUTHORITIES = ("DK", "TP")
LIKELY_FACTORS = (1_000, 1_000_000)
LARGEST = 10_000_000_000_000_000  # Four times the state's whole budget of 2020.


@dataclass(frozen=True)
class OutOfBounds:
    """A total outside the usual; `is_refused` when no budget can be that size."""

    is_refused: bool
    message: Message


def odd_total(unit: str, authority: str, ceiling: int) -> OutOfBounds | None:
    """Judge a unit's total ceiling of a year; None when usual, or when no bounds are known."""
    if authority not in BOUNDED_AUTHORITIES or USUAL_LOW <= ceiling <= USUAL_HIGH:
        return None
    if ceiling > USUAL_HIGH * FAR or 0 < ceiling < USUAL_LOW // FAR:
        return OutOfBounds(True, _refused(unit, ceiling))
    return OutOfBounds(False, _unusual(unit, ceiling))


def too_large(amount: int) -> Message | None:
    """Say that an amount is more than any budget holds; None when it may be."""
    if abs(amount) <= LARGEST:
        return None
    return Message(
        f"{rupiah(amount)} lebih besar dari seluruh APBN. Periksa satuan rupiahnya. "
        "Belum ada yang disimpan.",
        f"{rupiah(amount, 'en')} is more than the whole state budget. Check the unit of its "
        "amounts. Nothing was saved.",
    )


def outgrows(unit: str, authority: str, before: int, after: int) -> Message | None:
    """Say that a unit's total rises to one that no such unit has; None if it may."""
    odd = odd_total(unit, authority, after) if after > before else None
    return odd.message if odd and odd.is_refused and after > USUAL_HIGH else None


def likeliest(ceiling: int) -> int | None:
    """Return the amount that was probably meant: a thousand or a million times off."""
    for factor in LIKELY_FACTORS:
        for meant in (ceiling // factor, ceiling * factor):
            if USUAL_LOW // 5 <= meant <= USUAL_HIGH * 5:
                return meant
    return None


def _refused(unit: str, ceiling: int) -> Message:
    meant = likeliest(ceiling)
    guess_id = f" Maksud Anda {rupiah(meant)}?" if meant else ""
    guess_en = f" Did you mean {rupiah(meant, 'en')}?" if meant else ""
    return Message(
        f"Jumlah pagu satker {unit} {rupiah(ceiling)}, padahal satker dekonsentrasi biasanya "
        f"Rp0,5–3 miliar.{guess_id} Periksa satuan rupiahnya. Belum ada yang disimpan.",
        f"The ceiling of unit {unit} adds up to {rupiah(ceiling, 'en')}, while a deconcentration "
        f"unit usually holds Rp0.5–3 bn.{guess_en} Check the unit of its amounts. "
        "Nothing was saved.",
    )


def _unusual(unit: str, ceiling: int) -> Message:
    return Message(
        f"Jumlah pagu satker {unit} {rupiah(ceiling)}, di luar kisaran biasa Rp0,5–3 miliar.",
        f"The ceiling of unit {unit} adds up to {rupiah(ceiling, 'en')}, outside the usual "
        "Rp0.5–3 bn.",
    )
