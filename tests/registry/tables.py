"""All that the tables hold, to be compared before and after: every relation there is."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from pulih.registry.models import Enterprise

LOGS = {"audit_event", "audit_run"}  # They grow with every act, and undoing is one.
HIDDEN = {"people_user"}  # PostgreSQL shows a hash to its person alone; no act here touches one.
# What people did stays written down when it is taken back; of it counts what stands.
STANDING = {
    **dict.fromkeys(
        ("registry_merge", "registry_separation", "registry_splitmove", "registry_reviewanswer"),
        "WHERE undone_at IS NULL",
    ),
    "registry_mergemember": "WHERE merge_id IN"
    " (SELECT id FROM registry_merge WHERE undone_at IS NULL)",
    "registry_pin": "WHERE ended_at IS NULL",
}
FIRMS = "registry_enterprise"
MADE_ANEW = {"impact_affectedcount": ("id", "refreshed_at")}  # Counted from the rest each time.


def ours() -> list[type[Model]]:
    """Return every model of ours but those of history."""
    every = apps.get_models()
    return [one for one in every if one.__module__.startswith("pulih.") and not _is_history(one)]


def relations() -> list[str]:
    """Return every table of ours that can be read whole, but logs and history."""
    return sorted({one._meta.db_table for one in ours()} - LOGS - HIDDEN)


# Rooms further down the flow: their rows come of acts of their own, which this world does not do.
LATER = {"proposals", "market", "delivery", "portal", "privacy"}


def about_firms() -> list[str]:
    """Return every table of lists and register that leads, over others or not, to an enterprise."""
    found: set[type[Model]] = {Enterprise}
    earlier = [one for one in ours() if one._meta.app_label not in LATER]
    while more := {one for one in earlier if one not in found and _leads_to(one, found)}:
        found |= more
    return sorted(one._meta.db_table for one in found)


def content(shells: Iterable[int] = ()) -> dict[str, str]:
    """Return a digest of all rows of each relation; of what people did, of what stands.

    shells: enterprises to leave out: a split that was undone leaves its own, unlisted.
    """
    digests = {name: _digest(name, STANDING.get(name, "")) for name in relations()}
    return {**digests, FIRMS: _digest(FIRMS, f"WHERE NOT id = ANY ('{{{_joined(shells)}}}')")}


def empty(tables: Iterable[str]) -> list[str]:
    """Return those of the tables of which nothing stands."""
    return [name for name in tables if not _digest(name, STANDING.get(name, ""))]


def _is_history(model: type[Model]) -> bool:
    return hasattr(model, "pgh_obj")


def _leads_to(model: type[Model], found: set[type[Model]]) -> bool:
    keys = (one for one in model._meta.get_fields() if isinstance(one, ForeignKey))
    return any(key.related_model in found for key in keys)


def _joined(keys: Iterable[int]) -> str:
    return ",".join(str(key) for key in keys)


def _digest(table: str, where: str) -> str:
    columns = ", ".join(_readable(table))
    query = f"""
        SELECT coalesce(md5(string_agg(line, chr(10) ORDER BY line)), '')
        FROM (SELECT ROW({columns})::text AS line FROM {table} {where}) AS lines
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])


def _readable(table: str) -> list[str]:
    """Return the columns that the serving role may read: hashes of passwords are not among them."""
    query = """
        SELECT quote_ident(attname) FROM pg_attribute
        WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
            AND attname <> ALL (%s::text[]) AND has_column_privilege(attrelid, attnum, 'SELECT')
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [table, list(MADE_ANEW.get(table, ()))])
        return [name for (name,) in cursor.fetchall()]
