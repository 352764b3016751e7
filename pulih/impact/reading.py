"""Delivered rows turned into scored reports, all rows at once."""

from datetime import date
from functools import lru_cache

import polars as pl

from pulih.classifications import commodities
from pulih.registry.delivered_attributes import total_workers

from .rules import definition_on, formula_on
from .rules.severity import STATUSES, TERMS
from .rules.vectorised import categories_named, with_severity

# What only a report of impact says. Turnover, workers and a status stand in every list of firms.
TELLING = (
    *("turnover_before", "workers_before", "laid_off", "furloughed"),
    *("obstacles", "needs", "month"),
)
MONEY = ("turnover_before", "turnover")
PEOPLE = ("workers_before", "workers", "laid_off", "furloughed")
TEXTS = ("status", "obstacles", "needs", "month", "kbli", "commodity_group")
MOST_PEOPLE = 2**31 - 1


def telling(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows of a list of firms that report an impact at all."""
    says = [pl.col(name).is_not_null() for name in TELLING if name in rows.columns]
    if "status" in rows.columns:
        says.append(pl.col("status").is_in([s for s in STATUSES if s != "PRODUCING_SAME_KBLI"]))
    return rows.filter(pl.any_horizontal(says).fill_null(False)) if says else rows.clear()


def reports(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return one report per row, scored, in the columns of the table of reports.

    rows: source_id, enterprise_id, province_id, regency_id, and columns as intake names them,
    any of which may be missing. A row without a month reports that of its day, or of the file's.
    """
    formula = formula_on(as_of)
    said = rows.select(
        pl.col("source_id", "enterprise_id", "province_id", "regency_id").cast(pl.Int64),
        *(_whole(rows, name) for name in (*MONEY, *PEOPLE)),
        *(_column(rows, name, pl.String) for name in TEXTS),
        _column(rows, "reported", pl.Date).fill_null(pl.lit(as_of)),
    )
    named = said.with_columns(
        _list("needs"),
        _list("obstacles"),
        pl.when(pl.col("status").is_in(STATUSES)).then(pl.col("status")).alias("status"),
        _month().alias("month"),
        _commodity(as_of).alias("commodity_group"),
    ).rename({"obstacles": "named"})
    scored = with_severity(
        named.with_columns(categories_named(pl.col("named"), formula).alias("obstacles")), formula
    )
    return _stored(scored, formula.version, definition_on(as_of).version)


def _stored(scored: pl.DataFrame, formula: str, definition: str) -> pl.DataFrame:
    rank = pl.col("severity_tenths")
    # The newest of each firm in this file comes first: by month, then by the later row.
    newest = scored.sort("enterprise_id", "month", "source_id", descending=[False, True, True])
    return newest.select(
        "source_id",
        "enterprise_id",
        "province_id",
        "regency_id",
        "month",
        pl.col("status").fill_null("").alias("status"),
        *MONEY,
        *PEOPLE,
        pl.col("workers_hit").clip(0, MOST_PEOPLE).cast(pl.Int64),
        _array("named").alias("obstacles"),
        _array("needs").alias("needs"),
        pl.col("commodity_group").fill_null(""),
        (rank.cast(pl.Int64) / 10).alias("severity"),
        rank.fill_null(-1).cast(pl.Int64).alias("severity_rank"),
        pl.col("known").cast(pl.Int64),
        "is_affected",
        pl.lit(formula).alias("formula_version"),
        pl.lit(definition).alias("definition_version"),
        _terms().alias("terms"),
        "reported",
        pl.col("enterprise_id").is_first_distinct().alias("is_best"),
    )


def _terms() -> pl.Expr:
    """Write each term's points as JSON, null for those the firm did not answer."""
    points = [
        pl.format(
            '"{}": {}', pl.lit(name), (pl.col(f"{name}_tenths").cast(pl.Int64) / 10)
        ).fill_null(f'"{name}": null')
        for name in TERMS
    ]
    return _braced(pl.concat_str(points, separator=", "))


def _array(name: str) -> pl.Expr:
    """Write a list as PostgreSQL writes an array, every item quoted."""
    quoted = pl.col(name).list.eval(
        pl.format('"{}"', pl.element().str.replace_all(r'(["\\])', r"\$1"))
    )
    return _braced(quoted.list.join(","))


def _braced(text: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit("{"), text, pl.lit("}"))


def _list(name: str) -> pl.Expr:
    trimmed = pl.element().str.strip_chars()
    items = pl.col(name).str.split(";").list.eval(trimmed.filter(trimmed != ""))
    return items.list.unique(maintain_order=True).alias(name)


def _month() -> pl.Expr:
    written = (pl.col("month") + "-01").str.to_date("%Y-%m-%d", strict=False)
    return written.fill_null(pl.col("reported").dt.month_start())


def _commodity(as_of: date) -> pl.Expr:
    by_kbli = pl.col("kbli").map_elements(
        lambda code: _group_of(code, as_of), return_dtype=pl.String
    )
    known = [group.code for group in commodities.LIST.entries]
    stated = pl.when(pl.col("commodity_group").is_in(known)).then(pl.col("commodity_group"))
    return pl.coalesce(stated, by_kbli)


@lru_cache(maxsize=4096)
def _group_of(kbli: str, on: date) -> str | None:
    group = commodities.group_of(kbli, on)
    return group.code if group else None


def _whole(rows: pl.DataFrame, name: str) -> pl.Expr:
    number = total_workers(rows) if name == "workers" else _column(rows, name, pl.Int64)
    if name in PEOPLE:
        return pl.when(number.is_between(0, MOST_PEOPLE)).then(number).alias(name)
    return number


def _column(rows: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    column = pl.col(name) if name in rows.columns else pl.lit(None)
    return column.cast(kind).alias(name)
