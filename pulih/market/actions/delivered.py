"""Capacities and certificates out of the lists that offices deliver: set by set, asked once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl
from django.db import connection, transaction

from pulih.common.identity_numbers import cut_typed
from pulih.inbox import bulk
from pulih.inbox.models import OF_FIRMS, ImportBatch
from pulih.people.models import User
from pulih.people.number_cipher import decrypt_within
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system

from ..models import Capacity, Certificate, Product, UnreadCapacity
from ..rules import reading
from ..rules.reading import NOTHING_OFFERED, Listed, Statement, Unread

Row = Mapping[str, Any]
OFFERED = ("price", "lot_size", "min_order", "free_from")
NUMBERED = ("certificate_number", "certificate_from", "certificate_to")
COLUMNS = ("product", "capacity", "capacity_unit", "workers", "certificates", *OFFERED, *NUMBERED)
PLACES = ("province_id", "regency_id")
KEYS = ("source_id", "enterprise_id", *PLACES)
SAID = {
    **dict.fromkeys(("source_id", "enterprise_id", "product_id", "per_week"), "bigint"),
    **{"said": "text", "guesses": "jsonb"},
    **{"price": "bigint", "lot": "bigint", "min_order": "bigint", "free_from": "date"},
    **dict.fromkeys(PLACES, "bigint"),
}
UNREAD = {
    **dict.fromkeys(("source_id", "enterprise_id", "product_id"), "bigint"),
    **dict.fromkeys(("said", "reason_indonesian", "reason_en"), "text"),
    **dict.fromkeys(PLACES, "bigint"),
}
HELD = {
    **dict.fromkeys(("source_id", "enterprise_id"), "bigint"),
    **{"kind": "text", "number": "text", "valid_from": "date", "valid_to": "date"},
    **dict.fromkeys(PLACES, "bigint"),
}
# A list never takes away what an office or the owner said later, nor a price that it leaves out.
STORE = """
INSERT INTO market_capacity AS known (enterprise_id, province_id, regency_id, product_id, per_week,
    lot, min_order, origin, said, guesses, confirmed_on, source_record_id, batch_id)
SELECT enterprise_id, province_id, regency_id, product_id, per_week,
    1, 1, 'list', said, guesses, %(day)s, source_id, %(batch)s
FROM pg_temp.market_said
ON CONFLICT (enterprise_id, product_id) DO UPDATE SET per_week = excluded.per_week,
    origin = 'list', said = excluded.said, guesses = excluded.guesses,
    confirmed_on = excluded.confirmed_on, confirmed_by_id = NULL,
    source_record_id = excluded.source_record_id, batch_id = excluded.batch_id
WHERE known.confirmed_on < excluded.confirmed_on
   OR (known.confirmed_on = excluded.confirmed_on AND known.origin = 'list'
       AND known.source_record_id < excluded.source_record_id)
"""
STORE_TERMS = """
UPDATE market_capacity AS known SET price = coalesce(said.price, known.price),
    lot = coalesce(said.lot, known.lot), min_order = coalesce(said.min_order, known.min_order),
    free_from = coalesce(said.free_from, known.free_from)
FROM pg_temp.market_said AS said
WHERE known.source_record_id = said.source_id AND known.product_id = said.product_id
  AND num_nonnulls(said.price, said.lot, said.min_order, said.free_from) > 0
"""
STORE_UNREAD = """
INSERT INTO market_unreadcapacity (enterprise_id, province_id, regency_id, product_id, said,
    reason_indonesian, reason_en, source_record_id, batch_id)
SELECT enterprise_id, province_id, regency_id, product_id, said,
    reason_indonesian, reason_en, source_id, %(batch)s FROM pg_temp.market_unread
"""
STORE_HELD = """
INSERT INTO market_certificate AS known (enterprise_id, province_id, regency_id, kind, number,
    valid_from, valid_to, source_record_id, batch_id, file_name, stored_name)
SELECT DISTINCT ON (enterprise_id, kind, number)
    enterprise_id, province_id, regency_id, kind, number, valid_from, valid_to, source_id,
    %(batch)s, '', ''
FROM pg_temp.market_held AS held
WHERE number <> ''
   OR NOT EXISTS (SELECT 1 FROM market_certificate AS known
                  WHERE known.enterprise_id = held.enterprise_id AND known.kind = held.kind)
ORDER BY enterprise_id, kind, number, source_id
ON CONFLICT (enterprise_id, kind, number) DO UPDATE SET
    valid_from = coalesce(excluded.valid_from, known.valid_from),
    valid_to = coalesce(excluded.valid_to, known.valid_to),
    source_record_id = excluded.source_record_id, batch_id = excluded.batch_id
WHERE known.verified_at IS NULL AND known.number <> ''
  AND NOT EXISTS (SELECT 1 FROM inbox_importbatch AS newer
                  WHERE newer.id = known.batch_id AND newer.as_of > %(day)s)
