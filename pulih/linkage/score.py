"""The weights of pairs, told on DuckDB."""

import duckdb

from pulih.linkage.compared import compared_sql, weight_sql
from pulih.linkage.model import COMPARISONS
from pulih.linkage.sieve import sift
from pulih.linkage.slices import slices
from pulih.linkage.weights import Weights


def score(
    connection: duckdb.DuckDBPyConnection,
    weights: Weights,
    *,
    above: float | None,
    pairs: str = "pairs",
    into: str = "scored",
) -> None:
    """Make table `into` (a, b, gamma_…, weight) of table `pairs`; with `above`, only heavier."""
    gammas = ", ".join(f"gamma_{comparison.name}" for comparison in COMPARISONS)
    keeping = "" if above is None else f" WHERE weight >= {above}"
    if above is not None:
        sift(connection, weights, above, pairs)
        pairs = "likely"
    statement = f"CREATE OR REPLACE TABLE {into} AS"
    for some in slices(connection, pairs):
        compared = f"({compared_sql(some)})" if above is None else some
        connection.execute(
            f"{statement} SELECT a, b, {gammas}, weight FROM (SELECT *,"
            f" {weight_sql(weights)} AS weight FROM {compared}){keeping}"
        )
        statement = f"INSERT INTO {into}"
    connection.execute("DROP TABLE IF EXISTS likely")
