"""Delivered rows and problems into their tables: two statements each, whatever their number."""

from functools import partial

import polars as pl

from pulih.common.identity_numbers import (
    CUT_ENDS,
    LONG,
    LONG_AT_ALL,
    LONG_ENDS,
    NIK_ENDS,
    NIK_LIKE,
    PERSONAL,
)
from pulih.inbox import bulk
from pulih.inbox.models import OF_FIRMS, ImportBatch, Kind
from pulih.inbox.reading import delivered_values
from pulih.people.number_cipher import encrypt_column, encrypt_texts, hash_column

KEYS = {
    Kind.BUDGET: (
        *("unit_code", "programme", "activity", "output", "suboutput"),
        *("component", "subcomponent", "account", "detail"),
    ),
    Kind.TREASURY: (
        *("list_kind", "sp2d_number", "contract_number", "month", "unit_code", "activity"),
        *("output", "suboutput", "component", "subcomponent", "account"),
    ),
    Kind.NEEDS: ("buyer", "product", "due"),
    Kind.PROPOSED: ("proposal_number", "account", "cost_text"),
    # A month's list of certificates is no correction of its list of capacities.
    Kind.MAKERS: ("business_name", "owner_name", "product", "certificates", "group_name"),
}
FIGURES_OF_A_NIK = r"[0-9]{16}"
OF_PEOPLE = (*OF_FIRMS, Kind.NEEDS)
FIRM_KEYS = ("nib", "nik", "business_name", "owner_name")
ROW_TYPES = {
    **dict.fromkeys(("source_id", "province_id", "regency_id"), "bigint"),
    **dict.fromkeys(("sheet", "verdict", "row_key", "values"), "text"),
    "row": "integer",
}
ADD_ROWS = """
    INSERT INTO inbox_sourcerecord
        (id, batch_id, province_id, regency_id, sheet, row, verdict, row_key, values)
    SELECT source_id, %s, province_id, regency_id, sheet, row, verdict,
        hashtextextended(row_key, 0), jsonb_strip_nulls(values::jsonb)
    FROM pg_temp.inbox_arrival
"""
PROBLEM_COLUMNS = (
    *("sheet", "row", "column", "cell", "value"),
    *("kind", "rule", "message_id", "message_en"),
)
PROBLEM_TYPES = {**dict.fromkeys(PROBLEM_COLUMNS, "text"), "row": "integer", "regency_id": "bigint"}
ADD_PROBLEMS = """
    INSERT INTO inbox_cellproblem
        (batch_id, province_id, regency_id, sheet, row, "column", cell, value, kind, rule,
         message_indonesian, message_en)
    SELECT %s, %s, %s, coalesce(sheet, ''), row, coalesce("column", ''), coalesce(cell, ''),
        coalesce(value, ''), kind, rule, message_id, message_en
    FROM pg_temp.inbox_found
"""


def add_rows(batch: ImportBatch, rows: pl.DataFrame) -> pl.DataFrame:
    """Store all rows of a batch as they were delivered; return them with `source_id`."""
    ids = bulk.new_ids("inbox_sourcerecord_id_seq", rows.height)
    rows = rows.with_columns(ids.alias("source_id"))
    values = pl.struct(_kept(rows, name, batch.kind) for name in _delivered(rows))
    shape = (
        *(pl.col(name) for name in ("source_id", "province_id", "regency_id", "row", "verdict")),
        pl.col("sheet").cast(pl.String).fill_null("").alias("sheet"),
        _key(rows, batch.kind).alias("row_key"),
        values.struct.json_encode().alias("values"),
    )
    bulk.copy_in("inbox_arrival", rows, ROW_TYPES, shape=shape)
    bulk.execute(ADD_ROWS, [batch.pk])
    return rows


def add_problems(batch: ImportBatch, problems: pl.DataFrame) -> None:
    """Store all problems of a batch; those without a row speak of the whole sheet."""
    if problems.is_empty():
        return
    columns = without_numbers(problems.select(PROBLEM_COLUMNS), batch.kind)
    bulk.copy_in("inbox_found", columns, PROBLEM_TYPES)
    bulk.execute(ADD_PROBLEMS, [batch.pk, batch.province_id, batch.regency_id])


def without_numbers(problems: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return the problems with every number of a person cut, as they may be kept and told.

    In lists of money only what has the form of a NIK is one: the rest are documents and amounts.
    """
    pattern = LONG_ENDS if kind in OF_PEOPLE else NIK_ENDS
    texts = ("value", "message_id", "message_en")
    return problems.with_columns(
        pl.col(name).cast(pl.String).str.replace_all(pattern, CUT_ENDS) for name in texts
    )


def _key(rows: pl.DataFrame, kind: str) -> pl.Expr:
    """Return what a row is known by in a corrected file: its number, else its name, else null.

    Of a firm only a keyed hash: without the key nobody tries numbers and names out.
    """
    if kind in KEYS:
        held = [pl.col(name).cast(pl.String) for name in KEYS[Kind(kind)] if name in rows.columns]
        if not held:
            return pl.lit(None)
        named = pl.concat_str(held, separator="|", ignore_nulls=True)
        return _hashed(named) if kind in OF_FIRMS else named
    held = [pl.col(name).cast(pl.String) for name in FIRM_KEYS if name in rows.columns]
    if not held:
        return pl.lit(None, pl.String)
    return _hashed(pl.coalesce(held).str.to_lowercase())


def _hashed(named: pl.Expr) -> pl.Expr:
    return named.map_batches(hash_column, return_dtype=pl.String)


def _delivered(rows: pl.DataFrame) -> list[str]:
    return delivered_values(rows.drop("source_id"))


def for_rooms(batch: ImportBatch, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows as a room gets them: in words no number of a person stands whole.

    The room of firms finds people by their numbers and cuts what it keeps; so does the treasury's.
    """
    if batch.kind in (*OF_FIRMS, Kind.TREASURY):
        return rows
    return rows.with_columns(pl.col(pl.String).str.replace_all(NIK_ENDS, CUT_ENDS))


def _kept(rows: pl.DataFrame, name: str, kind: str) -> pl.Expr:
    """Return a delivered column with the numbers of persons in it encrypted."""
    if name in PERSONAL:
        return pl.col(name).cast(pl.String).map_batches(encrypt_column, return_dtype=pl.String)
    if rows[name].dtype != pl.String:
        return pl.col(name)
    looks, pattern = (LONG_AT_ALL, LONG) if kind in OF_PEOPLE else (FIGURES_OF_A_NIK, NIK_LIKE)
    encrypted = partial(encrypt_texts, looks=looks, pattern=pattern)
    return pl.col(name).map_batches(encrypted, return_dtype=pl.String)
