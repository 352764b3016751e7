"""Fund sources (sumber dana) of which an office above the unit says more than a ceiling.

PNBP: spent up to what the treasury allows of what was deposited (maksimum pencairan, MP).
Source: TREASURY-08. Loans and grants from abroad: in a currency, at a rate of a day.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.common.periods import day as words_of_day

from .documents import NOTHING, DocumentFacts

REVENUE = ("PNP", "PNBP")  # Two writings of one fund.
LOANS = ("PLN", "HLN")


def is_revenue(fund_source: str) -> bool:
    """Tell whether it is the unit's own revenue that is no tax (PNBP)."""
    return fund_source in REVENUE


def in_currency(amount: int, rate: Decimal) -> Decimal:
    """Return rupiah in a currency, to two places."""
    return (Decimal(amount) / rate).quantize(Decimal("0.01"))


def overspent(facts: DocumentFacts) -> Message:
    """Say by how much, and on which day, more of the revenue would be spent than allowed."""
    spent, maximum = int(facts["spent"]), int(facts["maximum"])
    on = date.fromisoformat(facts["day"])
    if not maximum:
        return Message(
            f"Belum ada maksimum pencairan PNBP yang tercatat pada {words_of_day(on)}. Minta "
            f"kementerian mencatat surat perbendaharaannya dahulu. {NOTHING.id}",
            f"No maximum of PNBP that may be paid is recorded on {words_of_day(on, 'en')}. Ask the "
            f"ministry to record the treasury's letter first. {NOTHING.en}",
        )
    return Message(
        f"Pada {words_of_day(on)} pembayaran dari PNBP menjadi {rupiah(spent)}, lebih "
        f"{rupiah(spent - maximum)} dari maksimum pencairan {rupiah(maximum)}. {NOTHING.id}",
        f"On {words_of_day(on, 'en')} payments from PNBP would come to {rupiah(spent, 'en')}, "
        f"{rupiah(spent - maximum, 'en')} above the maximum of {rupiah(maximum, 'en')}. "
        f"{NOTHING.en}",
    )
