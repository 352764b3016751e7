"""What the parties of a hand-over sign, as text and as a fingerprint, and when silence is late."""

from __future__ import annotations

import hashlib
from datetime import date

from pulih.common.periods import in_full
from pulih.common.working_days import Calendar

DAYS_TO_ANSWER = 5  # Working days. Source: assumed; no rule was found.
# Editions of the sentence: the first wrote its day as 2020-11-02, the second as 2 November 2020.
# Each paper keeps the one that it was signed in, so that fingerprints stay what they are.
NEWEST_SENTENCE = 2
COUNTED = " Diterima {received} {unit}, selisih {missing}."  # A phone completes it as we do.


def signed_text(
    *, number: str, item: str, unit: str, sent: int, received: int | None, value: int,
    giver: str, receiver: str, sent_on: date, edition: int,
) -> str:  # fmt: skip
    """Return the one sentence that is signed, in Indonesian, as papers are."""
    day = sent_on.isoformat() if edition == 1 else in_full(sent_on)
    counted = (
        ""
        if received is None
        else COUNTED.format(received=received, unit=unit, missing=sent - received)
    )
    return (
        f"{number}: {sent} {unit} {item} senilai Rp{value:,}".replace(",", ".")
        + f" diserahkan {day} oleh {giver} kepada {receiver}.{counted}"
    )


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the signed sentence, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def days_late(sent_on: date, today: date, calendar: Calendar) -> int:
    """Return by how many working days the answer to a hand-over is overdue; 0 when it is not."""
    return calendar.between(calendar.after(sent_on, DAYS_TO_ANSWER), today)
