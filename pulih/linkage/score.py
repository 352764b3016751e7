"""The weights of pairs, in SQL of our own on DuckDB; equal to what Splink computes."""

import re
from collections.abc import Iterator

import duckdb

from pulih.linkage.bounds import most_sql, slim_sql
from pulih.linkage.model import COMPARISONS, FEATURES
from pulih.linkage.parts import Comparison
from pulih.linkage.weights import DIGITS, Weights

SLICE = 2_000_000
"""Pairs are compared so many at a time: memory does not grow with them."""
ROUNDING = 1e-3
"""Bounds are summed in single precision."""
JARO_WINKLER = re.compile(r"jaro_winkler_similarity\((\w+), (\w+)\)")
ON_SPARK = r"CASE WHEN \1 IS NOT NULL AND \2 IS NOT NULL THEN jaro_winkler(\1, \2) END"
"""On Spark the function of Splink's jar calls two unknowns unlike, where DuckDB's stays silent."""
COLUMN = re.compile(r"\b([a-z_]+)_[lr]\b")


def inline(condition: str, dialect: str = "duckdb") -> str:
    """Write the features out in a condition: the form that Splink takes."""
    written = condition.format(**{name: f"({sql})" for name, sql in FEATURES.items()})
    return JARO_WINKLER.sub(ON_SPARK, written) if dialect == "spark" else written


def named(condition: str) -> str:
    """Name the features in a condition: they are columns."""
    return condition.format(**{name: name for name in FEATURES})


def gamma_sql(comparison: Comparison) -> str:
    """Return SQL for the number of the first level that holds, -1 for silence."""
    whens = [f"WHEN {named(comparison.silent)} THEN -1"]
    whens += [
        f"WHEN {named(level.when)} THEN {comparison.gamma(level)}"
        for level in comparison.levels
        if level.when
    ]
    return f"CASE {' '.join(whens)} ELSE 0 END"


def weight_sql(weights: Weights) -> str:
    """Return SQL for the weight in bits of the columns `gamma_…`, rounded.

    A pair is one firm only as far as both speak for it: against strangers (Splink's match
    weight), and against the owner's other firm. In odds: 1 / (1 / first + 1 / second).
    """
    first, second = splink_sql(weights), _against_other_firm_sql(weights)
    return f"round(-log2(pow(2, -({first})) + pow(2, -({second}))), {DIGITS})"


def splink_sql(weights: Weights) -> str:
    """Return SQL for Splink's match weight of the columns `gamma_…`."""
    terms = [_term(comparison, weights.against_strangers(comparison)) for comparison in COMPARISONS]
    return " + ".join([f"({weights.start_against_strangers})::DOUBLE", *terms])


def _against_other_firm_sql(weights: Weights) -> str:
    terms = [
        _term(comparison, weights.against_other_firm(comparison))
        for comparison in COMPARISONS
        if comparison.tells != "place"
    ]
    return " + ".join([f"({weights.start_against_other_firm})::DOUBLE", *terms])


def _term(comparison: Comparison, bits_by_gamma: list[tuple[int, float]]) -> str:
    whens = " ".join(f"WHEN {gamma} THEN {bits}" for gamma, bits in bits_by_gamma)
    return f"CASE gamma_{comparison.name} {whens} ELSE 0 END"


def compared_sql(pairs: str, *, evidence: str = "", levels: str = "NULL") -> str:
    """Return SQL that adds to pairs (a, b) the columns `gamma_…`.

    evidence, levels: SQL on all columns, told beside the `weight` that the pairs have.
    """
    said = " ".join(
        [*FEATURES.values(), *(c.silent for c in COMPARISONS)]
        + [level.when for comparison in COMPARISONS for level in comparison.levels]
    )
    columns = sorted(set(COLUMN.findall(said)))
    wide = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in columns)
    features = ", ".join(f"{sql} AS {name}" for name, sql in FEATURES.items())
    gammas = ", ".join(f"({gamma_sql(c)})::TINYINT AS gamma_{c.name}" for c in COMPARISONS)
    kept, weight = ("*, ", "weight, ") if evidence else ("a, b, ", "")
    compared = f"""
        SELECT {kept}{gammas} FROM (
            SELECT *, {features} FROM (
                SELECT a, b, {weight}{wide} FROM {pairs}
                JOIN cleaned AS l ON l.rec = a JOIN cleaned AS r ON r.rec = b))
    """
    if not evidence:
        return compared
    return f"SELECT a, b, weight, {evidence} AS evidence, {levels} AS levels FROM ({compared})"


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
        narrow(connection, weights, above, pairs)
        pairs = "likely"
    statement = f"CREATE OR REPLACE TABLE {into} AS"
    for some in _slices(connection, pairs):
        connection.execute(
            f"{statement} SELECT a, b, {gammas}, weight FROM (SELECT *,"
            f" {weight_sql(weights)} AS weight FROM ({compared_sql(some)})){keeping}"
        )
        statement = f"INSERT INTO {into}"
    connection.execute("DROP TABLE IF EXISTS likely")


def narrow(
    connection: duckdb.DuckDBPyConnection, weights: Weights, above: float, pairs: str
) -> None:
    """Make table `likely` of the pairs that may weigh as much, told by whole numbers alone."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE slim AS {slim_sql()}")
    numbers = [row[0] for row in connection.execute("DESCRIBE slim").fetchall()[1:]]
    wide = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in numbers)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE likely AS SELECT a, b FROM (
            SELECT a, b, {wide} FROM {pairs}
            JOIN slim AS l ON l.rec = a JOIN slim AS r ON r.rec = b)
        WHERE {most_sql(weights)} >= {above - ROUNDING};
        DROP TABLE slim
    """)


def _slices(connection: duckdb.DuckDBPyConnection, pairs: str) -> Iterator[str]:
    """Yield SQL for the pairs of a table, some at a time."""
    (many,) = connection.execute(f"SELECT count(*) FROM {pairs}").fetchall()[0]
    for start in range(0, max(many, 1), SLICE):
        yield f"(SELECT * FROM {pairs} LIMIT {SLICE} OFFSET {start})"
