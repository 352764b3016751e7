"""A large file with a list to compare with: kept, read in the background, and forgotten.

All of it counts or nothing: the rows go to a temporary table, and become a list in the one
transaction that also ends the waiting of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self

import polars as pl
from django.core.files.base import File
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Fault, Message, Refusal
from pulih.common.identity_numbers import cut_in
from pulih.inbox import bulk, uploads
from pulih.inbox.actions.reading import GAVE_UP
from pulih.intake.in_child import Interrupted
from pulih.people.models import User
from pulih.people.permissions import Permission, may, require
from pulih.people.queueing import queue_once, task
from pulih.people.scope import SAY, speaking_for, spoken_for

from ..models import ComparisonList, ListFile, ListFileState
from ..reads.list_files import Rows
from ..rules.comparison import unusable
from . import comparisons

MOST_ATTEMPTS = 3
PIECE_ROWS = 50_000
KEPT_FAULTS = 20
ENDING = ".list"  # Sets these files apart from other rooms', so that they can go.
ABANDONED = Message(
    "Orang yang mengirim berkas ini tidak lagi berhak mengirim daftar. Kirim lagi dengan akun yang "
    "berhak.",
    "The person who sent this file may no longer deliver lists. Send it again from an account "
    "that may.",
)
TELL = "UPDATE delivery_listfile SET rows_read = %s, rows_expected = %s WHERE id = %s"


@transaction.atomic
def deliver(
    *, kind: str, source: str, as_of: date, covers: Sequence[Area], file: File[bytes], by: User,
    now: datetime, today: date, is_part: bool = False,
) -> ListFile:  # fmt: skip
    """Keep a file, encrypted, and have it read in the background. As `comparisons.take_in`."""
    owner = comparisons.owner_of(covers, as_of, by=by, today=today)
    keys = sorted(one.pk for one in covers)
    if is_part and not _waiting().filter(kind=kind, as_of=as_of, covers=keys).exists():
        comparisons.first_part(kind, as_of, keys, owner)
    name = "".join(sign for sign in file.name or "" if sign.isprintable())[-200:]
    stored = uploads.store(file, name, ENDING)
    made = ListFile(
        kind=kind, source=source, as_of=as_of, covers=keys, province=owner, is_part=is_part,
        file_name=name, sha256=stored.sha256, size_bytes=stored.size_bytes,
        stored_name=stored.name, delivered_by=by, delivered_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Refusal(_("This file is being read already. Nothing was changed.")) from error
    record(by, "delivery.bring_list_file", made, sha256=stored.sha256)
    read_soon(made)
    return made


def read_soon(file: ListFile) -> None:
    """Queue the reading of a file once; all are read in turn: a part comes after the first."""
    job = task("delivery.read_list").configure(
        queueing_lock=f"delivery.read_list:{file.pk}", lock="delivery.lists"
    )
    queue_once(job, file.delivered_by, file_id=file.pk, person_id=file.delivered_by_id)


def unread(by: User) -> list[ListFile]:
    """Return the files that wait to be read, the first that came first."""
    return list(_waiting().visible_to(by).select_related("delivered_by", "province").order_by("pk"))


def read(file_id: int) -> ListFile:
    """Read a waiting file to its end and return it; what became of it is its state.

    Whoever calls speaks for the person who delivered it. Nothing happens to a file that was read.
    """
    file: ListFile = ListFile.objects.select_related("delivered_by", "province").get(pk=file_id)
    by = file.delivered_by
    require(by, Permission.RUN_ACTIVITIES, file.province)
    if file.state != ListFileState.WAITING:
        return file
    ListFile.objects.filter(pk=file.pk).update(attempts=F("attempts") + 1)
    faults = _Faults()
    try:
        if file.attempts >= MOST_ATTEMPTS:
            raise Refusal(GAVE_UP)
        return _read_and_keep(file, faults, by)
    except Interrupted:
        raise  # It waits, and is taken up again.
    except Refusal as refusal:
        return _refuse(file, refusal.message, by, faults)


@transaction.atomic
def end_abandoned(file: ListFile, *, by: User) -> None:
    """Refuse a waiting file in whose sender's name nothing can be read any more."""
    require(by, Permission.RUN_ACTIVITIES, file.province)
    _refuse(file, ABANDONED, by)


