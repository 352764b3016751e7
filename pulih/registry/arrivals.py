"""Delivered rows turned into the attributes of enterprises, all rows at once."""

from datetime import date

import polars as pl

from . import names, rules

TEXTS = (
    *("owner_name", "owner_sex", "nik", "nib", "npwp", "phone", "email", "address"),
    *("village", "village_code", "district", "district_code"),
    *("kbli", "product", "commodity_group", "status"),
)
WHOLE_NUMBERS = ("workers", "workers_male", "workers_female", "investment", "year_established")
TAKEN = ("name", *TEXTS, *WHOLE_NUMBERS)  # What a source may say; all else follows from it.
PLACES = ("province_id", "regency_id")


def attributes(rows: pl.DataFrame) -> pl.DataFrame:
    """Return what each row says of an enterprise, in the columns of TAKEN and PLACES.

    rows: columns as intake names them, any of which may be missing. A firm without a name of its
    own goes by its owner's.
    """
    texts = [_column(rows, name, pl.String) for name in TEXTS]
    numbers = [_column(rows, name, pl.Int64) for name in WHOLE_NUMBERS]
    business = _column(rows, "business_name", pl.String)
    owner = _column(rows, "owner_name", pl.String)
    return rows.select(
        *(pl.col(name).cast(pl.Int64) for name in PLACES),
        pl.coalesce(business, owner).alias("name"),
        *texts,
        *numbers,
    ).with_columns(
        # Numbers no firm can have do not fit the columns either.
        pl.when(pl.col("year_established").is_between(1, 9999)).then(pl.col("year_established")),
        *(_within(name, 2**31 - 1) for name in ("workers", "workers_male", "workers_female")),
    )


def types() -> dict[str, type[pl.DataType]]:
    """Return the Polars type of each column that `attributes` gives, places first."""
    places = dict.fromkeys(PLACES, pl.Int64)
    texts = dict.fromkeys(("name", *TEXTS), pl.String)
    return {**places, **texts, **dict.fromkeys(WHOLE_NUMBERS, pl.Int64)}


def sort_key() -> pl.Expr:
    """Return the key that names are compared and sorted by."""
    return pl.coalesce(names.normalised(pl.col("name")), pl.lit("")).alias("sort_key")


def derive(firms: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add what follows from the attributes: sort key, search words, scale, manufacturing."""
    keyed = rules.judge(firms, on).with_columns(
        sort_key(),
        rules.scale_of(pl.col("workers"), pl.col("investment"), on).alias("scale"),
    )
    owner = names.normalised(pl.col("owner_name"))
    return keyed.with_columns(
        pl.concat_str("sort_key", owner, separator=" ", ignore_nulls=True)
        .str.strip_chars(" ")
        .alias("words")
    )


def newest_of_each(firms: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return one row for each `key`: of every attribute the last that is not null.

    Rows must stand oldest first. Rows that are alone are passed through untouched.
    """
    is_alone = pl.len().over(key) == 1
    alone = firms.filter(is_alone)
    if alone.height == firms.height:
        return firms
    several = firms.filter(~is_alone).group_by(key, maintain_order=True)
    merged = several.agg(pl.exclude(key).drop_nulls().last()).select(firms.columns)
    return pl.concat([alone, merged])


def _column(rows: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    if name not in rows.columns:
        return pl.lit(None, kind).alias(name)
    return pl.col(name).cast(kind, strict=False).alias(name)


def _within(name: str, most: int) -> pl.Expr:
    return pl.when(pl.col(name).is_between(0, most)).then(pl.col(name)).alias(name)
