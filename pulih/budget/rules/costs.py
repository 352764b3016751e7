"""What a row below a line costs, as papers of the budget write it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Cost:
    """What a row below a line costs: volume × unit × unit cost, and the amount in rupiah."""

    amount: int
    volume: Decimal | None = None
    unit: str = ""
    unit_cost: int | None = None
