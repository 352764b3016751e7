"""Who would be counted twice: the same firm, owner or household on several delivered lists."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext_lazy

from pulih.inbox import bulk
from pulih.inbox.models import OF_FIRMS, ImportBatch, State
from pulih.people.models import User
from pulih.people.number_cipher import decrypt_column, decrypt_texts
from pulih.web.masks import mask_nik, mask_phone

WAYS = {
    "enterprise": gettext_lazy("IKM"),
    "owner": gettext_lazy("Owner's NIK"),
    "household": gettext_lazy("Household"),
}
USUAL_WAY = "enterprise"
MOST_LISTS = 12
OFFERED = 60
SAID = """
    SELECT record.batch_id, coalesce(firm.merged_into_id, firm.id) AS enterprise,
        coalesce(said.business_name, said.owner_name) AS name, said.owner_name, said.nik,
        said.family_card, said.phone, said.village
    FROM inbox_sourcerecord AS record
    JOIN registry_enterprisesource AS link ON link.source_record_id = record.id
    LEFT JOIN registry_splitmove AS moved
        ON moved.source_record_id = record.id AND moved.undone_at IS NULL
    JOIN registry_enterprise AS firm
        ON firm.id = coalesce(moved.to_enterprise_id, link.enterprise_id)
    CROSS JOIN LATERAL jsonb_to_record(record.values) AS said (business_name text, owner_name text,
        nik text, family_card text, phone text, village text)
    WHERE record.batch_id IN ({batches})
    ORDER BY record.id
"""
TYPES: dict[str, type[pl.DataType]] = {
    "batch_id": pl.Int64,
    "enterprise": pl.Int64,
    **dict.fromkeys(("name", "owner_name", "nik", "family_card", "phone", "village"), pl.String),
}
KEYS = {
    "enterprise": pl.col("enterprise").cast(pl.String),
    "owner": pl.col("nik"),
    # Without the number of the family's card: one telephone in one village.
    "household": pl.coalesce(
        "family_card",
        pl.concat_str("phone", pl.col("village").str.to_lowercase(), separator=" "),
    ),
}
"""What makes two rows one, by the way of counting; null counts with nobody."""


@dataclass(frozen=True)
class Overlap:
    """One who stands on several lists. key: cut. lists: ids of batches, in their order."""

    key: str
    names: list[str]
    owners: list[str]
    enterprise: int
    lists: list[int]
    rows: int


def offered(by: User) -> list[ImportBatch]:
    """Return the lists of firms that a person can choose from, the newest first."""
    rows = ImportBatch.objects.visible_to(by).filter(
        kind__in=OF_FIRMS, state=State.DONE, is_newest=True
    )
    return list(rows.select_related("office").order_by("-as_of", "-id")[:OFFERED])


def rows_of(batches: Sequence[ImportBatch]) -> pl.DataFrame:
    """Return what the rows of these lists say of firm, owner and household; as the person sees."""
    keys = ", ".join(str(int(batch.pk)) for batch in batches)
    rows = bulk.fetch(SAID.format(batches=keys), TYPES)
    return rows.with_columns(
        *(decrypt_column(rows[name]) for name in ("nik", "family_card")),
        *(decrypt_texts(rows[name]) for name in ("name", "owner_name", "village")),
    )


def counts(rows: pl.DataFrame) -> dict[str, int]:
    """Return by way of counting how many stand on more than one list."""
    return {way: _grouped(rows, way).height for way in WAYS}


def found(rows: pl.DataFrame, way: str) -> list[Overlap]:
    """Return who stands on more than one list: those on the most lists first, then by key."""
    grouped = _grouped(rows, way).sort("lists_count", "key", descending=[True, False])
    return [
        Overlap(
            _cut(way, row["key"]),
            [name for name in row["names"] if name][:3],
            [name for name in row["owners"] if name][:3],
            row["enterprise"],
            sorted(row["lists"]),
            row["rows"],
        )
        for row in grouped.iter_rows(named=True)
    ]


def _grouped(rows: pl.DataFrame, way: str) -> pl.DataFrame:
    keyed = rows.with_columns(KEYS[way].alias("key")).filter(pl.col("key").is_not_null())
    grouped = keyed.group_by("key").agg(
        pl.col("name").unique(maintain_order=True).alias("names"),
        pl.col("owner_name").unique(maintain_order=True).alias("owners"),
        pl.col("enterprise").min(),
        pl.col("batch_id").unique().alias("lists"),
        pl.col("batch_id").n_unique().alias("lists_count"),
        pl.len().alias("rows"),
    )
    return grouped.filter(pl.col("lists_count") > 1)


def _cut(way: str, key: str) -> str:
    """Return a key as it may be shown: a NIK, a family card or a telephone is cut."""
    if way == "enterprise":
        return key
    first = key.split(" ")[0]
    return mask_nik(first) if len(first) == 16 and first.isdecimal() else mask_phone(first)
