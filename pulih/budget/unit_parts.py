"""What rooms further down say on the page of a spending unit: each registers its part."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import QuerySet

from pulih.people.access import PersonRequest

from .models import Posting, SpendingUnit


class Part(NamedTuple):
    """HTML of one room. sentence: goes on with the answer above, empty where there is nothing."""

    sentence: str
    card: str


# documents: those of the unit and year on the days shown.
Maker = Callable[[PersonRequest, SpendingUnit, int, QuerySet[Posting]], Part]

_makers: dict[str, Maker] = {}


def register(room: str, maker: Maker) -> None:
    _makers[room] = maker


def parts_of(
    request: PersonRequest, unit: SpendingUnit, fiscal_year: int, documents: QuerySet[Posting]
) -> list[Part]:
    """Return what each room says of a unit and year."""
    return [maker(request, unit, fiscal_year, documents) for maker in _makers.values()]
