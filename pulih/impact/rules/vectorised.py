"""The severity of a whole table at once; the same arithmetic as the reference, in Polars.

Whole numbers of 128 bits all the way, so that no rounding depends on a float.
"""

import polars as pl

from .severity import TERMS, Formula

WHOLE = pl.Int128


def with_severity(reports: pl.DataFrame, formula: Formula) -> pl.DataFrame:
    """Add `severity_tenths`, `known`, `workers_hit`, `is_affected` and one `<term>_tenths` each.

    reports: one firm's month per row with the columns of `Answers`; `obstacles` is a count.
    """
    return (
        reports.with_columns(_hit().alias("workers_hit"))
        .with_columns(_shares(formula))
        .with_columns(_known(formula).alias("known"))
        .with_columns(_tenths(name, formula) for name in TERMS)
        .with_columns(_total(formula).alias("severity_tenths"), _affected().alias("is_affected"))
        .drop(f"{name}_{part}" for name in TERMS for part in ("over", "under"))
    )


def categories_named(codes: pl.Expr, formula: Formula) -> pl.Expr:
    """Count the ministry's categories in lists of obstacle codes; null stays unknown."""
    category = pl.element().replace_strict(
        formula.obstacle_categories, default=None, return_dtype=pl.String
    )
    return codes.list.eval(category.drop_nulls()).list.n_unique()


def _shares(formula: Formula) -> list[pl.Expr]:
    """Each share as `<term>_over` / `<term>_under`; null over null where nothing was said."""
    before, now = _whole("turnover_before"), _whole("turnover")
    hit, staff = pl.col("workers_hit"), _staff_before()
    points = [
        _fraction("turnover", _at_least_none(before - now), before, (before > 0) & (now >= 0)),
        _fraction("workers", pl.min_horizontal(hit, staff), staff, hit.is_not_null() & (staff > 0)),
        _status(formula),
        _fraction(
            "obstacles",
            pl.min_horizontal(_whole("obstacles"), pl.lit(formula.categories, WHOLE)),
            pl.lit(formula.categories, WHOLE),
            pl.col("obstacles").is_not_null(),
        ),
    ]
    return [expression for pair in points for expression in pair]


def _fraction(name: str, over: pl.Expr, under: pl.Expr, is_known: pl.Expr) -> list[pl.Expr]:
    known = is_known.fill_null(False)
    return [
        pl.when(known).then(over).alias(f"{name}_over"),
        pl.when(known).then(under).alias(f"{name}_under"),
    ]


def _hit() -> pl.Expr:
    gone, home = _whole("laid_off"), _whole("furloughed")
    said = gone.is_not_null() | home.is_not_null()
    fall = _at_least_none(_whole("workers_before") - _whole("workers"))
    return pl.when(said).then(_at_least_none(gone.fill_null(0) + home.fill_null(0))).otherwise(fall)


def _staff_before() -> pl.Expr:
    return _whole("workers_before").fill_null(_whole("workers") + _whole("laid_off").fill_null(0))


def _status(formula: Formula) -> list[pl.Expr]:
    percent = pl.col("status").replace_strict(
        formula.status_percent, default=None, return_dtype=WHOLE
    )
    return _fraction("status", percent, pl.lit(100, WHOLE), percent.is_not_null())


def _known(formula: Formula) -> pl.Expr:
    return pl.sum_horizontal(
        pl.when(pl.col(f"{name}_over").is_not_null())
        .then(pl.lit(formula.weights[name], WHOLE))
        .otherwise(pl.lit(0, WHOLE))
        for name in TERMS
    )


def _tenths(name: str, formula: Formula) -> pl.Expr:
    over = pl.col(f"{name}_over") * (1000 * formula.weights[name])
    under = pl.col(f"{name}_under") * pl.col("known")
    return ((over * 2 + under) // (under * 2)).alias(f"{name}_tenths")  # Halves go up.


def _total(formula: Formula) -> pl.Expr:
    total = pl.sum_horizontal(pl.col(f"{name}_tenths").fill_null(0) for name in TERMS)
    capped = pl.min_horizontal(total, pl.lit(1000, WHOLE))
    return pl.when(pl.col("known") >= formula.least_known).then(capped)


def _affected() -> pl.Expr:
    some = pl.any_horizontal((pl.col(f"{name}_over") > 0).fill_null(False) for name in TERMS)
    return pl.when(pl.col("known") > 0).then(some)


def _whole(name: str) -> pl.Expr:
    return pl.col(name).cast(WHOLE)


def _at_least_none(value: pl.Expr) -> pl.Expr:
    return pl.when(value < 0).then(pl.lit(0, WHOLE)).otherwise(value)
