"""What a document adds to the amounts of lines: read strictly, added up by line and amount."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from pulih.common.errors import Refusal

from .documents import WHOLE_RUPIAH

LARGEST = 2**62


class Movement(NamedTuple):
    """What a document adds to one amount of one line, in rupiah; negative takes away."""

    line_id: int
    amount_kind: str
    rupiah: int


def summed(movements: Iterable[Movement]) -> list[Movement]:
    """Add up movements by line and amount, zeros left out, in the order of the lines.

    May refuse: a blank, a fraction or what is no number at all is never guessed at.
    """
    total: dict[tuple[int, str], int] = {}
    for line_id, kind, rupiah in movements:
        key = whole(line_id), str(kind)
        total[key] = total.get(key, 0) + whole(rupiah)
    return [Movement(*key, rupiah) for key, rupiah in sorted(total.items()) if rupiah]


def whole(value: Any) -> int:
    """Return a whole number; anything else, a float above all, is refused."""
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        value = int(value)
    if type(value) is not int or abs(value) > LARGEST:
        raise Refusal(WHOLE_RUPIAH)
    return value
