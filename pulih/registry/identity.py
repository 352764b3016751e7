"""Which rows are surely one enterprise, told while they are stored: equal NIB, or NIK and name.

What is less sure is left to `pulih.linkage`, which looks at the enterprises afterwards.
"""

import polars as pl

from pulih.inbox import bulk

MATCH = """
    SELECT DISTINCT ON (arrival.label) arrival.label, known.id
    FROM pg_temp.registry_key arrival JOIN registry_enterprise known ON known.{join}
    ORDER BY arrival.label, coalesce(known.merged_into_id, known.id),
        known.merged_into_id IS NULL, known.id
"""
BY_NIB = MATCH.format(join="nib = arrival.nib")
BY_PERSON = MATCH.format(join="nik = arrival.nik AND known.sort_key = arrival.sort_key")
FOUND = {"label": pl.Int64, "enterprise_id": pl.Int64}


def labels(firms: pl.DataFrame) -> pl.Series:
    """Return a number for each row; rows of one enterprise have the same.

    firms: nib, nik, sort_key. The number is the index of the first of them.
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

    firms: label, nib, nik, sort_key; several rows may carry one label. Sees only what the person
    sees who delivers. Of several that fit, the oldest; of those merged into it, the one that fits
    by its own rows, so that taking the merge back leaves the row where it belongs.
    """
    keys = firms.select("label", "nib", "nik", "sort_key").filter(
        pl.col("nib").is_not_null() | pl.col("nik").is_not_null()
    )
    types = {"label": "bigint", "nib": "text", "nik": "text", "sort_key": "text"}
    bulk.copy_in("registry_key", keys, types, is_joined=True)
    by_nib = bulk.fetch(BY_NIB, FOUND)
    by_person = bulk.fetch(BY_PERSON, FOUND)
    return pl.concat([by_nib, by_person]).unique("label", keep="first", maintain_order=True)


def _least_of(key: str) -> pl.Expr:
    shared = pl.col("label").min().over(key)
    return pl.when(pl.col(key).is_not_null()).then(shared).otherwise(pl.col("label")).alias("label")
