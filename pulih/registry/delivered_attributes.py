"""Delivered rows turned into the attributes of enterprises, all rows at once."""

from datetime import date

import polars as pl

from pulih.common.identity_numbers import CUT_ENDS, LONG_AT_ALL, LONG_ENDS
from pulih.people.number_cipher import decrypt_texts, encrypt_column

from . import names, rules

TEXTS = (
    *("owner_name", "owner_sex", "nik", "nib", "npwp", "phone", "email", "address"),
    *("village", "village_code", "district", "district_code"),
    *("kbli", "product", "commodity_group", "status"),
)
OF_A_PERSON = ("nik", "npwp")
OF_WORDS = ("owner_name", "address", "village", "district", "product")
WHOLE_NUMBERS = ("workers", "workers_male", "workers_female", "investment", "year_established")
TAKEN = ("name", *TEXTS, *WHOLE_NUMBERS)  # What a source may say; all else follows from it.
PLACES = ("province_id", "regency_id")


def attributes(rows: pl.DataFrame) -> pl.DataFrame:
    """Return what each row says of an enterprise, in the columns of TAKEN and PLACES.

    rows: columns as intake names them, any of which may be missing; numbers of persons plain or
    as they are stored, and always stored in what is returned. A firm without a name of its own
    goes by its owner's.
    """
    rows = _numbers_stored(rows)
    texts = [_column(rows, name, pl.String) for name in TEXTS if name not in OF_WORDS]
    texts += [_without_numbers(_column(rows, name, pl.String)) for name in OF_WORDS]
    numbers = [_column(rows, name, pl.Int64) for name in WHOLE_NUMBERS if name != "workers"]
    business = _column(rows, "business_name", pl.String)
    owner = _column(rows, "owner_name", pl.String)
    return rows.select(
        *(pl.col(name).cast(pl.Int64) for name in PLACES),
        _without_numbers(pl.coalesce(business, owner)).alias("name"),
        *texts,
        total_workers(rows),
        *numbers,
    ).with_columns(
        # Numbers no firm can have do not fit the columns either.
        pl.when(pl.col("year_established").is_between(1, 9999)).then(pl.col("year_established")),
        *(_within(name, 2**31 - 1) for name in ("workers", "workers_male", "workers_female")),
    )


def total_workers(rows: pl.DataFrame) -> pl.Expr:
    """Return the workers that each row tells: where men and women stand alone, their sum."""
    men, women = (_column(rows, f"workers_{who}", pl.Int64) for who in ("male", "female"))
    return pl.coalesce(_column(rows, "workers", pl.Int64), men + women).alias("workers")


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


def reliability(office: pl.Expr) -> pl.Expr:
    """Return how near the office that delivered stands to the firm.

    2: the firm's own regency; 1: its province; 0: any other office.
    """
    return (
        pl.when(office == pl.col("regency_id").fill_null(0))
        .then(pl.lit(2, pl.Int8))
        .when(office == pl.col("province_id"))
        .then(pl.lit(1, pl.Int8))
        .otherwise(pl.lit(0, pl.Int8))
        .alias("reliability")
    )


def completeness(firms: pl.DataFrame) -> pl.Expr:
    """Return how many attributes each row fills."""
    filled = [pl.col(name).is_not_null().cast(pl.Int16) for name in TAKEN if name in firms.columns]
    return pl.sum_horizontal(filled).alias("completeness")


def best_of_each(firms: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return one row for each `key`: of every attribute the best that is not null.

    The newer goes before the more reliable, that before the more complete, that before the later
    row. firms: TAKEN, PLACES and, where rows differ in them, as_of and reliability.
    """
    is_alone = pl.len().over(key) == 1
    alone = firms.filter(is_alone)
    if alone.height == firms.height:
        return firms
    order = [name for name in ("as_of", "reliability") if name in firms.columns]
    several = (
        firms.filter(~is_alone)
        .with_columns(completeness(firms))
        .sort(*order, "completeness", maintain_order=True)
        .drop("completeness")
    )
    merged = several.group_by(key, maintain_order=True).agg(
        pl.exclude(key, "regency_id").drop_nulls().last(), _regency()
    )
    return pl.concat([alone, merged.select(firms.columns)])


def _regency() -> pl.Expr:
    """Return the last regency that lies in the last province: a place is taken as a whole."""
    is_there = pl.col("province_id") == pl.col("province_id").drop_nulls().last()
    return pl.col("regency_id").filter(is_there).drop_nulls().last()


def _column(rows: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    if name not in rows.columns:
        return pl.lit(None, kind).alias(name)
    return pl.col(name).cast(kind, strict=False).alias(name)


def _numbers_stored(rows: pl.DataFrame) -> pl.DataFrame:
    """Return numbers encrypted in the columns that are for them, and plain in those of words."""
    words = [name for name in ("business_name", *OF_WORDS) if name in rows.columns]
    numbers = [name for name in OF_A_PERSON if name in rows.columns]
    return rows.with_columns(
        *(decrypt_texts(rows[name].cast(pl.String)) for name in words),
        *(encrypt_column(rows[name].cast(pl.String)).replace("", None) for name in numbers),
    )


def _without_numbers(text: pl.Expr) -> pl.Expr:
    """Cut the number of a person that was typed into a column of words."""
    # Looking first costs a third of replacing, and next to no list holds any.
    cut = text.str.replace_all(LONG_ENDS, CUT_ENDS)
    return pl.when(text.str.contains(LONG_AT_ALL)).then(cut).otherwise(text)


def _within(name: str, most: int) -> pl.Expr:
    return pl.when(pl.col(name).is_between(0, most)).then(pl.col(name)).alias(name)
