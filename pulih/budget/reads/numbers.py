"""The number that the next document of a unit and year usually carries: 00001, 00002, …"""

import re

from ..models import Posting

FIGURES = 5
LEADING = re.compile(r"\d{1,9}")


def next_number(unit_id: int, fiscal_year: int, kind: str) -> str:
    """Return the number after the largest of a kind; offices that number otherwise change it."""
    numbers = Posting.objects.filter(unit=unit_id, fiscal_year=fiscal_year, document_kind=kind)
    found = (LEADING.match(one) for one in numbers.values_list("document_number", flat=True))
    largest = max((int(one[0]) for one in found if one and len(one[0]) <= FIGURES), default=0)
    return f"{largest + 1:0{FIGURES}d}"
