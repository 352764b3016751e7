"""What two writers who crossed each other do: the one that the database stopped begins again."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

from pulih.common.database_errors import state_of
from pulih.common.errors import Message, Refusal

ATTEMPTS = 6
CROSSED = frozenset({"40P01", "40001"})  # A deadlock; somebody else's change came between.
KEPT = "55P03"  # Somebody else kept a row for longer than the statement was to wait.
Answer = TypeVar("Answer")


def until_done(act: Callable[[], Answer]) -> Answer:
    """Do `act`, which is one transaction or savepoint; again where writers crossed. May refuse.

    Inside a transaction that holds locks already, the crossing may come again each time; then the
    person is asked to try again, and nothing was saved.
    """
    for _attempt in range(ATTEMPTS):
        try:
            return act()
        except OperationalError as error:
            if not has_crossed(error) or connection.needs_rollback:
                raise
    raise Refusal(BUSY)


def has_crossed(error: BaseException) -> bool:
    """Tell whether the database stopped a statement only because of another writer."""
    return state_of(error) in CROSSED


def was_kept(error: BaseException) -> bool:
    """Tell whether a statement gave up waiting for another writer."""
    return state_of(error) == KEPT


BUSY = Message(
    "Baris yang sama sedang dibukukan orang lain. Coba lagi sebentar. Belum ada yang disimpan.",
    "Others are posting on the same lines. Try again in a moment. Nothing was saved.",
)
