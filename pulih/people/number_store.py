"""What is stored of numbers, walked in batches: encrypted where it was plain, or under a new key.

Runs as the owner of the tables: rows of every office are meant, and of the history too. What the
rows say stays the same, so neither the history nor the rule against changes is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pgtrigger
from django.db import connection, transaction

from pulih.common.errors import Refusal

from . import number_cipher as cipher
from .number_fields import Holder, encrypt_row

BATCH = 10_000
# Locked, so that nobody's newer number is written over with the one that was read.
READ = """
    SELECT {key}, {column}::text FROM {table} WHERE {key} > %s {where}
    ORDER BY {key} LIMIT %s FOR UPDATE
"""
WRITE = """
    UPDATE {table} SET {column} = {value} FROM unnest(%s::bigint[], %s::text[]) AS made (key, value)
    WHERE {table}.{key} = made.key
"""
PLAIN = "AND {column} <> '' AND {column} !~ '^~n1:'"
OTHER_KEY = "AND {column}::text ~ '~n1:[A-Za-z0-9_-]{{22}}:(?!{newest})'"
Change = Callable[[str], str | None]


def encrypt_plain(holder: Holder) -> int:
    """Encrypt what stands plain in a column; return how many rows did. In one transaction."""
    where = "" if holder.is_row else PLAIN
    with transaction.atomic():
        return sum(_batches(holder, _encrypted_row if holder.is_row else _encrypted, where))


def renew(holder: Holder, size: int = BATCH) -> Iterator[int]:
    """Encrypt with the newest key what another encrypted; yield the rows of each batch, committed.

    Begun again after it was stopped, it goes on where it was: what is done asks for nothing.
    """
    where = OTHER_KEY.format(column=holder.column, newest=cipher.keys().newest)
    return _batches(holder, _renewed_row if holder.is_row else _renewed, where, size)


def _encrypted(text: str) -> str:
    return cipher.encrypt_within(text) if text else text


def _encrypted_row(text: str) -> str | None:
    row = json.loads(text)
    return _patch(row, encrypt_row(row))


def _renewed(text: str) -> str:
    return cipher.STORED.sub(lambda found: _under_newest(found[0]), text)


def _under_newest(stored: str) -> str:
    try:
        return cipher.encrypt(cipher.decrypt(stored))
    except Refusal:  # Its key is not at hand: it stays, and is told at the end.
        return stored


def _renewed_row(text: str) -> str | None:
    row = json.loads(text)
    cells = {name: _renewed(one) if isinstance(one, str) else one for name, one in row.items()}
    return _patch(row, cells)


def _patch(row: dict[str, Any], made: dict[str, Any]) -> str | None:
    """Return the cells that are to be replaced as JSON: the others stay to the digit."""
    changed = {name: value for name, value in made.items() if value != row[name]}
    return json.dumps(changed, ensure_ascii=False) if changed else None


def _batches(holder: Holder, change: Change, where: str, size: int = BATCH) -> Iterator[int]:
    names = {"table": holder.table, "column": holder.column, "key": holder.key}
    read = READ.format(**names, where=where.format(**names) if where is PLAIN else where)
    merged = f"{holder.table}.{holder.column} || made.value::jsonb"
    write = WRITE.format(**names, value=merged if holder.is_row else "made.value")
    last = 0
    while True:
        with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(read, [last, size])
            rows = cursor.fetchall()
            changed = [(key, new) for key, old in rows if (new := change(old)) is not None]
            if changed:
                cursor.execute(write, list(map(list, zip(*changed, strict=True))))
        if not rows:
            return
        last = rows[-1][0]
        yield len(changed)
