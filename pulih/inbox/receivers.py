"""The rooms that take delivered rows: each registers for a kind in its `apps.py`."""

from typing import Protocol, runtime_checkable

import polars as pl

from .models import ImportBatch

Counts = dict[str, int]


class Receiver(Protocol):
    """Takes the accepted and corrected rows of one kind, in the transaction that stores them.

    rows: as `pulih.intake` gives them, with source_id, province_id, regency_id; a follow-up of
    "firms" or "impact" also gets enterprise_id. May refuse; then nothing of the file is kept.
    """

    @property
    def kind(self) -> str: ...

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> Counts: ...


@runtime_checkable
class Withdrawing(Protocol):
    """A receiver that takes back what a batch made. Called when the batch no longer counts."""

    def withdraw(self, batch: ImportBatch) -> Counts: ...


@runtime_checkable
class Restoring(Protocol):
    """A receiver that can make a withdrawn batch count again."""

    def restore(self, batch: ImportBatch) -> Counts: ...


@runtime_checkable
class Superseding(Protocol):
    """A receiver that must know that a corrected file took the place of an earlier batch."""

    def supersede(self, old: ImportBatch) -> Counts: ...


@runtime_checkable
class Finishing(Protocol):
    """A receiver with work that follows once the rows are stored, usually left to a job."""

    def finish(self, batch: ImportBatch) -> None: ...


_receivers: dict[str, list[Receiver]] = {}


def register(receiver: Receiver) -> None:
    """Let `receiver` take the rows of its kind; the first of a kind hands on to the others."""
    known = _receivers.setdefault(receiver.kind, [])
    if all(type(one) is not type(receiver) for one in known):
        known.append(receiver)


def register_follow_up(kind: str, receiver: Receiver) -> None:
    """Let `receiver` take the rows of `kind` after the room that forms enterprises."""
    known = _receivers.setdefault(kind, [])
    if all(type(one) is not type(receiver) for one in known):
        known.append(receiver)


def receive(batch: ImportBatch, rows: pl.DataFrame) -> Counts:
    """Give the rows of a batch to the room of its kind; without one they are only kept."""
    known = _receivers.get(batch.kind, [])
    return known[0].receive(batch, rows) if known else {}


def hand_on(kind: str, batch: ImportBatch, rows: pl.DataFrame) -> Counts:
    """Give rows, now with enterprise_id, to those that follow the first of a kind."""
    counts: Counts = {}
    for follower in _receivers.get(kind, [])[1:]:
        counts |= follower.receive(batch, rows)
    return counts


def withdraw(batch: ImportBatch) -> None:
    """Tell every room of this kind that the batch no longer counts; the last one first."""
    for receiver in reversed(_receivers.get(batch.kind, [])):
        if isinstance(receiver, Withdrawing):
            receiver.withdraw(batch)


def supersede(old: ImportBatch) -> None:
    """Tell every room of this kind that a corrected file took the batch's place."""
    for receiver in _receivers.get(old.kind, []):
        if isinstance(receiver, Superseding):
            receiver.supersede(old)


def can_restore(batch: ImportBatch) -> bool:
    """Tell whether every room that takes back a batch can also make it count again."""
    known = _receivers.get(batch.kind, [])
    return all(isinstance(one, Restoring) for one in known if isinstance(one, Withdrawing))


def restore(batch: ImportBatch) -> None:
    """Tell every room of this kind that the batch counts again."""
    for receiver in _receivers.get(batch.kind, []):
        if isinstance(receiver, Restoring):
            receiver.restore(batch)


def finish(batch: ImportBatch) -> None:
    """Do now what the rooms of this kind would leave to a job, for those who wait for it."""
    for receiver in _receivers.get(batch.kind, []):
        if isinstance(receiver, Finishing):
            receiver.finish(batch)
