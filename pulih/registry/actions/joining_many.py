"""The merges of one run, written set by set."""

from collections.abc import Iterator, Sequence
from itertools import islice

import polars as pl

from pulih.inbox import bulk
from pulih.people.models import User
from pulih.registry.deciding import Join
from pulih.registry.models import Merge, MergeMember
from pulih.registry.offices import Office, office_over

SIZE = 1_000
PIECE = 20_000  # Merges in memory at a time.
Places = dict[int, set[tuple[int, int | None]]]
PLACES = """
    SELECT DISTINCT coalesce(merged_into_id, id) AS top, province_id, regency_id
    FROM registry_enterprise
    WHERE id IN (SELECT id FROM pg_temp.registry_met)
       OR merged_into_id IN (SELECT id FROM pg_temp.registry_met)
"""
POINT = """
    UPDATE registry_enterprise AS firm SET merged_into_id = moved.top
    FROM pg_temp.registry_moved AS moved
    WHERE firm.id = moved.id AND firm.merged_into_id IS DISTINCT FROM moved.top
"""


def join_all(joins: Sequence[Join], run_of: dict[int, int], *, by: User) -> list[int]:
    """Write these merges in their order, and return those of whom more than that is to be made.

    They are whom all stand for now, and who stood for others before: a firm that stood for itself
    alone keeps its form. run_of: the run that each merged enterprise belongs to.
    """
    offices = _offices(joins)
    told = zip(joins, offices, strict=True)
    while piece := list(islice(told, PIECE)):
        _write(piece, run_of, by)
    tops = {one: join.edge.kept for join in joins for one, _ in join.edge.moved}
    _point(tops)
    stood_for_others = {join.edge.merged for join in joins if len(join.edge.moved) > 1}
    return sorted(stood_for_others | (set(tops.values()) - set(tops)))


def _offices(joins: Sequence[Join]) -> Iterator[Office]:
    """Yield the office over all that each merge makes one."""
    places = _places_of({one for join in joins for one in (join.edge.kept, join.edge.merged)})
    for join in joins:
        places[join.edge.kept] |= places.pop(join.edge.merged)
        yield office_over(places[join.edge.kept])


def _places_of(tops: set[int]) -> Places:
    """Return the places of each that stands for itself, and of all that it stands for."""
    ids = pl.DataFrame({"id": sorted(tops)}, schema={"id": pl.Int64})
    bulk.copy_in("registry_met", ids, {"id": "bigint"}, is_joined=True)
    types = dict.fromkeys(("top", "province_id", "regency_id"), pl.Int64)
    found: Places = {}
    for top, province, regency in bulk.fetch(PLACES, types).iter_rows():
        found.setdefault(top, set()).add((province, regency))
    return found


def _write(piece: Sequence[tuple[Join, Office]], run_of: dict[int, int], by: User) -> None:
    merges = [_merge(join, office, run_of, by) for join, office in piece]
    Merge.objects.bulk_create(merges, batch_size=SIZE)
    MergeMember.objects.bulk_create(
        (
            MergeMember(merge=made, enterprise_id=one, before_id=before)
            for made, (join, _office) in zip(merges, piece, strict=True)
            for one, before in join.edge.moved
        ),
        batch_size=SIZE,
    )


def _merge(join: Join, office: Office, run_of: dict[int, int], by: User) -> Merge:
    return Merge(
        kept_id=join.edge.kept,
        merged_id=join.edge.merged,
        province_id=office.province_id,
        regency_id=office.regency_id,
        run_id=run_of[join.edge.merged],
        weight=join.weight,
        by=by,
    )


def _point(tops: dict[int, int]) -> None:
    """Let every moved enterprise point at whom it stands for in the end."""
    moved = pl.DataFrame({"id": list(tops), "top": list(tops.values())})
    bulk.copy_in("registry_moved", moved, {"id": "bigint", "top": "bigint"}, is_joined=True)
    bulk.execute(POINT)
