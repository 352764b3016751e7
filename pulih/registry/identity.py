"""Which rows are surely one enterprise, told while they are stored: equal NIB, or NIK and name.

What is less sure is left to `pulih.linkage`, which looks at the enterprises afterwards.
"""

import polars as pl

from pulih.inbox import bulk
from pulih.people.number_cipher import hash_of
from pulih.registry import names

MATCH = """
    SELECT DISTINCT ON (arrival.label) arrival.label, known.id
    FROM pg_temp.registry_key arrival JOIN registry_enterprise known ON known.{join}
    ORDER BY arrival.label, coalesce(known.merged_into_id, known.id),
        known.merged_into_id IS NULL, known.id
"""
BY_NIB = MATCH.format(join="nib = arrival.nib")
BY_PERSON = MATCH.format(join="nik_hash = arrival.nik_hash AND known.sort_key = arrival.sort_key")
# A firm may bear another name than its rows do: of one merged into it, or a pinned one. Those are
# few, so they are told first. A number that many bear tells nothing by itself.
MOST_BEARERS = 20
BY_ROW = """
    WITH renamed AS MATERIALIZED (
        SELECT merged_into_id AS id FROM registry_enterprise WHERE merged_into_id IS NOT NULL
        UNION SELECT enterprise_id FROM registry_pin WHERE ended_at IS NULL
    ), met AS (
        SELECT arrival.label, arrival.sort_key, known.id,
            count(*) OVER (PARTITION BY arrival.label) AS bearers
        FROM renamed JOIN registry_enterprise known USING (id)
        JOIN pg_temp.registry_key arrival USING (nik_hash)
    )
    SELECT DISTINCT met.label, met.sort_key,
        coalesce(moved.to_enterprise_id, link.enterprise_id) AS enterprise_id,
        coalesce(record.values ->> 'business_name', record.values ->> 'owner_name') AS name
    FROM met
    JOIN registry_enterprisesource link ON link.enterprise_id = met.id
    JOIN inbox_sourcerecord record ON record.id = link.source_record_id
    LEFT JOIN registry_splitmove moved
        ON moved.source_record_id = record.id AND moved.undone_at IS NULL
    WHERE met.bearers <= {most:d}
"""
FOUND = {"label": pl.Int64, "enterprise_id": pl.Int64}


def labels(firms: pl.DataFrame) -> pl.Series:
    """Return a number for each row; rows of one enterprise have the same.

    firms: nib, nik as it is stored, sort_key. The number is the index of the first of them.
    """
    keys = firms.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("label"),
        pl.col("nib"),
        pl.when((pl.col("nik") != "") & (pl.col("sort_key") != ""))
        .then(pl.concat_str("nik", "sort_key", separator=" "))
        .alias("person"),
    )
    while True:
        spread = keys.with_columns(_least_of("nib")).with_columns(_least_of("person"))
        if spread["label"].equals(keys["label"]):
            return keys["label"]
        keys = spread


def known(firms: pl.DataFrame) -> pl.DataFrame:
    """Return `label, enterprise_id` of those that the register holds; an equal NIB goes first.

    firms: label, nib, nik as it is stored, sort_key; several rows may carry one label. Sees only
    what the person sees who delivers. Of several that fit, the oldest; of those merged into it, the
    one that fits by its own rows, so that taking the merge back leaves the row where it belongs.
    Last, those of which a row delivered before said the same.
    """
    keys = firms.select("label", "nib", "sort_key", hash_of("nik").alias("nik_hash")).filter(
        pl.col("nib").is_not_null() | pl.col("nik_hash").is_not_null()
    )
    _ask(keys)
    found = pl.concat([bulk.fetch(BY_NIB, FOUND), bulk.fetch(BY_PERSON, FOUND)])
    found = found.unique("label", keep="first", maintain_order=True)
    return pl.concat([found, _by_row(keys.join(found, on="label", how="anti"))])


def _by_row(keys: pl.DataFrame) -> pl.DataFrame:
    """Return `label, enterprise_id` of those whose NIK and name a row delivered before bears."""
    _ask(keys.filter(pl.col("nik_hash").is_not_null() & (pl.col("sort_key") != "")))
    rows = bulk.fetch(BY_ROW.format(most=MOST_BEARERS), {"label": pl.Int64, "sort_key": pl.String,
                               "enterprise_id": pl.Int64, "name": pl.String})  # fmt: skip
    same = rows.filter(names.normalised(pl.col("name")) == pl.col("sort_key"))
    oldest = same.group_by("label").agg(pl.col("enterprise_id").min()).sort("label")
    return oldest.cast(pl.Schema(FOUND))


def _ask(keys: pl.DataFrame) -> None:
    types = {"label": "bigint", "nib": "text", "nik_hash": "text", "sort_key": "text"}
    bulk.copy_in("registry_key", keys, types, is_joined=True)


def _least_of(key: str) -> pl.Expr:
    shared = pl.col("label").min().over(key)
    return pl.when(pl.col(key).is_not_null()).then(shared).otherwise(pl.col("label")).alias("label")
