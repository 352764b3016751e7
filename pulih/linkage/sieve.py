"""Which pairs may weigh enough to be worth a look, told by little before it is told by much.

First by whole numbers alone (`bounds.py`), then by one comparison after the other: as soon as what
is told and the most that the rest can add stay below what is asked, a pair is dropped.
"""

import duckdb

from pulih.linkage.bounds import bound_sql, slim_sql
from pulih.linkage.compared import compared_sql, gamma_sql, term_sql
from pulih.linkage.model import COMPARISONS
from pulih.linkage.parts import Comparison
from pulih.linkage.slices import slices
from pulih.linkage.weights import Weights

ROUNDING = 1e-3
"""Bounds are kept in single precision."""
OF_NUMBERS = ("registration", "email", "founded", "size", "list")
"""Comparisons whose levels need no texts: numbers tell them exactly."""
ORDER = (("place",), ("business", "code"), ("person",))
"""The cheapest that drops most comes first; what needs the same texts is told together."""


def sift(connection: duckdb.DuckDBPyConnection, weights: Weights, above: float, pairs: str) -> None:
    """Make table `likely` (a, b, gamma_…) of the pairs of a table that may weigh `above`."""
    by_name = {comparison.name: comparison for comparison in COMPARISONS}
    told = [by_name[name] for name in OF_NUMBERS]
    ahead = [by_name[name] for step in ORDER for name in step]
    _by_numbers(connection, weights, above, pairs, told, ahead)
    for step in ORDER:
        kept = ["a", "b", *(f"gamma_{one.name}" for one in told)]
        here, ahead = ahead[: len(step)], ahead[len(step) :]
        told += here
        kept += [f"most_{one.name}" for one in ahead]
        statement = "CREATE OR REPLACE TABLE sifted AS"
        for some in slices(connection, "likely"):
            # Else DuckDB would work the level out again for each of the weights that it may have.
            connection.execute(
                f"{statement} WITH compared AS MATERIALIZED ({compared_sql(some, kept, here)})"
                f" FROM compared WHERE {_most_sql(weights, told, ahead)} >= {above - ROUNDING}"
            )
            statement = "INSERT INTO sifted"
        connection.execute("DROP TABLE likely; ALTER TABLE sifted RENAME TO likely")


def _by_numbers(
    connection: duckdb.DuckDBPyConnection,
    weights: Weights,
    above: float,
    pairs: str,
    told: list[Comparison],
    ahead: list[Comparison],
) -> None:
    """Make table `likely` (a, b, gamma_… of `told`, most_… of `ahead`)."""
    connection.execute(f"CREATE OR REPLACE TABLE slim AS {slim_sql()}")
    numbers = [row[0] for row in connection.execute("DESCRIBE slim").fetchall()[1:]]
    wide = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in numbers)
    columns = [f"({gamma_sql(one)})::TINYINT AS gamma_{one.name}" for one in told]
    columns += [f"({bound_sql(one, weights)})::FLOAT AS most_{one.name}" for one in ahead]
    connection.execute(f"""
        CREATE OR REPLACE TABLE likely AS WITH bounded AS MATERIALIZED (
            SELECT a, b, {", ".join(columns)} FROM (
                SELECT a, b, {wide} FROM {pairs}
                JOIN slim AS l ON l.rec = a JOIN slim AS r ON r.rec = b))
        FROM bounded WHERE {_most_sql(weights, told, ahead)} >= {above - ROUNDING};
        DROP TABLE slim
    """)


def _most_sql(weights: Weights, told: list[Comparison], ahead: list[Comparison]) -> str:
    """Return SQL for the most that a pair can weigh, told some comparisons."""
    terms = [term_sql(one, weights) for one in told] + [f"most_{one.name}" for one in ahead]
    return f"({weights.start_against_strangers} + {' + '.join(terms)})"
