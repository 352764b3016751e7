"""In which column of Forms A, B and C money of each fund source stands.

Columns 3 to 5 are as printed: foreign loans and grants, pure rupiah, their total. Counterpart
money, own receipts and bonds are no pure rupiah: they stand beside it as 4a to 4c where a unit has
such money. Source: REPORT-04.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .facts import FOREIGN_SOURCES, QuarterFacts


@dataclass(frozen=True)
class Fund:
    """A column of the budget. sources: whose money it takes; none: whatever no other takes."""

    head: str
    number: str
    sources: tuple[str, ...] = ()


FUNDS = (
    Fund("Jumlah PHLN", "3", FOREIGN_SOURCES),
    Fund("Rupiah murni", "4", ("RM",)),
    Fund("Rupiah pendamping", "4a", ("RMP",)),
    Fund("PNBP dan BLU", "4b", ("PNP", "PNBP", "BLU")),
    Fund("SBSN dan lainnya", "4c"),
)
PRINTED = 2  # So many columns stand on every form; the others where there is such money.


def place_of(fund_source: str) -> int:
    """Return which of FUNDS the money of a fund source stands in."""
    found = (place for place, fund in enumerate(FUNDS) if fund_source in fund.sources)
    return next(found, len(FUNDS) - 1)


def shown(every: Iterable[QuarterFacts]) -> tuple[int, ...]:
    """Return which of FUNDS the forms of these units show."""
    used = {place_of(line.fund_source) for facts in every for line in facts.lines if line.ceiling}
    return tuple(place for place in range(len(FUNDS)) if place < PRINTED or place in used)
