"""Enterprises out of delivered rows: find the known, add the new, keep the lineage. Set by set."""

from datetime import date
from typing import NamedTuple

import polars as pl
from django.db import transaction

from pulih.inbox import bulk
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry import delivered_attributes, identity
from pulih.registry.actions import refresh_enterprises, storing

LOCK = "SELECT pg_advisory_xact_lock(hashtext('registry.form'))"
REMEMBERED = """
    SELECT id, {columns} FROM registry_enterprise AS known
    WHERE id IN (SELECT enterprise_id FROM pg_temp.registry_met)
      AND is_listed AND last_seen < '{day}' AND merged_into_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM registry_enterprise AS one WHERE one.merged_into_id = known.id)
      AND NOT EXISTS (SELECT 1 FROM registry_pin AS pin
                      WHERE pin.enterprise_id = known.id AND pin.ended_at IS NULL)
"""
LINK = """
    INSERT INTO registry_enterprisesource
        (source_record_id, enterprise_id, province_id, regency_id)
    SELECT source_id, enterprise_id, province_id, regency_id FROM pg_temp.registry_link
"""


class Formed(NamedTuple):
    """rows: what was given, with `enterprise_id`. new, known: how many enterprises of each."""

    rows: pl.DataFrame
    new: int
    known: int


@transaction.atomic
def form(batch: ImportBatch, rows: pl.DataFrame, *, by: User) -> Formed:
    """Give every row of a batch its enterprise: one that is known, or a new one.

    rows: as `inbox.receivers` describes them, with source_id, province_id and regency_id.
    """
    require(by, Permission.DELIVER_FILES, batch.office)
    bulk.work_in_bulk()
    bulk.execute(LOCK)  # Two lists at once could each add the same firm.
    said = _labelled(delivered_attributes.attributes(rows))
    said = said.with_columns(delivered_attributes.reliability(pl.lit(batch.office_id)))
    met = identity.known(said)
    said = _numbered(said, met)
    firms = delivered_attributes.best_of_each(said.drop("label", "sort_key"), "enterprise_id")
    firms = firms.drop("reliability")
    new = firms.join(met, on="enterprise_id", how="anti") if met.height else firms
    storing.add(delivered_attributes.derive(new, batch.as_of), seen=batch.as_of)
    _link(rows, said["enterprise_id"])
    known = firms.join(new, on="enterprise_id", how="anti")
    _add_to_known(known, batch.as_of)
    return Formed(rows.with_columns(said["enterprise_id"]), new.height, known.height)


def _labelled(said: pl.DataFrame) -> pl.DataFrame:
    keyed = said.with_columns(delivered_attributes.sort_key())
    return keyed.with_columns(identity.labels(keyed).alias("label"))


def _numbered(said: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    """Add `enterprise_id`: the known id of a row's label, or the next free one."""
    every = said.select(pl.col("label").unique().sort())
    unknown = every.join(met, on="label", how="anti").sort("label")
    ids = bulk.new_ids("registry_enterprise_id_seq", unknown.height)
    numbers = pl.concat([unknown.with_columns(ids.alias("enterprise_id")), met])
    labels = said.select("label").join(numbers, on="label", how="left", maintain_order="left")
    return said.with_columns(labels["enterprise_id"])


def _link(rows: pl.DataFrame, enterprise_ids: pl.Series) -> None:
    columns = rows.select("source_id", enterprise_ids, *delivered_attributes.PLACES)
    bulk.copy_in("registry_link", columns, dict.fromkeys(columns.columns, "bigint"))
    bulk.execute(LINK)


def _add_to_known(firms: pl.DataFrame, as_of: date) -> None:
    """Let these rows replace what older ones said; where more than that speaks, ask all sources."""
    if firms.is_empty():
        return
    bulk.copy_in(
        "registry_met", firms.select("enterprise_id"), {"enterprise_id": "bigint"}, is_joined=True
    )
    columns = (*delivered_attributes.PLACES, *delivered_attributes.TAKEN)
    older = bulk.fetch(
        REMEMBERED.format(columns=", ".join(columns), day=as_of.isoformat()),
        {"enterprise_id": pl.Int64, **delivered_attributes.types()},
    )
    plain = _without_doubt(older, firms)
    _replace(plain, firms, as_of)
    rest = firms.join(plain, on="enterprise_id", how="anti")
    refresh_enterprises.refresh(rest["enterprise_id"])


def _without_doubt(older: pl.DataFrame, firms: pl.DataFrame) -> pl.DataFrame:
    """Keep those whose new rows change nothing that other attributes were derived from."""
    told = ("province_id", "kbli", "product")
    both = older.join(firms, on="enterprise_id", suffix="_new", maintain_order="left")
    is_same = [
        pl.col(f"{name}_new").is_null() | pl.col(f"{name}_new").eq_missing(pl.col(name))
        for name in told
    ]
    return both.filter(pl.all_horizontal(is_same)).select(older.columns)


def _replace(older: pl.DataFrame, firms: pl.DataFrame, as_of: date) -> None:
    newer = firms.join(older, on="enterprise_id", how="semi").select(older.columns)
    both = pl.concat([older, newer]).with_columns(
        pl.int_range(pl.len()).ge(older.height).cast(pl.Int8).alias("reliability")
    )
    merged = delivered_attributes.best_of_each(both, "enterprise_id").drop("reliability")
    storing.change(delivered_attributes.derive(merged, as_of), seen=as_of)
