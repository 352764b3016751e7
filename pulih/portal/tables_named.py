"""What a table is called: a figure by one dimension."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from pulih.web.words import language

from .datasets import ALL

TITLES = {
    "status": _("Status"),
    "commodity_group": _("Commodity group"),
    "need": _("Need"),
    "obstacle": _("Obstacle"),
    "programme": _("Measure"),
    "unit": _("Spending unit"),
    "month": _("Month"),
    "outcome": _("Outcome"),
    "proposal": _("Proposal"),
    "sex": _("Sex"),
    "disability": _("Disability"),
    "good": _("Goods"),
    "receiver": _("Receiver"),
    "approval": _("Approved by"),
    "payee": _("Kind of payee"),
    "standing": _("State"),
    "form": _("Form"),
}


class OfTable(Protocol):
    @property
    def measure(self) -> Any: ...
    @property
    def dimension(self) -> Any: ...


def title_of(dimension: str) -> str:
    return str(TITLES.get(dimension, dimension))


def table_name(measures: Mapping[str, Mapping[str, Any]], one: OfTable) -> str:
    """In the language of the page: the figure, and by what it is divided."""
    label = str(measures.get(one.measure, {}).get(f"label_{language()}", one.measure))
    return label if one.dimension == ALL else f"{label}: {title_of(one.dimension).lower()}"
