"""Findings become differences: new ones are added, known ones stay, vanished ones are settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.db import connection

from pulih.inbox import bulk

from ..models import Reconciliation
from ..rules.shapes import FINDINGS

QUERIES = Path(__file__).parents[1] / "sql" / "queries"
SQL_TYPES = {pl.Int64: "bigint", pl.String: "text", pl.Date: "date", pl.Boolean: "boolean"}
TYPES = {name: SQL_TYPES[dtype] for name, dtype in FINDINGS.items()}


@dataclass(frozen=True)
class Stored:
    """How many differences were new, still stand and were settled."""

    new: int
    still: int
    settled: int


def store(reconciliation: Reconciliation, findings: pl.DataFrame, stated: pl.Series) -> Stored:
    """Keep the findings of one list. stated: the identity of all that the list itself states."""
    bulk.copy_in("treasury_findings", findings, TYPES)
    bulk.copy_in(
        "treasury_stated", pl.DataFrame({"identity": stated.unique()}), {"identity": "text"}
    )
    for table in ("treasury_findings", "treasury_stated"):
        bulk.execute(f"CREATE INDEX ON pg_temp.{table} (identity)")
        bulk.execute(f"ANALYZE pg_temp.{table}")
    # The planner takes rows added a moment ago for one, and one times all is quadratic.
    bulk.execute("SET LOCAL enable_nestloop = off")
    named: dict[str, int | str] = {
        "reconciliation": reconciliation.pk,
        "unit": reconciliation.unit_id,
        "province": reconciliation.province_id,
        "year": reconciliation.fiscal_year,
        "kind": reconciliation.list_kind,
    }
    settled = _run("settle_differences", named)
    still = _run("keep_differences", named)
    new = _run("add_differences", named)
    bulk.execute("SET LOCAL enable_nestloop = on")
    return Stored(new, still, settled)


def _run(name: str, named: Mapping[str, int | str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute((QUERIES / f"{name}.sql").read_text("utf-8"), named)
        return int(cursor.rowcount)
