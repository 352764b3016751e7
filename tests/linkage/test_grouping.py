"""Chains of pairs and the groups they make, beside the slow and obvious way."""

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.linkage import pairs, score, weights
from pulih.linkage.chains import smallest_reached
from pulih.linkage.clean import clean
from pulih.linkage.cluster import cluster
from pulih.linkage.compact import make_compact
from pulih.linkage.grouping import group
from pulih.linkage.model import MATCH, REVIEW
from pulih.linkage.read import read_table
from tests.linkage.small import write
from tests.make.linkage import register

sides = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


def walked(links, record):
    """Return the smallest record that can be walked to, one step after the other."""
    seen, ahead = {record}, [record]
    while ahead:
        here = ahead.pop()
        for a, b in links:
            for there in {a, b} - seen if here in (a, b) else ():
                seen.add(there)
                ahead.append(there)
    return min(seen)


@given(sides)
def test_chains_reach_as_far_as_one_can_walk(links):
    one, other = (np.array([link[at] for link in links], dtype=np.int32) for at in (0, 1))
    found = smallest_reached(one, other, 31)
    assert found.tolist() == [walked(links, record) for record in range(31)]


def test_a_chain_of_a_hundred_thousand_is_walked_in_few_rounds():
    order = np.random.default_rng(5).permutation(100_000).astype(np.int32)
    assert not smallest_reached(order[:-1], order[1:], 100_000).any()


@pytest.mark.slow  # Two thousand firms, pair after pair.
def test_what_is_of_one_mind_is_told_at_once_as_one_pair_after_the_other(tmp_path):
    connection = duckdb.connect(config={"threads": 2})
    made = register(2_000, seed=4, mess=1.5).records.to_dicts()
    rows = [{**row, "record_id": str(row["record_id"])} for row in made]
    assert read_table(connection, write(tmp_path, rows), into="given") == []
    clean(connection)
    make_compact(connection)
    pairs.add_keys(connection)
    connection.execute(f"CREATE TABLE pairs AS {pairs.pairs_sql()}")
    connection.execute("CREATE TABLE known_members (enterprise_id VARCHAR, rec INTEGER)")
    shipped = weights.shipped()
    score.score(connection, shipped, above=REVIEW)
    assert group(connection, shipped) == []
    quick = dict(connection.execute("SELECT rec, leader FROM grouped").fetchall())

    edges = connection.execute(f"SELECT weight, a, b FROM scored WHERE weight >= {MATCH}")
    edges = edges.fetchall()
    linked = sorted({record for _, *both in edges for record in both})
    connection.execute(
        "CREATE OR REPLACE TABLE pairs AS SELECT l.rec AS a, r.rec AS b FROM"
        " (SELECT unnest($1) AS rec) AS l JOIN (SELECT unnest($1) AS rec) AS r ON l.rec < r.rec",
        [linked],
    )
    score.score(connection, shipped, above=None)
    told = connection.execute("SELECT a, b, weight FROM scored").fetchall()
    slow = cluster(edges, {(a, b): weight for a, b, weight in told})
    expected = {record: min(members) for members in slow.members.values() for record in members}
    assert quick == expected
    assert len(quick) > 500
