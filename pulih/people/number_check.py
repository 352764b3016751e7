"""Whether the keys at hand open what is stored: asked by `pulih check` and by a rotation."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from pulih.common.errors import Message, Refusal

from . import number_cipher as cipher
from .number_fields import Holder, holders

SAMPLE = 1_000
# A regular expression over whole rows takes nine times as long as looking where a number begins;
# it is asked only where what begins there is no stored number.
BY_KEY = """
    SELECT key, count(*) FROM (
        SELECT CASE WHEN substr(text, at + 26, 10) ~ '^:[0-9a-f]{{8}}:$'
            THEN substr(text, at + 27, 8)
            ELSE substring(text FROM '~n1:[A-Za-z0-9_-]{{22}}:([0-9a-f]{{8}}):') END AS key
        FROM (
            SELECT {column}::text AS text, strpos({column}::text, '~n1:') AS at FROM {table}
        ) AS stored
        WHERE at > 0
    ) AS found
    GROUP BY key ORDER BY key
"""
NEWEST = """
    SELECT {column}::text FROM {table} WHERE {column}::text LIKE '%%~n1:%%'
    ORDER BY {key} DESC LIMIT {sample}
"""


def rows_by_key(holder: Holder) -> dict[str, int]:
    """Return how many rows of a column hold a number, by the key that encrypted it."""
    query = BY_KEY.format(table=holder.table, column=holder.column)
    with connection.cursor() as cursor:
        return {key: int(number) for key, number in cursor.execute(query).fetchall() if key}


def encrypted_rows() -> int:
    return sum(sum(rows_by_key(holder).values()) for holder in holders())


def faults() -> Iterator[Message]:
    """Yield what cannot be opened: by a key that is missing, or at all, of the newest rows."""
    found = {holder: rows for holder in holders() if (rows := rows_by_key(holder))}
    if not found:
        return
    try:
        held = cipher.keys()
    except Refusal as refusal:
        yield refusal.message
        return
    for holder, rows in found.items():
        missing = {key: number for key, number in rows.items() if key not in held.ciphers}
        for key, number in missing.items():
            yield _missing(holder, key, number)
        if not missing and (damaged := _damaged(holder, held)):
            yield _closed(holder, damaged)


def _damaged(holder: Holder, held: cipher.Keys) -> int:
    query = NEWEST.format(table=holder.table, column=holder.column, key=holder.key, sample=SAMPLE)
    with connection.cursor() as cursor:
        texts = [text for (text,) in cursor.execute(query).fetchall()]
    stored = (found[0] for text in texts for found in cipher.STORED.finditer(text))
    return sum(not cipher.opens(one, held) for one in stored)


def _missing(holder: Holder, key: str, number: int) -> Message:
    why = cipher.cannot_open(key)
    return Message(f"{holder}, {number} baris: {why.id}", f"{holder}, {number} rows: {why.en}")


def _closed(holder: Holder, number: int) -> Message:
    return Message(
        id=f"{holder}: {number} dari {SAMPLE} nomor terbaru rusak, atau ditandai dengan kunci hash"
        " lain. Kembalikan number_keys.toml yang semula.",
        en=f"{holder}: {number} of the {SAMPLE} newest numbers are damaged, or were marked with"
        " another hash key. Put the former number_keys.toml back.",
    )
