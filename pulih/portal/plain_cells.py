"""Cells of a release as plain values: models of the 30,000 of one cost many times as much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .models import Cell

FIELDS = (
    *("dataset", "measure", "period", "area", "parent", "area_level"),
    *("dimension", "category", "value", "marker"),
)


@dataclass(slots=True)
class PlainCell:
    """One number of a release, with the fields of `Cell`."""

    dataset: str
    measure: str
    period: str
    area: str
    parent: str
    area_level: str
    dimension: str
    category: str
    value: int | None
    marker: str

    @property
    def cell(self) -> str:
        return "|".join((self.measure, self.period, self.area, self.dimension, self.category))

    @property
    def states(self) -> int | str:
        """The number, or the marker in its place; whether it was revised does not matter."""
        return self.marker if self.value is None else self.value


def plain(cells: QuerySet[Cell, Any]) -> Iterator[PlainCell]:
    """Read cells in the order of the question."""
    return (PlainCell(*row) for row in cells.values_list(*FIELDS))
