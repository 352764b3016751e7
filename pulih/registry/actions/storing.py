"""The two statements that write enterprises: add many, change many."""

from datetime import date

import polars as pl
from django.db import connection

from pulih.inbox import bulk
from pulih.registry import delivered_attributes
from pulih.registry.models import Enterprise

STORED = (
    *delivered_attributes.PLACES,
    *delivered_attributes.TAKEN,
    "sort_key",
    "scale",
    "is_manufacturing",
)
SEARCH = "array_to_tsvector(string_to_array(nullif(said.words, ''), ' '))"
ADD = """
    INSERT INTO registry_enterprise
        (id, {columns}, search, first_seen, last_seen, is_listed)
    SELECT enterprise_id, {columns}, {search}, %s, %s, true FROM pg_temp.registry_said AS said
"""
CHANGE = """
    UPDATE registry_enterprise AS known
    SET {changes}, search = {search},
        first_seen = least(known.first_seen, %s), last_seen = greatest(known.last_seen, %s),
        is_listed = true
    FROM pg_temp.registry_said AS said
    WHERE known.id = said.enterprise_id AND (
        known.last_seen < %s OR NOT known.is_listed OR ({were}) IS DISTINCT FROM ({are})
    )
"""
WORDS = {
    "columns": ", ".join(STORED),
    "search": SEARCH,
    "changes": ", ".join(f"{name} = said.{name}" for name in STORED),
    "were": ", ".join(f"known.{name}" for name in STORED),
    "are": ", ".join(f"said.{name}" for name in STORED),
}


def add(firms: pl.DataFrame, *, seen: date) -> None:
    """Add enterprises. firms: enterprise_id and all that `arrivals.derive` gives."""
    if firms.height:
        _send(firms)
        bulk.execute(ADD.format(**WORDS), [seen, seen])


def change(firms: pl.DataFrame, *, seen: date) -> None:
    """Give known enterprises new attributes; those that stay the same are not touched."""
    if firms.height:
        _send(firms)
        bulk.execute(CHANGE.format(**WORDS), [seen, seen, seen])


def _send(firms: pl.DataFrame) -> None:
    # In the order of the names the indexes grow at few places, which makes them cheaper.
    ordered = firms.sort("sort_key").select("enterprise_id", *STORED, "words")
    bulk.copy_in("registry_said", ordered, _types(), is_joined=True)


def _types() -> dict[str, str]:
    fields = {str(one.column): str(one.db_type(connection)) for one in Enterprise._meta.fields}
    return {**fields, "enterprise_id": "bigint", "words": "text"}