def is_abandoned(file: ListFile) -> bool:
    return not may(file.delivered_by, Permission.RUN_ACTIVITIES, file.province)


@transaction.atomic
def _read_and_keep(file: ListFile, faults: _Faults, by: User) -> ListFile:
    bulk.work_in_bulk()
    with _Telling(file, by) as tell:
        comparisons.copy(_pieces(Rows(file), faults, tell))
    if faults.count:
        raise Refusal(unusable(faults.count))
    with speaking_for(by):  # Anew: a long file outlives a proof.
        locked: ListFile = ListFile.objects.select_for_update().get(pk=file.pk)
        if locked.state != ListFileState.WAITING:  # Another worker was quicker.
            return locked
        locked.made = comparisons.keep_copied(_list_of(locked), by=by)
        locked.state = ListFileState.DONE
        locked.save()
        _forget_content(locked)
    return locked


def _list_of(file: ListFile) -> ComparisonList:
    about: dict[str, Any] = {
        name: getattr(file, name)
        for name in (
            *("kind", "source", "as_of", "covers", "province"),
            *("sha256", "delivered_by", "delivered_at"),
        )
    }
    first = None
    if file.is_part:
        first = comparisons.first_part(file.kind, file.as_of, file.covers, file.province)
    return ComparisonList(**about, part_of=first)


def _pieces(rows: Rows, faults: _Faults, tell: _Telling) -> Iterator[pl.DataFrame]:
    """Yield the rows as they are kept, some at a time; after a fault it only looks for others."""
    waiting: list[dict[str, Any]] = []
    count = 0
    for one in rows:
        if isinstance(one, Fault):
            faults.add(one)
            continue
        count += 1
        waiting.append(one)
        if len(waiting) == PIECE_ROWS:
            if not faults.count:
                yield comparisons.entries_of(waiting, count - PIECE_ROWS)
            waiting = []
            tell(count, rows.expected)
    if waiting and not faults.count:
        yield comparisons.entries_of(waiting, count - len(waiting))


def _refuse(file: ListFile, why: Message, by: User, faults: _Faults | None = None) -> ListFile:
    faults = faults or _Faults()
    with transaction.atomic():
        file.state = ListFileState.REFUSED
        file.problem_indonesian, file.problem_en = why.id[:400], why.en[:400]
        file.fault_count, file.faults = faults.count, faults.kept
        file.save(
            update_fields=["state", "problem_indonesian", "problem_en", "faults", "fault_count"]
        )
        record(by, "delivery.refuse_list_file", file, faults=faults.count)
        _forget_content(file)
    return file


def _forget_content(file: ListFile) -> None:
    """Delete what was delivered once this transaction stands, unless another reading needs it."""

    def remove() -> None:
        if not _waiting().filter(stored_name=file.stored_name).exists():
            uploads.remove(file.stored_name)

    transaction.on_commit(remove)


def _waiting() -> Any:
    return ListFile.objects.filter(state=ListFileState.WAITING)


class _Faults:
    """What is wrong in a file: how much, and the first of it with long numbers cut."""

    def __init__(self) -> None:
        self.count = 0
        self.kept: list[list[str]] = []

    def add(self, fault: Fault) -> None:
        self.count += 1
        if len(self.kept) < KEPT_FAULTS:
            self.kept.append([cut_in(fault.message.id), cut_in(fault.message.en)])


class _Telling:
    """A connection beside the one that stores, which writes down how far the reading is."""

    def __init__(self, file: ListFile, by: User) -> None:
        self.key, self.by = file.pk, by
        self.beside = connection.copy()

    def __enter__(self) -> Self:
        return self

    def __call__(self, rows: int, expected: int) -> None:
        with self.beside.cursor() as cursor:
            cursor.execute(SAY, spoken_for(self.by))
            cursor.execute(TELL, [rows, max(rows, expected), self.key])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.beside.close()
