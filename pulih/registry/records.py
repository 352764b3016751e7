"""Enterprises as the records that `pulih.linkage` compares: one row each, in its columns."""

from datetime import date

import polars as pl
from django.db.models import Max

from pulih import places
from pulih.inbox import bulk
from pulih.people.number_cipher import decrypt_column
from pulih.places import Scheme

from . import delivered_attributes
from .models import Enterprise

TEXTS = tuple(
    name for name in delivered_attributes.TEXTS if name not in ("commodity_group", "status")
)
READ = """
    SELECT id, province_id, regency_id, name, {columns} FROM registry_enterprise
    WHERE {condition} ORDER BY id
"""
COLUMNS = (*TEXTS, *delivered_attributes.WHOLE_NUMBERS)


def read(condition: str) -> pl.DataFrame:
    """Return the records of the enterprises that an SQL condition of ours keeps.

    Numbers of persons are whole: linkage reads in them. A firm that goes by its owner's name has
    no name of its own.
    """
    rows = bulk.fetch(READ.format(columns=", ".join(COLUMNS), condition=condition), _types())
    rows = rows.with_columns(
        decrypt_column(rows[name]) for name in delivered_attributes.OF_A_PERSON
    )
    has_own_name = pl.col("name").ne_missing(pl.col("owner_name"))
    return rows.select(
        pl.col("id").alias("record_id"),
        pl.when(has_own_name).then(pl.col("name")).alias("business_name"),
        *COLUMNS,
        *_place_columns(rows, "province"),
        *_place_columns(rows, "regency"),
    )


def _types() -> dict[str, type[pl.DataType]]:
    types = delivered_attributes.types()
    read = (*delivered_attributes.PLACES, "name", *COLUMNS)
    return {"id": pl.Int64, **{name: types[name] for name in read}}


def _place_columns(rows: pl.DataFrame, level: str) -> list[pl.Expr]:
    """Return the name and the code of each row's place at one level."""
    keys = rows[f"{level}_id"].drop_nulls().unique().to_list()
    known = [places.place(key) for key in keys]
    names = [one.name for one in known]
    codes = [places.code_of(one, Scheme.KEMENDAGRI, _day_of(one)) for one in known]
    column = pl.col(f"{level}_id")
    return [
        column.replace_strict(keys, names, default=None, return_dtype=pl.String).alias(level),
        column.replace_strict(keys, codes, default=None, return_dtype=pl.String).alias(
            f"{level}_code"
        ),
    ]


def _day_of(place: places.Place) -> date:
    """Return today, or for a place that is gone a day on which it still had its code."""
    today = date.today()
    return today if place.valid_to is None or place.valid_to > today else place.valid_from


def last_id() -> int:
    """Return the highest id of an enterprise, 0 while there is none."""
    return Enterprise.objects.aggregate(last=Max("id"))["last"] or 0
