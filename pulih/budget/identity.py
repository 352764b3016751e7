"""How numbers of documents and names of payees are compared: one rule, kept in sql/identity.sql."""

import re
from collections.abc import Iterable

import polars as pl
from django.db import connection
from django.db.models import Func, TextField

NUMBERS = "SELECT n, budget_number_key(n) FROM unnest(%s::text[]) AS n"
PARTIES = "SELECT n, budget_party_key(n) FROM unnest(%s::text[]) AS n"
PLAIN = re.compile(r"[1-9][0-9]*")  # Most numbers; the rule leaves them as they are.


class NumberKey(Func):
    """The number of a document as numbers are compared, in a query."""

    function = "budget_number_key"
    output_field = TextField()


def number_keys(numbers: Iterable[str]) -> dict[str, str]:
    """Return by each number what it is known by; '' for what is no number."""
    return _asked(NUMBERS, numbers)


def with_number_key(frame: pl.DataFrame, number: str, key: str) -> pl.DataFrame:
    """Add the column `key`: what the numbers in the column `number` are known by."""
    return _with_key(frame, number, key, NUMBERS)


def with_party_key(frame: pl.DataFrame, party: str, key: str) -> pl.DataFrame:
    """Add the column `key`: what the payees in the column `party` are known by."""
    return _with_key(frame, party, key, PARTIES)


def _with_key(frame: pl.DataFrame, name: str, key: str, query: str) -> pl.DataFrame:
    others = frame.filter(~pl.col(name).str.contains(rf"^{PLAIN.pattern}$"))[name]
    keys = _asked(query, others.drop_nulls().unique().to_list())
    known = pl.col(name).replace_strict(keys, default=pl.col(name), return_dtype=pl.String)
    return frame.with_columns(known.alias(key))


def _asked(query: str, texts: Iterable[str]) -> dict[str, str]:
    different = set(texts)
    found = {text: text for text in different if PLAIN.fullmatch(text)}
    others = [text for text in different if text not in found]
    if others:
        with connection.cursor() as cursor:
            cursor.execute(query, [others])
            found |= dict(cursor.fetchall())
    return found
