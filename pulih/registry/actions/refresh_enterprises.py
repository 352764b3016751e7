"""Enterprises formed again from the sources that still stand, whoever they were given to.

An enterprise that stands for itself is formed from the rows of all that were merged into it; one
that was merged keeps the form its own rows give it, so that later rows still find it. Rows that a
split moved speak of the enterprise they were moved to.
"""

from datetime import date

import polars as pl

from pulih.inbox import bulk
from pulih.people.scope import speaking_as_system
from pulih.registry import delivered_attributes
from pulih.registry.actions import pinned, storing

PIECE = 50_000  # Enterprises formed again at a time.
WITH_TOPS = """
    SELECT enterprise_id FROM pg_temp.registry_met
    UNION
    SELECT merged_into_id FROM registry_enterprise
    WHERE merged_into_id IS NOT NULL
      AND id IN (SELECT enterprise_id FROM pg_temp.registry_met)
"""
FORMED_OF = """
    SELECT enterprise_id, enterprise_id FROM pg_temp.registry_met
    UNION ALL
    SELECT met.enterprise_id, member.id FROM pg_temp.registry_met AS met
    JOIN registry_enterprise AS member ON member.merged_into_id = met.enterprise_id
"""
SAID = """
    WITH spoken AS (
        SELECT met.enterprise_id, link.source_record_id AS record_id
        FROM pg_temp.registry_member AS met
        JOIN registry_enterprisesource AS link ON link.enterprise_id = met.member_id
        LEFT JOIN registry_splitmove AS moved
            ON moved.source_record_id = link.source_record_id AND moved.undone_at IS NULL
        WHERE moved.id IS NULL
        UNION ALL
        SELECT met.enterprise_id, moved.source_record_id
        FROM pg_temp.registry_member AS met
        JOIN registry_splitmove AS moved
            ON moved.to_enterprise_id = met.member_id AND moved.undone_at IS NULL
    )
    SELECT spoken.enterprise_id, batch.as_of, batch.office_id, record.province_id,
        record.regency_id, {columns}
    FROM spoken
    JOIN inbox_sourcerecord AS record ON record.id = spoken.record_id
    JOIN inbox_importbatch AS batch
        ON batch.id = record.batch_id AND batch.state = 'done' AND batch.is_newest
    CROSS JOIN LATERAL jsonb_to_record(record.values) AS said ({types})
    ORDER BY record.id
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
    SELECT DISTINCT coalesce(moved.to_enterprise_id, link.enterprise_id)
    FROM inbox_sourcerecord AS record
    JOIN registry_enterprisesource AS link ON link.source_record_id = record.id
    LEFT JOIN registry_splitmove AS moved
        ON moved.source_record_id = record.id AND moved.undone_at IS NULL
    WHERE record.batch_id = {batch:d}
"""
MEMBER_TYPES = {"enterprise_id": pl.Int64, "member_id": pl.Int64}


def of_batch(batch_id: int) -> pl.Series:
    """Return the ids of the enterprises that a batch speaks of."""
    return bulk.fetch(OF_BATCH.format(batch=batch_id), {"id": pl.Int64})["id"]


def refresh(enterprise_ids: pl.Series) -> None:
    """Form these enterprises from the rows of batches in force; without any they are unlisted.

    Also forms those that they are merged into. Nothing is deleted: an unlisted enterprise keeps
    its id, its sources and what it last was. Pulih itself reads: a firm may be known from rows
    of offices that whoever asked does not see.
    """
    with speaking_as_system():
        for piece in _with_tops(enterprise_ids).iter_slices(PIECE):
            _refresh(piece)


def _with_tops(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Add whom these stand for, each once: a firm of a million rows is formed no second time."""
    asked = enterprise_ids.unique().to_frame("enterprise_id")
    bulk.copy_in("registry_met", asked, {"enterprise_id": "bigint"}, is_joined=True)
    return bulk.fetch(WITH_TOPS, {"enterprise_id": pl.Int64}).sort("enterprise_id")


def _refresh(piece: pl.DataFrame) -> None:
    bulk.copy_in("registry_met", piece, {"enterprise_id": "bigint"}, is_joined=True)
    members = bulk.fetch(FORMED_OF, MEMBER_TYPES)
    bulk.copy_in("registry_member", members, dict.fromkeys(MEMBER_TYPES, "bigint"), is_joined=True)
    rows = bulk.fetch(
        SAID.format(columns=", ".join(f"said.{n}" for n in _ASKED), types=_sql_types()),
        {"enterprise_id": pl.Int64, "as_of": pl.Date, "office_id": pl.Int64, **_polars_types()},
    )
    near = rows.select(delivered_attributes.reliability(pl.col("office_id"))).to_series()
    said = delivered_attributes.attributes(rows).with_columns(
        rows["enterprise_id"], rows["as_of"], near
    )
    seen = said.group_by("enterprise_id").agg(
        pl.col("as_of").min().alias("first"), pl.col("as_of").max().alias("last")
    )
    best = delivered_attributes.best_of_each(said, "enterprise_id").drop("reliability")
    _store(pinned.applied(best, members), seen)
    gone = members.select("enterprise_id").unique().join(seen, on="enterprise_id", how="anti")
    bulk.copy_in("registry_met", gone, {"enterprise_id": "bigint"}, is_joined=True)
    bulk.execute(UNLIST)


def _store(firms: pl.DataFrame, seen: pl.DataFrame) -> None:
    """Change the firms, those last seen on one day together: the day decides the thresholds."""
    for (day,), same_day in firms.group_by("as_of", maintain_order=True):
        assert isinstance(day, date)
        storing.change(delivered_attributes.derive(same_day.drop("as_of"), day), seen=day)
    types = {"enterprise_id": "bigint", "first": "date", "last": "date"}
    bulk.copy_in("registry_seen", seen, types, is_joined=True)
    bulk.execute(SEEN)


_ASKED = ("business_name", *delivered_attributes.TEXTS, *delivered_attributes.WHOLE_NUMBERS)


def _sql_types() -> str:
    numbers = [f"{name} bigint" for name in delivered_attributes.WHOLE_NUMBERS]
    return ", ".join(
        ["business_name text", *(f"{name} text" for name in delivered_attributes.TEXTS), *numbers]
    )


def _polars_types() -> dict[str, type[pl.DataType]]:
    texts = dict.fromkeys(("business_name", *delivered_attributes.TEXTS), pl.String)
    numbers = dict.fromkeys(delivered_attributes.WHOLE_NUMBERS, pl.Int64)
    return {**dict.fromkeys(delivered_attributes.PLACES, pl.Int64), **texts, **numbers}
