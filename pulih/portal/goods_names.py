"""What public pages call a good: as it was typed, unless that text names a person or may."""

from datetime import datetime

from pulih.budget.reads.descriptions import DescriptionRulings
from pulih.common.errors import Message

OTHER = Message("Barang lain", "Other goods")


class GoodsNames:
    """Names of goods by what officers had stated of them by a moment, else by rule."""

    def __init__(self, known_at: datetime) -> None:
        self._rulings = DescriptionRulings(known_at)

    def public(self, province: int, name: str) -> str:
        return self._rulings.public(province, name) or OTHER.id
