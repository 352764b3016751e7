"""What is published of those who read a page by their link: the portal tells the rows.

{% published "participant" person.regency_id %}
{% published "maker" order.regency_id product.code %}
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple


class PublishedRow(NamedTuple):
    """text: the figure, or what stands in its place. url: the row on the figure's public page."""

    label: str
    place: str
    text: str
    as_of: date
    url: str


Teller = Callable[[Sequence[str], int], Sequence[PublishedRow]]
_tellers: list[Teller] = []


def tell(teller: Teller) -> None:
    """Let a room answer which rows count whom. Call it from an app's `ready()`.

    It is given who is counted (`applicant`, `participant`, `maker`, `maker:CODE` of a product), and
    the key of the regency.
    """
    _tellers[:] = [teller]


def rows(who: str, regency: int, product: str = "") -> list[PublishedRow]:
    """Rows of the newest release in which somebody of a regency is counted; none before it."""
    kinds = (who, f"{who}:{product}") if product else (who,)
    return [row for teller in _tellers for row in teller(kinds, regency)]
