"""The whole way: tables `cleaned` and `keys` to weighed pairs and enterprises."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from pulih.common.errors import Message
from pulih.linkage import cluster as clusters
from pulih.linkage.cluster import Edge, Groups
from pulih.linkage.fill import fill
from pulih.linkage.findings import Finding
from pulih.linkage.model import MATCH, REVIEW
from pulih.linkage.score import score
from pulih.linkage.weights import Weights


@dataclass
class Linked:
    """What came of it; the pairs are in table `scored`, the groups in table `grouped`."""

    records: int = 0
    pairs_compared: int = 0
    matches: int = 0
    reviews: int = 0
    enterprises: int = 0
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    weights: Weights | None = None

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of the block to a stage."""
        started = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started


def group(connection: duckdb.DuckDBPyConnection, weights: Weights, linked: Linked) -> Groups:
    """Group the pairs of `scored` into enterprises, the known ones of `known_members` kept.

    known_members (enterprise_id, rec) may be empty; it holds the enterprises that pairs touch.
    """
    edges: list[Edge] = connection.execute(
        f"SELECT weight, a, b FROM scored WHERE weight >= {MATCH}"
    ).fetchall()
    enterprises: dict[str, list[int]] = defaultdict(list)
    for name, rec in connection.execute("SELECT enterprise_id, rec FROM known_members").fetchall():
        enterprises[name].append(rec)
    held: list[Edge] = [
        (0.0, min(members), one) for members in enterprises.values() for one in members
    ]
    larger = clusters.larger_components(clusters.components([*edges, *held]))
    weighed = _weights_inside(connection, weights, larger)
    groups = clusters.cluster(edges, weighed, enterprises.values())
    if groups.cut:
        linked.findings.append(_cut(connection, groups))
    return groups


def _weights_inside(
    connection: duckdb.DuckDBPyConnection, weights: Weights, larger: dict[int, list[int]]
) -> dict[tuple[int, int], float]:
    """Weigh every pair inside each component, also those that no key brought together."""
    fitting = {
        first: records
        for first, records in larger.items()
        if len(records) <= clusters.LARGEST_CLUSTER
    }
    columns = (("component", "INTEGER"), ("rec", "INTEGER"))
    firsts = [first for first, records in fitting.items() for _ in records]
    fill(connection, "inside", columns, (firsts, [rec for one in fitting.values() for rec in one]))
    connection.execute(
        "CREATE TABLE inner_pairs AS SELECT l.rec AS a, r.rec AS b"
        " FROM inside AS l JOIN inside AS r ON l.component = r.component AND l.rec < r.rec"
    )
    score(connection, weights, above=None, pairs="inner_pairs", into="inner_scored")
    found = connection.execute("SELECT a, b, weight FROM inner_scored").fetchall()
    connection.execute("DROP TABLE inner_pairs; DROP TABLE inner_scored")
    weighed = {(a, b): weight for a, b, weight in found}
    if len(fitting) < len(larger):  # Of the giants only what was looked at is known.
        more = connection.execute("SELECT a, b, weight FROM scored").fetchall()
        weighed |= {(a, b): weight for a, b, weight in more}
    return weighed


def _cut(connection: duckdb.DuckDBPyConnection, groups: Groups) -> Finding:
    first = min(groups.cut)
    (example,) = connection.execute(
        f"SELECT record_id FROM cleaned WHERE rec = {first}"
    ).fetchall()[0]
    most = clusters.LARGEST_CLUSTER
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


def keep_groups(connection: duckdb.DuckDBPyConnection, groups: Groups) -> None:
    """Make table `grouped` (rec, leader): the smallest record of each group of two or more."""
    columns = (("rec", "INTEGER"), ("leader", "INTEGER"))
    leaders = [min(members) for members in groups.members.values() for _ in members]
    records = [record for members in groups.members.values() for record in members]
    fill(connection, "grouped", columns, (records, leaders))


__all__ = ["MATCH", "REVIEW", "Linked", "group", "keep_groups"]
