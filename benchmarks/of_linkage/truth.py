"""What is found against what is true: precision, recall, and which traps were fallen into."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl


@dataclass(frozen=True)
class Judged:
    """Shares of 1; `merged` is the share of pairs of one owner's two firms that were merged.

    merged_differing: the same share of those whose names or products are written and differ.
    """

    precision: float
    recall: float
    f1: float
    cluster_f1: float
    merged: float
    merged_differing: float
    kinds: str = ""

    def __str__(self) -> str:
        return (
            f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f},"
            f" clusters {self.cluster_f1:.4f}, two firms merged {self.merged:.2%}"
            f" ({self.merged_differing:.2%} where names or products differ){self.kinds}"
        )


def judge(clusters: Path, truth: Path, records: Path | None = None) -> Judged:
    """Compare what was found with what is true. records: the rows that were linked."""
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
    two = merged / max(same_owner, 1)
    differing = _merged_differing(connection, records) if records else two
    kinds = _merged_by_kind(connection, truth)
    return Judged(precision, recall, f1, 2 * whole / groups, two, differing, kinds)


_LETTERS = "nullif(regexp_replace(lower({0}), '[^a-z]', '', 'g'), '')"
UNLIKE = 0.88
"""Names and products less alike than this, by Jaro and Winkler, differ."""


def _merged_differing(connection: duckdb.DuckDBPyConnection, records: Path) -> float:
    """Return the share merged of an owner's two firms whose names or products differ."""
    rows = connection.execute(f"""
        WITH said AS (SELECT told.*, {_LETTERS.format("business_name")} AS name,
            {_LETTERS.format("owner_name")} AS own, {_LETTERS.format("product")} AS product
            FROM told JOIN '{records}' AS r ON r.record_id::VARCHAR = told.record_id::VARCHAR)
        SELECT avg((one.enterprise_id = other.enterprise_id)::INT)
        FROM said AS one JOIN said AS other ON one.owner = other.owner AND one.firm < other.firm
        WHERE (jaro_winkler_similarity(one.name, other.name) < {UNLIKE}
                AND one.name <> one.own AND other.name <> other.own)
            OR jaro_winkler_similarity(one.product, other.product) < {UNLIKE}
    """).fetchall()
    return float(rows[0][0] or 0)


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
