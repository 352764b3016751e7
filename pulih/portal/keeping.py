"""Cells into their table: one COPY and one statement, whatever their number."""

from collections.abc import Sequence

import polars as pl

from pulih.inbox import bulk

from .models import Release
from .plain_cells import PlainCell

TEXTS = (
    *("dataset", "measure", "period", "area", "parent", "area_level"),
    *("dimension", "category", "marker"),
)
ADD = """
    INSERT INTO portal_cell (
        release_id, dataset, measure, period, area, parent, area_level, dimension, category, marker,
        value
    )
    SELECT
        %s, dataset, measure, period, area, parent, area_level, dimension, category, marker, value
    FROM pg_temp.portal_counted
"""


def keep(release: Release, cells: Sequence[PlainCell]) -> None:
    """Store the cells of a release, in their order, in the caller's transaction."""
    texts = {name: [getattr(cell, name) for cell in cells] for name in TEXTS}
    frame = pl.DataFrame(texts, dict.fromkeys(TEXTS, pl.String)).with_columns(
        pl.Series("value", [cell.value for cell in cells], pl.Int64)
    )
    bulk.copy_in("portal_counted", frame, dict.fromkeys(TEXTS, "text") | {"value": "bigint"})
    bulk.execute(ADD, [release.pk])
