"""The ledger as it would be without its fifth amount, what is reserved: to say what that costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import sql

# Function: what of its text goes. Columns, constraints and the guard of the table stay as they are.
FIFTH = {
    "budget_post": (("IF v_new.promise_id IS NOT NULL OR 'reservation' = ANY (p_amounts) THEN",
                     "IF false THEN"),),
    "budget_add_entries": (
        (",\n               coalesce(sum(rupiah) FILTER (WHERE amount = 'reservation'), 0)::bigint"
         " AS reserved", ""),
        ("reserved + v_moved.reserved AS reserved, ", ""),
        ("v_moved.reserved)", "0)"),
        ("v_line.realised, v_line.reserved)", "v_line.realised, 0)"),
        (", 'reserved', v_line.reserved", ""),
        ("reserved = v_line.reserved, ", ""),
    ),
    "budget_is_lawful": ((" AND p_reserved >= 0", ""), ("p_committed + p_reserved", "p_committed")),
}  # fmt: skip


@contextmanager
def without_fifth(owner: Any) -> Iterator[None]:
    """Let the ledger forget what is reserved, and remember it again. owner: of the tables."""
    texts = {name: _text_of(owner, name) for name in FIFTH}
    for name, text in texts.items():
        _put(owner, _shortened(text, name))
    try:
        yield
    finally:
        for text in texts.values():
            _put(owner, text)


def _text_of(owner: Any, name: str) -> str:
    found = owner.execute("SELECT pg_get_functiondef(%s::regproc)", [name]).fetchone()
    return str(found[0])


def _shortened(text: str, name: str) -> str:
    for part, instead in FIFTH[name]:
        assert text.count(part) == 1, (name, part, text.count(part))
        text = text.replace(part, instead)
    return text


def _put(owner: Any, text: str) -> None:
    owner.execute(sql.SQL(text))
    owner.commit()
