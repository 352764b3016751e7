"""The model as SQL of our own for DuckDB: levels and weights, equal to what Splink computes."""

import re
from collections.abc import Iterable, Sequence

from pulih.linkage.model import COMPARISONS, FEATURES, SAID_TOGETHER
from pulih.linkage.parts import Comparison, Together
from pulih.linkage.weights import DIGITS, Weights

JARO_WINKLER = re.compile(r"jaro_winkler_similarity\((\w+), (\w+)\)")
ON_SPARK = r"CASE WHEN \1 IS NOT NULL AND \2 IS NOT NULL THEN jaro_winkler(\1, \2) END"
"""On Spark the function of Splink's jar calls two unknowns unlike, where DuckDB's stays silent."""
COLUMN = re.compile(r"\b([a-z_]+)_[lr]\b")
FEATURE = re.compile(r"\{(\w+)\}")


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
    terms = [term_sql(comparison, weights) for comparison in COMPARISONS]
    return " + ".join([f"({weights.start_against_strangers})::DOUBLE", *terms])


def term_sql(comparison: Comparison, weights: Weights) -> str:
    """Return SQL for what the column `gamma_…` of one comparison adds to Splink's weight."""
    return _term(comparison, weights.against_strangers(comparison))


def _against_other_firm_sql(weights: Weights) -> str:
    terms = [
        _term(comparison, weights.against_other_firm(comparison)) for comparison in COMPARISONS
    ]
    terms += [_term_together(each) for each in SAID_TOGETHER]
    return " + ".join([f"({weights.start_against_other_firm})::DOUBLE", *terms])


def _term_together(these: Together) -> str:
    shown = [
        f"gamma_{one.name} IN ({', '.join(map(str, one.gammas(these.levels[one.name])))})"
        for one in COMPARISONS
        if one.name in these.levels
    ]
    return f"CASE WHEN {' AND '.join(shown)} THEN {-these.caution} ELSE 0 END"


def _term(comparison: Comparison, bits_by_gamma: list[tuple[int, float]]) -> str:
    whens = " ".join(f"WHEN {gamma} THEN {bits}" for gamma, bits in bits_by_gamma)
    return f"CASE gamma_{comparison.name} {whens} ELSE 0 END"


def compared_sql(
    pairs: str, kept: Sequence[str] = ("a", "b"), comparisons: Sequence[Comparison] = COMPARISONS
) -> str:
    """Return SQL that adds to the columns `kept` of pairs (a, b, …) the columns `gamma_…`."""
    conditions = _conditions(comparisons)
    features = {name for condition in conditions for name in FEATURE.findall(condition)}
    return f"""
        SELECT {", ".join([*kept, *map(_gamma_column, comparisons)])}
        FROM ({_featured(pairs, kept, conditions, features)})
    """


def told_sql(pairs: str, *, evidence: str, levels: str) -> str:
    """Return SQL that adds `evidence` and `levels`, SQL on all columns, to pairs (a, b, weight)."""
    kept = ("a", "b", "weight")
    gammas = ", ".join(map(_gamma_column, COMPARISONS))
    featured = _featured(pairs, kept, _conditions(COMPARISONS), FEATURES)
    return f"""
        SELECT {", ".join(kept)}, {evidence} AS evidence, {levels} AS levels
        FROM (SELECT *, {gammas} FROM ({featured}))
    """


def columns_compared() -> list[str]:
    """Return the columns of records that the model names."""
    said = [*_conditions(COMPARISONS), *FEATURES.values()]
    return sorted(set(COLUMN.findall(" ".join(said))))


def _conditions(comparisons: Sequence[Comparison]) -> list[str]:
    """Return every condition that comparisons ask, silence first."""
    silent = [each.silent for each in comparisons]
    return silent + [level.when for each in comparisons for level in each.levels]


def _gamma_column(comparison: Comparison) -> str:
    return f"({gamma_sql(comparison)})::TINYINT AS gamma_{comparison.name}"


def _featured(
    pairs: str, kept: Sequence[str], conditions: Iterable[str], features: Iterable[str]
) -> str:
    """Return SQL for pairs with both records' columns that are asked for, and features."""
    measured = {name: FEATURES[name] for name in sorted(features)}
    columns = sorted(set(COLUMN.findall(" ".join([*conditions, *measured.values()]))))
    wide = [f"{side}.{name} AS {name}_{side}" for name in columns for side in ("l", "r")]
    named = [f"{sql} AS {name}" for name, sql in measured.items()]
    return f"""
        SELECT {", ".join(["*", *named])} FROM (
            SELECT {", ".join([*kept, *wide])} FROM {pairs}
            JOIN compact AS l ON l.rec = a JOIN compact AS r ON r.rec = b)
    """