"""
# A certificate whose number is known stands no longer as one that was only named.
DROP_NAMED = """
DELETE FROM market_certificate AS named USING pg_temp.market_held AS held
WHERE held.number <> '' AND named.enterprise_id = held.enterprise_id AND named.kind = held.kind
  AND named.number = '' AND named.verified_at IS NULL
"""
# A price that a later list left out was kept from this one: those capacities are read again.
DROP_KEPT = """
DELETE FROM market_capacity AS known USING pg_temp.market_said AS said, inbox_sourcerecord AS own
WHERE known.enterprise_id = said.enterprise_id AND known.product_id = said.product_id
  AND known.origin = 'list' AND known.batch_id <> %(batch)s AND own.id = known.source_record_id
  AND (known.price = said.price AND own.values ->> 'price' IS NULL
    OR known.lot = said.lot AND own.values ->> 'lot_size' IS NULL
    OR known.min_order = said.min_order AND own.values ->> 'min_order' IS NULL
    OR known.free_from = said.free_from AND own.values ->> 'free_from' IS NULL)
RETURNING known.enterprise_id, known.product_id
"""
# What an office or the owner said last, before lists spoke of the same: history holds it.
STORE_STATED = """
INSERT INTO market_capacity (enterprise_id, province_id, regency_id, product_id, per_week, price,
    lot, min_order, free_from, origin, said, guesses, confirmed_on, confirmed_by_id)
SELECT DISTINCT ON (enterprise_id, product_id) enterprise_id, province_id, regency_id, product_id,
    per_week, price, lot, min_order, free_from, origin, said, guesses, confirmed_on, confirmed_by_id
FROM market_capacityevent
WHERE origin <> 'list' AND (enterprise_id, product_id) IN (
    SELECT * FROM unnest(%(firms)s::bigint[], %(products)s::bigint[]))
ORDER BY enterprise_id, product_id, pgh_id DESC
ON CONFLICT (enterprise_id, product_id) DO NOTHING
"""
DELIVERED = """
SELECT record.id AS source_id, source.enterprise_id, record.province_id, record.regency_id,
    record.batch_id, record.values ->> 'product' AS product,
    (record.values ->> 'capacity')::double precision AS capacity,
    record.values ->> 'capacity_unit' AS capacity_unit,
    (record.values ->> 'workers')::bigint AS workers,
    record.values ->> 'certificates' AS certificates,
    (record.values ->> 'price')::bigint AS price,
    (record.values ->> 'lot_size')::bigint AS lot_size,
    (record.values ->> 'min_order')::bigint AS min_order,
    record.values ->> 'free_from' AS free_from,
    record.values ->> 'certificate_number' AS certificate_number,
    record.values ->> 'certificate_from' AS certificate_from,
    record.values ->> 'certificate_to' AS certificate_to
FROM inbox_sourcerecord AS record
JOIN registry_enterprisesource AS source ON source.source_record_id = record.id
JOIN inbox_importbatch AS batch ON batch.id = record.batch_id
WHERE (batch.is_newest AND batch.state = 'done' AND %(batch)s::bigint IS NULL
       OR batch.id = %(batch)s) AND batch.kind = ANY(%(kinds)s)
  AND jsonb_exists_any(record.values, ARRAY['capacity', 'certificates'])
  AND (%(firms)s::bigint[] IS NULL OR source.enterprise_id = ANY(%(firms)s))
