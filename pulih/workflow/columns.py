"""States that stand in a column of a room's own rows.

For rows that are too many for steps of their own, and for those whose steps hold what only the room
knows, such as letters. PostgreSQL refuses a change of state that is no move (`sql/columns.sql`).
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.db.models import TextChoices

from pulih.web.both import TranslatedMessage

from .states import Machine, Move, State


class HasState(Protocol):
    """A row whose state stands in its column `state`."""

    state: str


def states_of(
    choices: type[TextChoices], *, final: Iterable[str], tones: Mapping[str, str] | None = None
) -> tuple[State, ...]:
    """Return the states that a column may hold, with the labels of its choices."""
    ends, tone_of = set(final), tones or {}
    return tuple(
        State(one.value, TranslatedMessage(one.label), one in ends, tone_of.get(one.value, ""))
        for one in choices
    )


def move_row(machine: Machine, row: HasState, key: str) -> Move:
    """Bring a locked row into the state that the move `key` leads to; the room saves it.

    Whether the person may is asked by the room. Raises Refusal where the move is not allowed.
    """
    move = machine.move(row.state, key)
    row.state = move.target
    return move
