"""The tables that linkage writes: CLUSTERS and PAIRS, under a temporary name first."""

from pathlib import Path

import duckdb

from pulih.linkage.columns import ID_ORDER
from pulih.linkage.evidence import evidence_sql, levels_sql
from pulih.linkage.model import MATCH, REVIEW
from pulih.linkage.score import compared_sql


def make_clusters(connection: duckdb.DuckDBPyConnection, *, first: int) -> None:
    """Make table `clusters` (record_id, enterprise_id) of the records from `first` on.

    An enterprise bears its known id, or else the smallest record id of its records.
    """
    order = ID_ORDER.format("record_id")
    connection.execute(f"""
        CREATE OR REPLACE TABLE placed AS
        SELECT cleaned.rec, record_id, coalesce(leader, cleaned.rec) AS leader,
            row_number() OVER (ORDER BY {order}) AS place
        FROM cleaned LEFT JOIN grouped USING (rec);
        CREATE OR REPLACE TABLE clusters AS
        WITH known AS (SELECT leader, min(enterprise_id) AS enterprise_id
            FROM known_members JOIN placed USING (rec) GROUP BY leader),
        named AS (SELECT leader, arg_min(record_id, place) AS smallest FROM placed GROUP BY leader)
        SELECT rec, place, record_id, coalesce(enterprise_id, smallest) AS enterprise_id
        FROM placed JOIN named USING (leader) LEFT JOIN known USING (leader)
        WHERE rec >= {first}
    """)


def make_reported(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `reported`: the pairs of `scored` with their decision and evidence."""
    compared = compared_sql(
        "(SELECT a, b, weight FROM scored)", evidence=evidence_sql(), levels=levels_sql()
    )
    connection.execute(f"""
        CREATE OR REPLACE TABLE reported AS
        SELECT if(one.place < other.place, one.record_id, other.record_id) AS record_a,
            if(one.place < other.place, other.record_id, one.record_id) AS record_b,
            least(one.place, other.place) AS place_a, greatest(one.place, other.place) AS place_b,
            round(1 / (1 + pow(2, -weight)), 6) AS probability,
            CASE WHEN weight >= {MATCH} AND one.leader = other.leader THEN 'match'
                WHEN weight >= {REVIEW} THEN 'review' ELSE 'no' END
                AS decision,
            evidence, weight, levels
        FROM ({compared})
        JOIN placed AS one ON one.rec = a JOIN placed AS other ON other.rec = b
    """)


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
