"""What a need may ask for: whatever is wrong with its terms, in one sentence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pulih.common import periods
from pulih.common.errors import Message


@dataclass(frozen=True)
class AskedStandard:
    """A standard that a need demands, with the days between which it exists."""

    name: Message
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Terms:
    """What a buyer asks for. None: no limit. weight: of this need against others, 1 is usual."""

    quantity: int
    due: date
    standard: AskedStandard | None
    max_price: int | None
    min_order: int
    max_suppliers: int | None
    weight: Decimal
    weight_reason: str


def wrong_terms(terms: Terms, today: date) -> Message | None:
    """Return the first thing that is wrong with a need's terms; None when it may be asked for."""
    if terms.due <= today:
        return Message(
            f"Kebutuhan harus jatuh tempo setelah {periods.day(today)}; pilih tanggal yang akan "
            "datang.",
            f"The need must be due after {periods.day(today, 'en')}; choose a day to come.",
        )
    if terms.standard and (wrong := _wrong_standard(terms.standard, terms.due)):
        return wrong
    if terms.min_order > terms.quantity:
        return Message(
            "Kiriman terkecil melebihi seluruh kebutuhan; kecilkan.",
            "The smallest consignment is larger than the whole need; make it smaller.",
        )
    if terms.weight != 1 and not terms.weight_reason.strip():
        return Message(
            "Tulis alasan bobot selain 1.", "Write the reason for a weight other than 1."
        )
    return None


def _wrong_standard(standard: AskedStandard, due: date) -> Message | None:
    if due < standard.valid_from:
        day = standard.valid_from
        return Message(
            f"{standard.name.id} baru ada sejak {periods.day(day)}, setelah tanggal jatuh tempo. "
            "Minta tanpa standar itu, atau undurkan tanggalnya.",
            f"{standard.name.en} exists only from {periods.day(day, 'en')}, after the due day. "
            "Ask without that standard, or for a later day.",
        )
    if standard.valid_to is not None and due >= standard.valid_to:
        day = standard.valid_to
        return Message(
            f"{standard.name.id} tidak berlaku lagi sejak {periods.day(day)}.",
            f"{standard.name.en} is out of force from {periods.day(day, 'en')}.",
        )
    return None
