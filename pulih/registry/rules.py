"""What an IKM is: its scale by the ministry's dated thresholds, and whether it makes anything.

Each rule is written once, for columns of many firms; the plain function asks it for one.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

import polars as pl

from pulih.classifications import commodities, products, scales

KBLI_DIGITS = r"^\s*[A-Za-z]?\s*(\d{2,5})"
FIRST_DIVISION, LAST_DIVISION = 10, 33


class Scale(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"


def scale_of(workers: pl.Expr, investment: pl.Expr, on: date) -> pl.Expr:
    """Return the scale of each firm; unknown while either number is missing.

    Source: CLASS-10.
    """
    limits = scales.rule(on)
    if limits is None:
        return pl.lit(Scale.UNKNOWN.value)
    has_few = workers <= limits.few_workers
    return (
        pl.when(workers.is_null() | investment.is_null())
        .then(pl.lit(Scale.UNKNOWN.value))
        .when(has_few & (investment < limits.small_below_rupiah))
        .then(pl.lit(Scale.SMALL.value))
        .when(has_few | (investment <= limits.medium_up_to_rupiah))
        .then(pl.lit(Scale.MEDIUM.value))
        .otherwise(pl.lit(Scale.LARGE.value))
    )


def scale(workers: int | None, investment: int | None, *, on: date) -> Scale:
    """Return the scale (skala usaha) of one firm. investment: rupiah, land and building left out.

    Source: CLASS-10.
    """
    row = scale_of(pl.lit(workers, pl.Int64), pl.lit(investment, pl.Int64), on)
    return Scale(pl.select(row).item())


class Ground(StrEnum):
    """Why a firm counts as manufacturing, or does not, or cannot be told."""

    TRADES = "trades"  # Its product says that it is bought and sold.
    KBLI_MAKES = "kbli_makes"
    KBLI_OTHER = "kbli_other"
    PRODUCT_MAKES = "product_makes"  # No KBLI, but a product that is made.
    UNTOLD = "untold"


VERDICTS = {
    Ground.TRADES: False,
    Ground.KBLI_MAKES: True,
    Ground.KBLI_OTHER: False,
    Ground.PRODUCT_MAKES: True,
    Ground.UNTOLD: None,
}


class Making(NamedTuple):
    is_manufacturing: bool | None
    ground: Ground


def judge(firms: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add `ground`, `is_manufacturing` and the commodity group that KBLI or product tell.

    firms: kbli, product and commodity_group (as written, kept where nothing else tells). A
    reseller is not an IKM, whatever its KBLI: manufacturing is divisions 10 to 33.
    Source: CLASS-07, CLASS-15.
    """
    code = pl.col("kbli").str.extract(KBLI_DIGITS)
    told = firms.select("product", "commodity_group", code.alias("_code"))
    told = told.join(_products(told["product"]), on="product", how="left", maintain_order="left")
    told = told.join(_groups(told["_code"], on), on="_code", how="left", maintain_order="left")
    group = pl.coalesce("_code_group", "_product_group", "commodity_group")
    ground = _ground(pl.col("_code").str.slice(0, 2).cast(pl.Int32)).alias("ground")
    told = told.select(group.alias("commodity_group"), ground)
    verdicts = {each.value: VERDICTS[each] for each in Ground}
    makes = told["ground"].replace_strict(verdicts, return_dtype=pl.Boolean)
    # Only these columns are joined: joining all would copy the whole list.
    return firms.with_columns(*told.get_columns(), makes.alias("is_manufacturing"))


def is_manufacturing(kbli: str | None, product: str | None) -> Making:
    """Return whether one firm manufactures (None: cannot be told) and on what ground."""
    told = {"kbli": kbli, "product": product, "commodity_group": None}
    judged = judge(pl.DataFrame([told], schema=dict.fromkeys(told, pl.String)), date.max)
    ground = Ground(judged["ground"].item())
    return Making(VERDICTS[ground], ground)


def _ground(division: pl.Expr) -> pl.Expr:
    trades = pl.col("_product_makes").eq(False).fill_null(False)
    return (
        pl.when(trades)
        .then(pl.lit(Ground.TRADES.value))
        .when(division.is_between(FIRST_DIVISION, LAST_DIVISION))
        .then(pl.lit(Ground.KBLI_MAKES.value))
        .when(division.is_not_null())
        .then(pl.lit(Ground.KBLI_OTHER.value))
        .when(pl.col("_product_makes"))
        .then(pl.lit(Ground.PRODUCT_MAKES.value))
        .otherwise(pl.lit(Ground.UNTOLD.value))
    )


def _products(written: pl.Series) -> pl.DataFrame:
    """Return what each different product says of itself."""
    different = written.drop_nulls().unique().to_list()
    told = [products.find(text) for text in different]
    return pl.DataFrame(
        {
            "product": different,
            "_product_makes": [one.is_manufacturing for one in told],
            "_product_group": [one.commodity_group for one in told],
        },
        schema={
            "product": pl.String,
            "_product_makes": pl.Boolean,
            "_product_group": pl.String,
        },
    )


def _groups(codes: pl.Series, on: date) -> pl.DataFrame:
    """Return the commodity group of each different KBLI code."""
    different = codes.drop_nulls().unique().to_list()
    told = [commodities.group_of(code, on) for code in different]
    groups = [one.code if one else None for one in told]
    schema = {"_code": pl.String, "_code_group": pl.String}
    return pl.DataFrame({"_code": different, "_code_group": groups}, schema=schema)
