"""The merges of one run, written set by set."""

from collections.abc import Sequence

import polars as pl

from pulih.inbox import bulk
from pulih.people.models import User
from pulih.registry.deciding import Join
from pulih.registry.models import Merge, MergeMember
from pulih.registry.offices import office_over

SIZE = 1_000
Places = dict[int, tuple[int, int | None]]
POINT = """
    UPDATE registry_enterprise AS firm SET merged_into_id = moved.top
    FROM pg_temp.registry_moved AS moved
    WHERE firm.id = moved.id AND firm.merged_into_id IS DISTINCT FROM moved.top
"""


def join_all(joins: Sequence[Join], run_of: dict[int, int], *, by: User) -> list[int]:
    """Write these merges in their order, and return whom they concern.

    run_of: the run that each merged enterprise belongs to.
    """
    concerned = sorted({one for join in joins for one in join.edge.group})
    places = places_of(concerned)
    merges = [_merge(join, places, run_of, by) for join in joins]
    Merge.objects.bulk_create(merges, batch_size=SIZE)
    MergeMember.objects.bulk_create(
        (
            MergeMember(merge=made, enterprise_id=one, before_id=before)
            for made, join in zip(merges, joins, strict=True)
            for one, before in join.edge.moved
        ),
        batch_size=SIZE,
    )
    _point(joins)
    return concerned


def places_of(ids: Sequence[int]) -> Places:
    """Return province and regency of each enterprise."""
    bulk.copy_in(
        "registry_met", pl.DataFrame({"id": ids}, schema={"id": pl.Int64}), {"id": "bigint"}
    )
    rows = bulk.fetch(
        "SELECT id, province_id, regency_id FROM registry_enterprise"
        " WHERE id IN (SELECT id FROM pg_temp.registry_met)",
        {"id": pl.Int64, "province_id": pl.Int64, "regency_id": pl.Int64},
    )
    return {pk: (province, regency) for pk, province, regency in rows.iter_rows()}


def _merge(join: Join, places: Places, run_of: dict[int, int], by: User) -> Merge:
    kept, merged = join.edge.kept, join.edge.merged
    office = office_over(places[one] for one in join.edge.group)
    return Merge(
        kept_id=kept,
        merged_id=merged,
        province_id=office.province_id,
        regency_id=office.regency_id,
        run_id=run_of[merged],
        weight=join.weight,
        by=by,
    )


def _point(joins: Sequence[Join]) -> None:
    """Let every moved enterprise point at whom it stands for in the end."""
    tops = {one: join.edge.kept for join in joins for one, _ in join.edge.moved}
    moved = pl.DataFrame({"id": list(tops), "top": list(tops.values())})
    bulk.copy_in("registry_moved", moved, {"id": "bigint", "top": "bigint"}, is_joined=True)
    bulk.execute(POINT)
