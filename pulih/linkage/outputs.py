"""The tables that linkage writes: CLUSTERS and PAIRS, under a temporary name first."""

from pathlib import Path

import duckdb

from pulih.linkage import copies
from pulih.linkage.columns import ID_ORDER
from pulih.linkage.compared import told_sql
from pulih.linkage.evidence import evidence_sql, levels_sql
from pulih.linkage.model import MATCH, REVIEW


def make_clusters(connection: duckdb.DuckDBPyConnection, *, first: int) -> None:
    """Make table `clusters` (record_id, enterprise_id) of the records from `first` on, in order.

    An enterprise bears its known id, or else the smallest record id of its records, which is its
    leader's: records are numbered in the order of their ids.
    """
    connection.execute(f"""
        CREATE OR REPLACE TABLE placed AS
        SELECT cleaned.rec, record_id, coalesce(leader, cleaned.rec) AS leader
        FROM cleaned LEFT JOIN grouped USING (rec);
        CREATE OR REPLACE TABLE clusters AS
        WITH known AS (SELECT leader, min(enterprise_id) AS enterprise_id
            FROM known_members JOIN placed USING (rec) GROUP BY leader)
        SELECT placed.rec, placed.record_id,
            coalesce(enterprise_id, smallest.record_id) AS enterprise_id
        FROM placed JOIN cleaned AS smallest ON smallest.rec = placed.leader
            LEFT JOIN known ON known.leader = placed.leader
        WHERE placed.rec >= {first} ORDER BY placed.rec
    """)
    if copies.any_copies(connection):
        connection.execute(f"""
            INSERT INTO clusters {copies.clusters_sql()};
            CREATE OR REPLACE TABLE clusters AS FROM clusters
                ORDER BY {ID_ORDER.format("record_id")}
        """)


def make_reported(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `reported`: the pairs of `scored` with their decision and evidence, in order."""
    compared = told_sql(
        "(SELECT a, b, weight FROM scored UNION ALL SELECT DISTINCT rec, rec, weight FROM copied"
        f" WHERE weight >= {REVIEW})",
        evidence=evidence_sql(),
        levels=levels_sql(),
    )
    connection.execute(f"""
        CREATE OR REPLACE TABLE reported AS
        WITH told AS ({compared}),
        named AS (
            SELECT one.record_id AS one, other.record_id AS other, weight, evidence, levels,
                one.leader = other.leader AS together
            FROM told JOIN placed AS one ON one.rec = a JOIN placed AS other ON other.rec = b
            WHERE a <> b
            UNION ALL BY NAME
            SELECT placed.record_id AS one, copied.record_id AS other, told.weight, evidence,
                levels, coalesce(together, false) AS together
            FROM told JOIN copied ON copied.rec = a JOIN placed ON placed.rec = a
            WHERE a = b
        ), turned AS (
            SELECT *, {_number("one")} AS first, {_number("other")} AS second,
                ROW(first, one) < ROW(second, other) AS straight
            FROM named
        )
        SELECT if(straight, one, other) AS record_a, if(straight, other, one) AS record_b,
            round(1 / (1 + pow(2, -weight)), 6) AS probability,
            CASE WHEN weight >= {MATCH} AND together THEN 'match'
                WHEN weight >= {REVIEW} THEN 'review' ELSE 'no' END AS decision,
            evidence, weight, levels
        FROM turned ORDER BY least(first, second), record_a, greatest(first, second), record_b
    """)


def _number(name: str) -> str:
    """Return SQL for the place of an id among numbers; text comes after all of them."""
    return f"coalesce(try_cast({name} AS HUGEINT), 170141183460469231731687303715884105727)"


def write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query as CSV or Parquet, whole or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    kind = "PARQUET" if path.suffix == ".parquet" else "CSV, HEADER"
    quoted = str(temporary).replace("'", "''")
    try:
        connection.execute(f"COPY ({query}) TO '{quoted}' (FORMAT {kind})")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def id_cast(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    """Return the type in which ids are written: whole numbers where a Parquet file has them so."""
    if path.suffix != ".parquet":
        return "VARCHAR"
    quoted = str(path).replace("'", "''")
    described = connection.execute(f"DESCRIBE FROM read_parquet('{quoted}')").fetchall()
    kinds = {str(row[0]).strip(): str(row[1]) for row in described}
    kind = kinds.get("record_id", "VARCHAR")
    return kind if kind.endswith("INT") or kind.endswith("INTEGER") else "VARCHAR"
