"""Values that officers pinned, put over what the sources say."""

import polars as pl

from pulih.inbox import bulk
from pulih.people.number_cipher import decrypt_texts
from pulih.registry import delivered_attributes

PINNED = """
    SELECT DISTINCT ON (met.enterprise_id, pin.attribute)
        met.enterprise_id, pin.attribute, nullif(pin.value, '')
    FROM pg_temp.registry_member AS met
    JOIN registry_pin AS pin ON pin.enterprise_id = met.member_id AND pin.ended_at IS NULL
    ORDER BY met.enterprise_id, pin.attribute,
        pin.enterprise_id <> met.enterprise_id, pin.id DESC
"""
TYPES = {"enterprise_id": pl.Int64, "attribute": pl.String, "value": pl.String}


def applied(firms: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return the firms with the pins of all their members over what was said.

    An enterprise's own pin goes before those of what was merged into it, of these the newest.
    members: as in pg_temp.registry_member, which this reads.
    """
    if members.is_empty():
        return firms
    pins = bulk.fetch(PINNED, TYPES)
    for (attribute,), held in pins.group_by("attribute", maintain_order=True):
        if attribute not in delivered_attributes.OF_A_PERSON:
            held = held.with_columns(decrypt_texts(held["value"]))
        firms = _over(firms, str(attribute), held.select("enterprise_id", "value"))
    return firms


def _over(firms: pl.DataFrame, attribute: str, held: pl.DataFrame) -> pl.DataFrame:
    kind = delivered_attributes.types()[attribute]
    is_pinned = held.with_columns(pl.lit(True).alias("is_pinned"))
    joined = firms.join(is_pinned, on="enterprise_id", how="left", maintain_order="left")
    said = pl.when(pl.col("is_pinned")).then(pl.col("value").cast(kind, strict=False))
    return joined.with_columns(said.otherwise(pl.col(attribute)).alias(attribute)).drop(
        "value", "is_pinned"
    )
