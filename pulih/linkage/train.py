"""Splink learns, without labels, what each level weighs among the pairs that are looked at."""

import logging
from dataclasses import replace
from typing import Any

import duckdb

from pulih.linkage.compared import compared_sql, inline
from pulih.linkage.model import BLOCKING, CAUTION, COMPARISONS
from pulih.linkage.refine import refine
from pulih.linkage.weights import START, Correction, Shares, Weights, normal, shipped

MOST_RECORDS = 60_000
"""Learning from more changes the weights no more; whole regencies are drawn."""
FEWEST_RECORDS = 5_000
FEWEST_PAIRS = 2_000
"""Fewer are not given to Splink: `refine` alone learns from them, leaning on what is declared."""
NOTHING_TO_LEARN = 100
"""From fewer pairs nobody learns."""
ROUNDS = 15
"""Of Splink; the last steps are made by `refine`."""


def settings(
    weights: Weights, *, blocking: list[str], unique_id: str, dialect: str = "duckdb"
) -> dict[str, Any]:
    """Return the model as Splink reads it; `dialect` is duckdb or spark."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": unique_id,
        "probability_two_random_records_match": weights.firm,
        "max_iterations": ROUNDS,
        "em_convergence": 1e-4,
        "retain_matching_columns": True,  # The gammas with them.
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in blocking],
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_description": comparison.reason,
                "comparison_levels": [
                    {
                        "sql_condition": inline(comparison.silent, dialect),
                        "label_for_charts": "silent",
                        "is_null_level": True,
                    },
                    *(
                        {
                            "sql_condition": inline(level.when, dialect) or "ELSE",
                            "label_for_charts": level.name,
                            "m_probability": weights.shares[comparison.name, level.name].firm,
                            "u_probability": weights.shares[comparison.name, level.name].strangers,
                            "fix_m_probability": True,
                        }
                        for level in comparison.levels
                    ),
                ],
            }
            for comparison in COMPARISONS
        ],
    }


def train(connection: duckdb.DuckDBPyConnection) -> Weights:
    """Return the weights learned from tables `cleaned` and `keys`."""
    weights = _trained(connection)
    (told,) = connection.execute(
        "SELECT count(core) + count(trade) + count(product) FROM cleaned"
    ).fetchall()[0]
    if told:
        return weights
    # Where no record tells a business, caution for the owner's other firm would merge nobody.
    return replace(weights, corrections={START: Correction(other_firm=CAUTION)})


def _trained(connection: duckdb.DuckDBPyConnection) -> Weights:
    """Return the weights learned from the pairs, or the shipped ones where they are few."""
    (records,) = connection.execute("SELECT count(*) FROM cleaned").fetchall()[0]
    _draw(connection, max(records, 1))
    pairs = _count_patterns(connection)
    if pairs < NOTHING_TO_LEARN:
        return shipped()
    many = pairs >= FEWEST_PAIRS and records >= FEWEST_RECORDS
    weights = refine(connection, _learned_by_splink(connection) if many else shipped())
    connection.execute("DROP TABLE training")
    return weights


def _learned_by_splink(connection: duckdb.DuckDBPyConnection) -> Weights:
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=connection)
    model = settings(shipped(), blocking=[TOGETHER], unique_id="training_id")
    linker = Linker(api.register("training"), model, log_level=logging.ERROR)
    try:
        session = linker.training.estimate_parameters_using_expectation_maximisation(
            TOGETHER, fix_u_probabilities=False, estimate_without_term_frequencies=True
        )
    except ValueError:
        # A level that no stranger shows would have the share nought, which Splink cannot hold.
        return shipped()
    return _learned(session.core_model_settings)


TOGETHER = "l.training_key = r.training_key AND l.rule = r.rule" + "".join(
    f" AND NOT (l.rule > {at} AND l.k{at} = r.k{at} AND l.k{at} IS NOT NULL)"
    for at in range(len(BLOCKING) - 1)
)
"""Each pair once, under the first rule that brings it: Splink counts no pair twice."""


def _draw(connection: duckdb.DuckDBPyConnection, records: int) -> None:
    """Make table `training`: a draw of regencies, each record once for each of its keys."""
    part = min(1.0, MOST_RECORDS / records)
    drawn = f"hash(coalesce(regency, '')) % 10000 < {int(part * 10_000)}"
    each = " UNION ALL ".join(
        f"SELECT rec, {at} AS rule, k{at} AS training_key FROM drawn_keys WHERE k{at} IS NOT NULL"
        for at in range(len(BLOCKING))
    )
    names = ", ".join(f"coalesce(k{at}, (hash(rec, {at}))) AS k{at}" for at in range(len(BLOCKING)))
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE drawn AS SELECT * FROM cleaned WHERE {drawn};
        CREATE OR REPLACE TEMP TABLE drawn_keys AS FROM keys SEMI JOIN drawn USING (rec);
        CREATE OR REPLACE TABLE training AS
        SELECT rec, rec::BIGINT * {len(BLOCKING)} + rule AS training_id, rule, training_key,
            drawn.* EXCLUDE (rec), {names}
        FROM ({each}) JOIN drawn USING (rec) JOIN drawn_keys USING (rec)
        ORDER BY training_id;
        DROP TABLE drawn; DROP TABLE drawn_keys
    """)


def _count_patterns(connection: duckdb.DuckDBPyConnection) -> int:
    """Make table `patterns`: what the pairs of the draw show, and how many do; return all.

    Where they are too few to learn from, only counts those.
    """
    gammas = ", ".join(f"gamma_{comparison.name}" for comparison in COMPARISONS)
    pairs = (
        f"(SELECT l.rec AS a, r.rec AS b FROM training AS l JOIN training AS r ON {TOGETHER}"
        " AND l.rec < r.rec)"
    )
    some = f"SELECT 1 FROM {pairs} LIMIT {NOTHING_TO_LEARN}"
    (few,) = connection.execute(f"SELECT count(*) FROM ({some})").fetchall()[0]
    if few < NOTHING_TO_LEARN:
        return int(few)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE patterns AS SELECT {gammas}, count(*) AS pairs"
        f" FROM ({compared_sql(pairs)}) GROUP BY ALL"
    )
    (pairs_seen,) = connection.execute("SELECT coalesce(sum(pairs), 0) FROM patterns").fetchall()[0]
    return int(pairs_seen)


def _learned(core: Any) -> Weights:
    """Read what Splink learned; keep what was declared where it saw nothing of the kind."""
    start = shipped()
    shares = dict(start.shares)
    for comparison in core.comparisons:
        for level in comparison.comparison_levels:
            key = (comparison.output_column_name, level.label_for_charts)
            if key in shares:
                known = shares[key]
                shares[key] = Shares(
                    _share(level.m_probability, known.firm),
                    _share(level.u_probability, known.strangers),
                    known.other_firm,
                )
    firm = min(max(float(core.probability_two_random_records_match), 0.01), 0.6)
    return Weights(round(firm, 8), start.other_firm, normal(shares))


def _share(learned: Any, declared: float) -> float:
    return float(learned) if isinstance(learned, float) else declared