"""
KINDS = [str(kind) for kind in OF_FIRMS]


@transaction.atomic
def take(batch: ImportBatch, rows: pl.DataFrame, *, by: User) -> dict[str, int]:
    """Keep what a batch's rows say of capacities and certificates. Running it again is the same.

    rows: as the inbox gives them, with `enterprise_id`.
    """
    require(by, Permission.DELIVER_FILES, batch.office)
    told = [name for name in ("capacity", "certificates") if name in rows.columns]
    if not told:
        return {}
    said = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in told))
    wanted = [name for name in (*KEYS, *COLUMNS) if name in rows.columns]
    return _keep(said.select(wanted).to_dicts(), batch) if said.height else {}


@transaction.atomic
def forget(batch: ImportBatch, *, by: User) -> dict[str, int]:
    """Let a batch that no longer counts say nothing; what its firms said before counts again."""
    require(by, Permission.DELIVER_FILES, batch.office)
    gone = Capacity.objects.filter(batch=batch)
    held = Certificate.objects.filter(batch=batch, verified_at=None)
    stated = set(gone.values_list("enterprise_id", "product_id"))
    firms = set(held.values_list("enterprise_id", flat=True))
    count, _by_model = gone.delete()
    held.delete()
    UnreadCapacity.objects.filter(batch=batch).delete()
    with speaking_as_system():  # Lists of other offices count again too, seen or not.
        stated |= _drop_kept(batch)
        _state_again(stated)
        firms |= {firm for firm, _product in stated}
        if firms:
            _take_again(sorted(firms))
    return {"capacities": count}


def _state_again(stated: set[tuple[int, int]]) -> None:
    """Let the statement of an office or owner that a list had overtaken stand again.

    stated: enterprise and product of each capacity that is gone.
    """
    firms, products = (list(each) for each in zip(*stated, strict=True)) if stated else ([], [])
    _execute(STORE_STATED, {"firms": firms, "products": products})


def _drop_kept(batch: ImportBatch) -> set[tuple[int, int]]:
    """Drop capacities of later lists that kept something of this one; return firm and product."""
    read, _unread = _read(_delivered(batch=batch), batch)
    said = [one for one in reading.newest(read).values() if one.terms != NOTHING_OFFERED]
    if not said:
        return set()
    rows = [(*_said(one), None, None) for one in said]  # Places are not asked for.
    bulk.copy_in("market_said", _table(rows, SAID), SAID)
    with connection.cursor() as cursor:
        cursor.execute(DROP_KEPT, {"batch": batch.pk})
        return set(cursor.fetchall())


@transaction.atomic
def restore(batch: ImportBatch, *, by: User) -> dict[str, int]:
    """Let a withdrawn batch count again."""
    require(by, Permission.DELIVER_FILES, batch.office)
    return _keep(_delivered(batch=batch), batch)


def _take_again(firms: Sequence[int]) -> None:
    """Read delivered rows once more, the oldest list first: the newest has the last word."""
    of_batch: dict[int, list[Row]] = {}
    for row in _delivered(firms=firms):
        of_batch.setdefault(row["batch_id"], []).append(row)
    batches = ImportBatch.objects.in_bulk(list(of_batch)).values()
    for batch in sorted(batches, key=lambda one: (one.as_of, one.pk)):
        _keep(of_batch[batch.pk], batch)


def _delivered(
    *, firms: Sequence[int] | None = None, batch: ImportBatch | None = None
) -> list[Row]:
    """Return the rows of one batch, or of all that count. firms: of these alone."""
    asked: dict[str, Any] = {"firms": list(firms) if firms else None, "kinds": KINDS}
    with connection.cursor() as cursor:
        cursor.execute(DELIVERED, asked | {"batch": batch.pk if batch else None})
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, map(_opened, row), strict=True)) for row in cursor.fetchall()]


def _opened(value: Any) -> Any:
    """Return a cell as it was delivered, without numbers of persons among its words.

    A certificate's number may be as long as one.
    """
    return cut_typed(decrypt_within(value)) if isinstance(value, str) else value


def _keep(rows: Sequence[Row], batch: ImportBatch) -> dict[str, int]:
    bulk.work_in_bulk()
    read, unread = _read(rows, batch)
    newest = reading.newest(read).values()
    places = {row["source_id"]: (row["province_id"], row["regency_id"]) for row in rows}
    bulk.copy_in("market_said", _frame(map(_said, newest), SAID, places), SAID)
    bulk.copy_in("market_unread", _frame(map(_unread, unread), UNREAD, places), UNREAD)
    bulk.copy_in("market_held", _frame(reading.certificates_of(rows), HELD, places), HELD)
    UnreadCapacity.objects.filter(source_record__in=[one.source_id for one in unread]).delete()
    given = {"day": batch.as_of, "batch": batch.pk}
    counts = {
        "capacities": _execute(STORE, given),
        "capacities_unread": _execute(STORE_UNREAD, given),
        "certificates": _execute(STORE_HELD, given),
    }
    _execute(STORE_TERMS, given)
    _execute(DROP_NAMED, given)
    return counts


def _read(rows: Sequence[Row], batch: ImportBatch) -> tuple[list[Statement], list[Unread]]:
    products = Product.objects.on(batch.as_of)
    listed = {one.code: Listed(one.pk, one.made) for one in products}
    read = list(reading.statements(rows, products.vocabulary(), listed, heading_of(batch)))
    return (
        [one for one in read if isinstance(one, Statement)],
        [one for one in read if isinstance(one, Unread)],
    )


def heading_of(batch: ImportBatch) -> str:
    """The headings that the batch's sheets gave to the capacity's column."""
    found = [
        heading
        for columns in batch.recognised.values()
        for heading, column in columns.items()
        if column == "capacity"
    ]
    return " ".join(found)


def _said(one: Statement) -> tuple[Any, ...]:
    guesses = _as_json(one.guesses)
    known = one.source_id, one.enterprise_id, one.product_id, one.per_week, one.said, guesses
    return *known, *one.terms


@lru_cache(maxsize=1_000)  # A sheet makes the same few guesses in all its rows.
def _as_json(guesses: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(guesses)


def _unread(one: Unread) -> tuple[Any, ...]:
    reason = one.reason
    return one.source_id, one.enterprise_id, one.product_id, one.said, reason.id, reason.en


def _frame(
    values: Iterable[tuple[Any, ...]],
    types: Mapping[str, str],
    places: Mapping[int, tuple[int, int | None]],
) -> pl.DataFrame:
    """Return values with the places of their rows, which come last, as `types` names them."""
    return _table([(*one, *places[one[0]]) for one in values], types)


def _table(rows: Sequence[tuple[Any, ...]], types: Mapping[str, str]) -> pl.DataFrame:
    schema = {name: pl.Int64 if kind == "bigint" else pl.String for name, kind in types.items()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _execute(statement: str, given: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)
