"""What is found against what is true: precision, recall, and which traps were fallen into."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl


@dataclass(frozen=True)
class Judged:
    """Shares of 1; `merged` is the share of pairs of one owner's two firms that were merged."""

    precision: float
    recall: float
    f1: float
    cluster_f1: float
    merged: float
    kinds: str = ""

    def __str__(self) -> str:
        return (
            f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f},"
            f" clusters {self.cluster_f1:.4f}, two firms merged {self.merged:.2%}"
            f"{self.kinds}"
        )


def judge(clusters: Path, truth: Path) -> Judged:
    """Compare what was found with what is true."""
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(f"""
        CREATE TABLE told AS SELECT t.record_id, t.firm, t.owner, enterprise_id
        FROM '{truth}' AS t JOIN '{clusters}' AS c
            ON c.record_id::VARCHAR = t.record_id::VARCHAR""")

    def one(query: str) -> float:
        return float(connection.execute(query).fetchall()[0][0] or 0)

    def pairs_in(*columns: str) -> float:
        names = ", ".join(columns)
        return one(f"SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM told"
                   f" GROUP BY {names})")  # fmt: skip

    right, found, true = (
        pairs_in("firm", "enterprise_id"),
        pairs_in("enterprise_id"),
        pairs_in("firm"),
    )
    same_owner = pairs_in("owner") - true
    merged = pairs_in("owner", "enterprise_id") - right
    whole = one("""SELECT count(*) FROM (SELECT firm FROM told GROUP BY firm
        HAVING count(DISTINCT enterprise_id) = 1) JOIN (SELECT min(firm) AS firm FROM told
        GROUP BY enterprise_id HAVING count(DISTINCT firm) = 1) USING (firm)""")
    groups = one("SELECT count(DISTINCT firm) + count(DISTINCT enterprise_id) FROM told")
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    found_kinds = _merged_by_kind(connection, truth)
    return Judged(
        precision, recall, f1, 2 * whole / groups, merged / max(same_owner, 1), found_kinds
    )


def _merged_by_kind(connection: duckdb.DuckDBPyConnection, truth: Path) -> str:
    """Tell what share of the pairs of spouses, namesakes … were merged, where that is known."""
    if "household" not in pl.read_parquet_schema(truth):
        return ""
    rows = connection.execute(f"""
        WITH told AS (SELECT c.*, household, kind FROM told AS c JOIN '{truth}' AS t
            ON t.record_id = c.record_id WHERE kind IS NOT NULL)
        SELECT one.kind, count(*) FILTER (one.enterprise_id = other.enterprise_id) / count(*)
        FROM told AS one JOIN told AS other ON one.household = other.household
            AND one.owner < other.owner GROUP BY one.kind ORDER BY one.kind
    """).fetchall()
    return "".join(f", {kind} {share:.2%}" for kind, share in rows)
