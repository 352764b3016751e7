"""Enterprises formed anew from the sources that still stand, after a list was withdrawn."""

from datetime import date

import polars as pl

from pulih.inbox import bulk
from pulih.registry import arrivals
from pulih.registry.actions import storing

PIECE = 50_000  # Enterprises formed anew at a time.
SAID = """
    SELECT link.enterprise_id, batch.as_of, record.province_id, record.regency_id, {columns}
    FROM pg_temp.registry_met AS met
    JOIN registry_enterprisesource AS link ON link.enterprise_id = met.enterprise_id
    JOIN inbox_sourcerecord AS record ON record.id = link.source_record_id
    JOIN inbox_standing() AS batch ON batch.id = record.batch_id
    CROSS JOIN LATERAL jsonb_to_record(record.values) AS said ({types})
    ORDER BY batch.as_of, record.id
"""
UNLIST = """
    UPDATE registry_enterprise SET is_listed = false
    WHERE is_listed AND id IN (SELECT enterprise_id FROM pg_temp.registry_met)
"""
SEEN = """
    UPDATE registry_enterprise AS known SET first_seen = seen.first, last_seen = seen.last
    FROM pg_temp.registry_seen AS seen
    WHERE known.id = seen.enterprise_id
      AND (known.first_seen, known.last_seen) IS DISTINCT FROM (seen.first, seen.last)
"""
OF_BATCH = """
    SELECT DISTINCT link.enterprise_id FROM inbox_sourcerecord AS record
    JOIN registry_enterprisesource AS link ON link.source_record_id = record.id
    WHERE record.batch_id = {batch:d}
"""


def of_batch(batch_id: int) -> pl.Series:
    """Return the ids of the enterprises that a batch speaks of."""
    return bulk.fetch(OF_BATCH.format(batch=batch_id), {"id": pl.Int64})["id"]


def refresh(enterprise_ids: pl.Series) -> None:
    """Form these enterprises from the rows of standing batches; without any they are unlisted.

    Nothing is deleted: an unlisted enterprise keeps its id, its sources and what it last was.
    """
    for piece in enterprise_ids.unique().sort().to_frame("enterprise_id").iter_slices(PIECE):
        _refresh(piece)


def _refresh(piece: pl.DataFrame) -> None:
    bulk.copy_in("registry_met", piece, {"enterprise_id": "bigint"}, is_joined=True)
    rows = bulk.fetch(
        SAID.format(columns=", ".join(f"said.{n}" for n in _ASKED), types=_sql_types()),
        {"enterprise_id": pl.Int64, "as_of": pl.Date, **_polars_types()},
    )
    said = arrivals.attributes(rows).with_columns(rows["enterprise_id"], rows["as_of"])
    seen = said.group_by("enterprise_id").agg(
        pl.col("as_of").min().alias("first"), pl.col("as_of").max().alias("last")
    )
    _store(arrivals.newest_of_each(said, "enterprise_id"), seen)
    gone = piece.join(seen, on="enterprise_id", how="anti")
    bulk.copy_in("registry_met", gone, {"enterprise_id": "bigint"}, is_joined=True)
    bulk.execute(UNLIST)


def _store(firms: pl.DataFrame, seen: pl.DataFrame) -> None:
    """Change the firms, those last seen on one day together: the day decides the thresholds."""
    for (day,), same_day in firms.group_by("as_of", maintain_order=True):
        assert isinstance(day, date)
        storing.change(arrivals.derive(same_day.drop("as_of"), day), seen=day)
    types = {"enterprise_id": "bigint", "first": "date", "last": "date"}
    bulk.copy_in("registry_seen", seen, types, is_joined=True)
    bulk.execute(SEEN)


_ASKED = ("business_name", *arrivals.TEXTS, *arrivals.WHOLE_NUMBERS)


def _sql_types() -> str:
    numbers = [f"{name} bigint" for name in arrivals.WHOLE_NUMBERS]
    return ", ".join(["business_name text", *(f"{name} text" for name in arrivals.TEXTS), *numbers])


def _polars_types() -> dict[str, type[pl.DataType]]:
    texts = dict.fromkeys(("business_name", *arrivals.TEXTS), pl.String)
    numbers = dict.fromkeys(arrivals.WHOLE_NUMBERS, pl.Int64)
    return {**dict.fromkeys(arrivals.PLACES, pl.Int64), **texts, **numbers}
