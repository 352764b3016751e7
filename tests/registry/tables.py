"""All that the tables hold, to be compared before and after: every relation there is."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

# What people did and when: it grows with every deed, and undoing is one.
DEEDS = {
    *("audit_event", "audit_run", "registry_merge", "registry_mergemember", "registry_separation"),
    *("registry_splitmove", "registry_pin", "registry_review", "registry_reviewanswer"),
}
FIRMS = "registry_enterprise"
MADE_ANEW = {"impact_affectedcount": ("id", "refreshed_at")}  # Counted from the rest each time.


def relations() -> list[str]:
    """Return every table of ours but those of deeds and of history."""
    models = [one for one in apps.get_models() if one.__module__.startswith("pulih.")]
    names = {one._meta.db_table for one in models if not hasattr(one, "pgh_obj")}
    return sorted(names - DEEDS)


def content(shells: Iterable[int] = ()) -> dict[str, str]:
    """Return a digest of all rows of each relation.

    shells: enterprises to leave out: a split that was undone leaves its own, unlisted.
    """
    digests = {name: _digest(name, "") for name in relations() if name != FIRMS}
    return {**digests, FIRMS: _digest(FIRMS, f"WHERE NOT id = ANY ('{{{_joined(shells)}}}')")}


def _joined(keys: Iterable[int]) -> str:
    return ",".join(str(key) for key in keys)


def _digest(table: str, where: str) -> str:
    without = list(MADE_ANEW.get(table, ()))
    query = f"""
        SELECT coalesce(md5(string_agg(line, chr(10) ORDER BY line)), '') FROM (
            SELECT (to_jsonb(t) - %s::text[])::text AS line FROM {table} AS t {where}) AS lines
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [without])
        return str(cursor.fetchone()[0])
