"""Exact copies of one row: only the first is linked; the others follow it.

A million identical rows would make half a billion pairs and one giant cluster. Rows that agree in
everything but their id are set aside before anything is cleaned. Afterwards the copies join their
first, if what it says is enough for two such rows to be one firm, else they stay alone.
"""

import duckdb

from pulih.common.errors import Message
from pulih.linkage.cluster import LARGEST_CLUSTER
from pulih.linkage.columns import ACCEPTED_UNUSED, ID_ORDER, NUMBERS, TEXT
from pulih.linkage.findings import Finding
from pulih.linkage.model import MATCH
from pulih.linkage.score import score
from pulih.linkage.weights import Weights

COMPARED = sorted({*TEXT, *NUMBERS} - ACCEPTED_UNUSED)


def set_aside(connection: duckdb.DuckDBPyConnection) -> None:
    """Move rows of `given` that copy another into table `copies` (record_id, first_id)."""
    order = ID_ORDER.format("record_id")
    content = ", ".join(COMPARED)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE contents AS
        SELECT row, hash({content}) AS one, hash('again', {content}) AS other FROM given;
        CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT row, one, other FROM contents SEMI JOIN (SELECT one, other FROM contents
            GROUP BY one, other HAVING count(*) > 1) USING (one, other);
        CREATE OR REPLACE TABLE copies AS SELECT record_id, first_id FROM (
            SELECT record_id, first_value(record_id) OVER (PARTITION BY one, other
                ORDER BY {order}) AS first_id FROM given JOIN repeated USING (row)
        ) WHERE record_id <> first_id;
        DROP TABLE contents; DROP TABLE repeated
    """)
    if any_copies(connection):
        connection.execute(
            "CREATE OR REPLACE TABLE given AS FROM given ANTI JOIN copies USING (record_id)"
        )


def any_copies(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether any row was set aside."""
    return bool(connection.execute("SELECT 1 FROM copies LIMIT 1").fetchall())


def weigh(connection: duckdb.DuckDBPyConnection, weights: Weights) -> None:
    """Make table `copied` (record_id, rec, weight): the copies, their first, and how sure it is."""
    if not any_copies(connection):
        connection.execute(
            "CREATE OR REPLACE TABLE copied (record_id VARCHAR, rec INTEGER, weight DOUBLE)"
        )
        return
    connection.execute("""
        CREATE OR REPLACE TABLE copied AS SELECT copies.record_id, rec
            FROM copies JOIN cleaned ON cleaned.record_id = first_id;
        CREATE TABLE own_pairs AS SELECT DISTINCT rec AS a, rec AS b FROM copied ORDER BY a
    """)
    score(connection, weights, above=None, pairs="own_pairs", into="own_scored")
    connection.execute(
        "CREATE OR REPLACE TABLE copied AS SELECT copied.*, weight FROM copied"
        " JOIN own_scored ON a = rec; DROP TABLE own_scored; DROP TABLE own_pairs"
    )


def findings(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return a finding where more rows are copies of one than an enterprise should have."""
    rows = connection.execute(f"""
        SELECT count(*) + 1 AS records, arg_min(cleaned.record_id, rec)
        FROM copied JOIN cleaned USING (rec) GROUP BY rec HAVING records > {LARGEST_CLUSTER}
        ORDER BY records DESC, rec
    """).fetchall()
    if not rows:
        return []
    most, example = rows[0]
    return [
        Finding(
            "copies",
            sum(records for records, _ in rows),
            example,
            Message(
                f"{most} baris sama persis dengan {example} dan dihitung satu usaha bila isinya"
                " cukup. Periksa apakah berkasnya terkirim berulang.",
                f"{most} rows are exact copies of {example}; they count as one firm if they say"
                " enough. Look whether the file was sent again and again.",
            ),
        )
    ]


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Say in table `copied` whether each copy is `together` with its first, given `grouped`.

    It is where two such rows would match, or where the first was joined with others: the copies
    say the same and would have been joined likewise.
    """
    connection.execute(f"""
        CREATE OR REPLACE TABLE copied AS SELECT copied.*,
            weight >= {MATCH} OR grouped.rec IS NOT NULL AS together
        FROM copied LEFT JOIN grouped USING (rec)
    """)


def clusters_sql() -> str:
    """Return SQL for (rec, record_id, enterprise_id) of the copies, given table `clusters`."""
    return """
        SELECT copied.rec, copied.record_id,
            if(together, enterprise_id, copied.record_id) AS enterprise_id
        FROM copied JOIN clusters USING (rec)
    """
