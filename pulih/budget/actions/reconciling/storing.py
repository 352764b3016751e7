"""Findings become differences: new ones are added, known ones stay, vanished ones are settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection

from pulih.inbox import bulk

from ...models import Reconciliation
from ...rules.reconciling.shapes import FINDINGS
from ...sql import sql

SQL_TYPES = {pl.Int64: "bigint", pl.String: "text", pl.Date: "date", pl.Boolean: "boolean"}
TYPES = {name: SQL_TYPES[dtype] for name, dtype in FINDINGS.items()}


@dataclass(frozen=True)
class Stored:
    """How many differences were new, still stand and were settled."""

    new: int
    still: int
    settled: int


def store(
    reconciliation: Reconciliation, findings: pl.DataFrame, first: date | None, last: date | None
) -> Stored:
    """Keep the findings of one list. first, last: the days it covers; None: all of the year."""
    bulk.copy_in("treasury_findings", findings, TYPES)
    bulk.execute("CREATE INDEX ON pg_temp.treasury_findings (identity)")
    bulk.execute("ANALYZE pg_temp.treasury_findings")
    # The planner takes rows added a moment ago for one, and one times all is quadratic.
    bulk.execute("SET LOCAL enable_nestloop = off")
    named: dict[str, int | str | date | None] = {
        "reconciliation": reconciliation.pk,
        "unit": reconciliation.unit_id,
        "province": reconciliation.province_id,
        "year": reconciliation.fiscal_year,
        "kind": reconciliation.list_kind,
        "first": first,
        "last": last,
    }
    settled = _run("settle_differences", named)
    still = _run("keep_differences", named)
    new = _run("add_differences", named)
    bulk.execute("SET LOCAL enable_nestloop = on")
    return Stored(new, still, settled)


def _run(name: str, named: Mapping[str, int | str | date | None]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql(f"queries/{name}"), named)
        return int(cursor.rowcount)
