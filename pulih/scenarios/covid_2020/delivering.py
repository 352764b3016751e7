"""Files on their way through the inbox: several are read at once, and stored in their order.

A file whose turn has not come waits with what was read of it, so that the same firms meet in the
same order on every machine, and no two files meet in the tables.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from django.db import connections

from pulih.areas.models import Area
from pulih.budget.clock import playing_at
from pulih.common.errors import Message, Refusal
from pulih.inbox import actions as inbox
from pulih.inbox.models import ImportBatch, State
from pulih.people.models import User
from pulih.people.scope import speaking_for

from .files import Delivery

AT_ONCE = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Sender:
    """Who sends a file. at: when the ledger learns of it; None: now."""

    person: User
    at: datetime | None = None

    @contextmanager
    def speaking(self) -> Iterator[None]:
        with speaking_for(self.person), playing_at(self.at) if self.at else nullcontext():
            yield


def deliver_all(
    sent: Iterable[tuple[Delivery, Sender]], said: Callable[[int], None] = lambda read: None
) -> None:
    """Deliver each file and read it, unless it is in already. said: hears how many are read.

    Ends when all are read; the first that fails stops the rest, which wait to be read next time.
    What is refused is delivered again when nothing else is read: a busy machine may only have been
    too slow for it. May refuse: in the words of the file that is refused again.
    """
    readings: list[Future[bool]] = []
    files: list[tuple[Delivery, Sender]] = []
    before = Event()
    before.set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for number, (delivery, sender) in enumerate(sent):
                batch_id = _waiting(delivery, sender)
                if batch_id is None:
                    continue
                stored = Event()
                readings.append(pool.submit(_read, batch_id, sender, before, stored))
                files.append((delivery, sender))
                before = stored
                said(number + 1 - sum(not one.done() for one in readings))
                _raise_first(one for one in readings if one.done())
            _raise_first(readings)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    for reading, (delivery, sender) in zip(readings, files, strict=True):
        if not reading.result():
            with sender.speaking():
                deliver_one(delivery, sender.person)


def deliver_one(delivery: Delivery, person: User) -> None:
    """Deliver a file and read it, unless it is in already. May refuse: in the words of the file.

    Whoever calls speaks for `person`.
    """
    batch = _delivered(delivery, person)
    if batch is not None:
        batch = inbox.read(batch.pk)
        if batch.state == State.REFUSED:
            raise Refusal(Message(batch.problem_indonesian, batch.problem_en))


def _raise_first(readings: Iterable[Future[bool]]) -> None:
    for one in readings:
        one.result()


def _waiting(delivery: Delivery, sender: Sender) -> int | None:
    with sender.speaking():
        batch = _delivered(delivery, sender.person)
    return batch.pk if batch else None


def _delivered(delivery: Delivery, by: User) -> ImportBatch | None:
    """Return the batch of a file that is still to be read; None where it was."""
    office = Area.objects.get(pk=delivery.office_id)
    earlier = ImportBatch.objects.filter(office=office, file_name=delivery.path.name)
    if earlier.filter(state=State.DONE).exists():
        return None
    batch: ImportBatch | None = earlier.unfinished().first()
    if batch is None:
        with delivery.path.open("rb") as file:
            batch = inbox.deliver(
                file,
                name=delivery.path.name,
                kind=delivery.kind,
                office=office,
                by=by,
                as_of=delivery.as_of,
            )
    return batch


def _read(batch_id: int, sender: Sender, before: Event, stored: Event) -> bool:
    """Read in a thread of the pool; False where the file is refused.

    before: set when the file before this one is stored.
    """
    try:
        with sender.speaking():
            # The marked file is written for the first who asks; few files of a demo are opened.
            batch = inbox.read(batch_id, mark=False, turn=_in_turn(before, stored))
            return batch.state != State.REFUSED
    finally:
        before.wait()
        stored.set()
        connections.close_all()


@contextmanager
def _in_turn(before: Event, stored: Event) -> Iterator[None]:
    before.wait()
    yield
    stored.set()
