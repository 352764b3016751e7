"""Rows of the house become the tables of a refocusing case, as the public contract has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from .bounds import cap_of, floor_of

UNTAGGED = "OTHER"
EVERY_MEASURE = "*"
COUNTRY = ""

Table = Literal["limits", "amounts", "shares"]
Basis = Literal["rupiah", "percent_before", "percent", "units"]

LINES = {
    "line": pl.String, "province": pl.String, "measure": pl.String, "ceiling": pl.Int64,
    "committed": pl.Int64, "blocked": pl.Int64, "protected": pl.Int64,
}  # fmt: skip
LIMITS = {"area": pl.String, "measure": pl.String, "min_units": pl.Int64, "max_units": pl.Int64}
AMOUNTS = {
    "rule": pl.String, "province": pl.String, "measures": pl.String,
    "min_amount": pl.Int64, "max_amount": pl.Int64,
}  # fmt: skip
SHARES = {
    "rule": pl.String, "province": pl.String, "measures": pl.String,
    "min_share": pl.String, "max_share": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One thing that must hold, as the planner wrote it.

    area: a code; empty is the country. measures: codes, or `*` for all.
    minimum, maximum: rupiah, percent of the money before, percent of the money after, or units.
    """

    name: str
    table: Table
    basis: Basis
    area: str
    measures: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None


def lines_table(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the lines of a case. Money without a measure is protected, under `OTHER`.

    lines: one budget line per row, at least the columns of LINES; others are dropped.
    """
    untagged = pl.col("measure").is_null() | pl.col("measure").is_in(["", UNTAGGED])
    guarded = lines.with_columns(
        measure=pl.when(untagged).then(pl.lit(UNTAGGED)).otherwise("measure"),
        protected=pl.when(untagged).then(1).otherwise(pl.col("protected").cast(pl.Int64)),
    )
    return guarded.select(pl.col(name).cast(kind) for name, kind in LINES.items()).sort("line")


def measures_table(measures: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return the measures of a case, with `OTHER` where a line needs it."""
    if UNTAGGED not in lines["measure"]:
        return measures.sort("measure")
    other = pl.DataFrame(
        {"measure": UNTAGGED, "name": "Belum bertanda", "unit": "-", "batch": 1, "setup_cost": 0},
        schema=measures.schema,
    )
    return pl.concat([measures, other]).sort("measure")


def only_allowed(table: pl.DataFrame, measures: Sequence[str]) -> pl.DataFrame:
    """Keep the costs or effects of the measures that were ticked: no other can run."""
    return table.filter(pl.col("measure").is_in(list(measures)))


def standing_bounds(
    before: Mapping[str, int],
    floor_percent: Decimal | None,
    cap_percent: Decimal | None,
    rules: Sequence[Rule],
) -> list[Rule]:
    """Return the floor and cap that every province has unless it was given its own."""
    if floor_percent is None and cap_percent is None:
        return []
    own = {rule.area for rule in rules if is_province_bound(rule)}
    return [
        Rule(f"batas-{province}", "amounts", "percent_before", province, (EVERY_MEASURE,),
             floor_percent, cap_percent)
        for province in sorted(before)
        if province not in own
    ]  # fmt: skip


def is_province_bound(rule: Rule) -> bool:
    """Tell whether a rule is a floor or cap on all the money of one province."""
    return rule.table == "amounts" and rule.area != "" and rule.measures == (EVERY_MEASURE,)


def amounts_table(rules: Sequence[Rule], lines: pl.DataFrame) -> pl.DataFrame:
    rows = [_amount(rule, lines) for rule in rules if rule.table == "amounts"]
    return pl.DataFrame(rows, schema=AMOUNTS, orient="row").sort("rule")


def _amount(rule: Rule, lines: pl.DataFrame) -> tuple[str, str, str, int | None, int | None]:
    least, most = rule.minimum, rule.maximum
    if rule.basis == "percent_before":
        before = money_meant(rule, lines)
        low = None if least is None else floor_of(before, least)
        high = None if most is None else cap_of(before, most)
    else:
        low = None if least is None else int(least)
        high = None if most is None else int(most)
    return rule.name, rule.area, ";".join(rule.measures), low, high


def money_meant(rule: Rule, lines: pl.DataFrame) -> int:
    """Return what the lines that a rule means hold before the plan, in rupiah."""
    meant = lines if rule.area == COUNTRY else lines.filter(pl.col("province") == rule.area)
    if rule.measures != (EVERY_MEASURE,):
        meant = meant.filter(pl.col("measure").is_in(list(rule.measures)))
    return int(meant["ceiling"].sum())


def shares_table(rules: Sequence[Rule]) -> pl.DataFrame:
    rows = [
        (rule.name, rule.area, ";".join(rule.measures), _share(rule.minimum), _share(rule.maximum))
        for rule in rules
        if rule.table == "shares"
    ]
    return pl.DataFrame(rows, schema=SHARES, orient="row").sort("rule")


def _share(percent: Decimal | None) -> str | None:
    # Written as text: a share is an exact decimal in the contract.
    return None if percent is None else f"{percent / 100:.6f}"


def limits_table(rules: Sequence[Rule]) -> pl.DataFrame:
    rows = [
        (rule.area, measure, _whole(rule.minimum), _whole(rule.maximum))
        for rule in rules
        if rule.table == "limits"
        for measure in rule.measures
    ]
    return pl.DataFrame(rows, schema=LIMITS, orient="row").sort("area", "measure")


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


def case_settings(
    *,
    title: str,
    fiscal_year: int,
    ceiling: int,
    coverage: Sequence[Sequence[str]],
    tolerance: tuple[Decimal, Decimal],
    change_cost: int,
) -> dict[str, Any]:
    """Return what `case.toml` says; widths, weights and tolerances as exact decimals."""
    return {
        "title": title,
        "fiscal_year": fiscal_year,
        "ceiling": ceiling,
        "coverage": [[float(width), float(weight)] for width, weight in coverage],
        "tolerance": [float(each) for each in tolerance],
        "change_cost": change_cost,
    }
