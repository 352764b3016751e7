"""From the table `scored` to the table `grouped`: which records are one enterprise.

Nearly all chains of pairs are of one mind: every pair inside speaks for one firm. Those are told
all at once. Only where some pair is silent or speaks against it are the groups built up one pair
after the other (`cluster.py`), which gives the same where all are of one mind.
"""

from collections import defaultdict

import duckdb
import numpy as np

from pulih.common.errors import Message
from pulih.linkage.chains import smallest_reached
from pulih.linkage.cluster import LARGEST_CLUSTER, Edge, Groups, cluster
from pulih.linkage.fill import fill
from pulih.linkage.findings import Finding
from pulih.linkage.model import MATCH
from pulih.linkage.score import score
from pulih.linkage.weights import Weights


def group(connection: duckdb.DuckDBPyConnection, weights: Weights) -> list[Finding]:
    """Make table `grouped` (rec, leader): the smallest record of each group of two or more.

    known_members (enterprise_id, rec) may be empty; it holds the enterprises that pairs touch,
    which are kept as they are. Returns a finding where a group would have grown too large.
    """
    _chain(connection)
    _agree(connection)
    groups = _divided(connection, weights)
    leaders = [min(members) for members in groups.members.values() for _ in members]
    records = [record for members in groups.members.values() for record in members]
    fill(connection, "grouped", (("rec", "INTEGER"), ("leader", "INTEGER")), (records, leaders))
    connection.execute("""
        INSERT INTO grouped SELECT rec, chain FROM chained SEMI JOIN agreed USING (chain);
        DROP TABLE chained; DROP TABLE agreed
    """)
    return [_cut(connection, groups)] if groups.cut else []


def _chain(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `chained` (rec, chain): what matching pairs and known enterprises link."""
    linking = connection.execute(f"""
        SELECT a, b FROM scored WHERE weight >= {MATCH} UNION ALL
        SELECT min(rec) OVER (PARTITION BY enterprise_id), rec FROM known_members
    """).fetchnumpy()
    one, other = (np.asarray(linking[side], dtype=np.int32) for side in ("a", "b"))
    chain = smallest_reached(one, other, int(max(one.max(), other.max())) + 1 if len(one) else 0)
    linked = np.unique(np.concatenate([one, other]))
    columns = (("rec", "INTEGER"), ("chain", "INTEGER"))
    fill(connection, "chained", columns, (linked, chain[linked]))


def _agree(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `agreed` (chain): where each pair of the chain's records speaks for one firm."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE agreed AS
        WITH inside AS (
            SELECT one.chain, count(*) AS pairs FROM scored
            JOIN chained AS one ON one.rec = a
            JOIN chained AS other ON other.rec = b AND other.chain = one.chain
            WHERE weight > 0 GROUP BY one.chain
        ), sized AS (SELECT chain, count(*) AS records FROM chained GROUP BY chain)
        SELECT chain FROM sized JOIN inside USING (chain)
        WHERE records <= {LARGEST_CLUSTER} AND pairs = records * (records - 1) // 2
            AND chain NOT IN (SELECT chain FROM chained SEMI JOIN known_members USING (rec))
    """)


def _divided(connection: duckdb.DuckDBPyConnection, weights: Weights) -> Groups:
    """Return the groups of the chains that are not of one mind."""
    connection.execute("CREATE TABLE divided AS FROM chained ANTI JOIN agreed USING (chain)")
    edges: list[Edge] = connection.execute(
        f"SELECT weight, a, b FROM scored SEMI JOIN divided ON rec = a WHERE weight >= {MATCH}"
    ).fetchall()
    enterprises: dict[str, list[int]] = defaultdict(list)
    for name, rec in connection.execute("SELECT enterprise_id, rec FROM known_members").fetchall():
        enterprises[name].append(rec)
    groups = cluster(edges, _weights_inside(connection, weights), enterprises.values())
    connection.execute("DROP TABLE divided")
    return groups


def _weights_inside(
    connection: duckdb.DuckDBPyConnection, weights: Weights
) -> dict[tuple[int, int], float]:
    """Weigh every pair inside each divided chain, also those that no key brought together."""
    if not connection.execute("SELECT 1 FROM divided LIMIT 1").fetchall():
        return {}
    connection.execute(f"""
        CREATE TABLE fitting AS SELECT chain FROM divided GROUP BY chain
            HAVING count(*) BETWEEN 3 AND {LARGEST_CLUSTER};
        CREATE TABLE inner_pairs AS SELECT l.rec AS a, r.rec AS b
            FROM divided AS l JOIN divided AS r ON l.chain = r.chain AND l.rec < r.rec
            SEMI JOIN fitting ON fitting.chain = l.chain
    """)
    score(connection, weights, above=None, pairs="inner_pairs", into="inner_scored")
    # Of the giants only what was looked at is known.
    found = connection.execute("""
        SELECT a, b, weight FROM inner_scored UNION ALL
        SELECT a, b, weight FROM scored JOIN divided ON rec = a ANTI JOIN fitting USING (chain)
    """).fetchall()
    connection.execute("DROP TABLE inner_pairs; DROP TABLE inner_scored; DROP TABLE fitting")
    return {(a, b): weight for a, b, weight in found}


def _cut(connection: duckdb.DuckDBPyConnection, groups: Groups) -> Finding:
    first = min(groups.cut)
    (example,) = connection.execute(
        f"SELECT record_id FROM cleaned WHERE rec = {first}"
    ).fetchall()[0]
    most = LARGEST_CLUSTER
    return Finding(
        "cluster",
        len(groups.cut),
        example,
        Message(
            f"Sekelompok baris (di antaranya {example}) akan menjadi satu usaha dengan lebih dari"
            f" {most} baris; digabung paling banyak {most}. Periksa baris-baris itu.",
            f"A group of records ({example} among them) would become one enterprise of more than"
            f" {most}; at most {most} were joined. Look at them.",
        ),
    )
