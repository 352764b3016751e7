"""A waiting file is read, checked and stored whole, or not at all."""

import time
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from errno import ENOSPC
from io import BufferedIOBase

from django.db import transaction
from django.utils import timezone

from pulih.audit.actions import record, record_run
from pulih.common.errors import Message, Refusal
from pulih.common.identity_numbers import cut_in
from pulih.inbox import bulk, reading, receivers, uploads
from pulih.inbox.actions import storing, superseding
from pulih.inbox.models import OF_A_YEAR, BatchProgress, ImportBatch
from pulih.inbox.states import FILE
from pulih.inbox.watching import Stopped, Watch, is_being_read
from pulih.intake import Intake
from pulih.intake.in_child import Interrupted
from pulih.people.models import User
from pulih.people.permissions import Permission, may, require
from pulih.people.queueing import AWAY
from pulih.workflow.columns import move_row

MOST_ATTEMPTS = 3
_AT_ONCE = nullcontext()
LARGE = 100_000  # Rows from which the marked file is written by a job of its own.
_ABANDONED = Message(
    "Orang yang mengirim berkas ini tidak lagi berhak mengirim untuk kantor ini. Kirim lagi dengan "
    "akun yang berhak.",
    "The person who sent this file may no longer deliver for this office. Send it again from an "
    "account that may.",
)
GAVE_UP = Message(
    "Berkas ini tidak selesai dibaca karena gangguan pada Pulih. Tidak ada yang disimpan. Kirim "
    "lagi; bila terulang, hubungi administrator.",
    "This file could not be read to its end because of a fault in Pulih. Nothing was saved. Send "
    "it again; if it happens again, tell the administrator.",
)


def read(
    batch_id: int, *, mark: bool = True, turn: AbstractContextManager[object] = _AT_ONCE
) -> ImportBatch:
    """Read a waiting batch to its end and return it; what became of it is its state.

    mark: also write the office's own file with its problems marked, unless it is large, which
    takes longer than all the rest and is left to a job of its own.
    turn: held while it is stored, by who reads several at once and stores them in order.

    Whoever calls speaks for the person who delivered it. Nothing happens when the batch is
    finished or is being read by another process.
    """
    batch: ImportBatch = ImportBatch.objects.select_related("uploaded_by", "office").get(
        pk=batch_id
    )
    by: User = batch.uploaded_by
    require(by, Permission.DELIVER_FILES, batch.office)
    if not batch.is_unfinished:
        return batch
    with Watch(batch, by) as watch:
        if not watch.is_ours:
            return batch
        batch.refresh_from_db(fields=["state"])
        taken = _read_watched(batch, by, watch, turn) if batch.is_unfinished else None
    if taken and mark and batch.rows <= LARGE:
        # What cannot be marked was read all the same, and its page lists every problem.
        with suppress(Refusal):
            write_checked(batch, taken)
    return batch


def unfinished(by: User) -> list[ImportBatch]:
    """Return the batches that nobody reads though they wait: new, or of a killed reader."""
    waiting = ImportBatch.objects.visible_to(by).unfinished().order_by("id")
    return [batch for batch in waiting if not is_being_read(batch.pk)]


@transaction.atomic
def end_abandoned(batch: ImportBatch, *, by: User) -> None:
    """Refuse a waiting file in whose sender's name nothing can be read any more."""
    require(by, Permission.DELIVER_FILES, batch.office)
    _settle(batch, "refuse", _ABANDONED, by)


def _read_watched(
    batch: ImportBatch, by: User, watch: Watch, turn: AbstractContextManager[object]
) -> Intake | None:
    is_settled, taken = False, None
    try:
        _refuse_what_kills(batch)
        taken = _read_and_store(batch, by, watch, turn)
        is_settled = True
    except Interrupted:
        is_settled = True  # As below.
        raise
    except Refusal as refusal:
        _settle(batch, "refuse", refusal.message, by)
        is_settled = True
    except Stopped:
        _settle(batch, "stop", Message("", ""), by)
        is_settled = True
    except AWAY:
        is_settled = True  # It waits, and is taken up again: see `unfinished`.
        raise
    except OSError as failed:
        is_settled = failed.errno == ENOSPC  # Likewise.
        raise
    finally:
        if not is_settled:  # Our own fault: it still crashes, and the office still learns of it.
            _settle(batch, "fail", GAVE_UP, by)
    return taken


def _refuse_what_kills(batch: ImportBatch) -> None:
    """Refuse a file whose reading died several times, so that it is not tried for ever."""
    progress = BatchProgress.objects.filter(batch=batch).first()
    if progress and progress.attempts > MOST_ATTEMPTS:
        raise Refusal(GAVE_UP)


def _read_and_store(
    batch: ImportBatch, by: User, watch: Watch, turn: AbstractContextManager[object]
) -> Intake:
    started, begun = timezone.now(), time.perf_counter()
    _move_on(batch, "read")
    read_file = reading.read(batch, progress=watch.tell)
    with turn:
        _move_on(batch, "store")
        watch.told_at = 0
        watch.tell(read_file.rows.height, read_file.rows.height)
        _store(batch, read_file, by, started, begun)
    return read_file.taken


def write_checked(batch: ImportBatch, taken: Intake | None = None) -> None:
    """Write the office's own file with its problems marked, unless it is there. May refuse."""
    if not uploads.exists(batch.checked_name):
        taken = taken or reading.read(batch).taken
        batch.checked_name = reading.write_checked(batch, taken)
        batch.save(update_fields=["checked_name"])


def write_cut(batch: ImportBatch) -> None:
    """Write a copy of the same without whole numbers of persons, unless it is there. May refuse."""
    if not uploads.exists(reading.cut_name(batch)):
        reading.write_cut(batch, reading.read(batch).taken)


def is_marked_for(batch: ImportBatch, by: User) -> bool:
    """Say whether the marked file that `by` may have was written already."""
    if may(by, Permission.UNMASK_IDENTITY, batch.office):
        return uploads.exists(batch.checked_name)
    return uploads.exists(reading.cut_name(batch))


@transaction.atomic
def open_checked(batch: ImportBatch, *, by: User) -> BufferedIOBase:
    """Open the marked file as `by` may have it. May refuse.

    With the right to open numbers in the office's area: whole, and this is written down.
    Everybody else gets every number of a person cut, whoever delivered the file.
    """
    require(by, Permission.SEE_FILES, batch.office)
    if not may(by, Permission.UNMASK_IDENTITY, batch.office):
        write_cut(batch)
        return uploads.opened(reading.cut_name(batch))
    write_checked(batch)
    record(by, "inbox.open_checked", batch)
    return uploads.opened(batch.checked_name)


@transaction.atomic
def _store(
    batch: ImportBatch, read_file: reading.Read, by: User, started: datetime, begun: float
) -> None:
    """Store rows, problems and what the rooms make of them: all of it or nothing."""
    bulk.work_in_bulk()
    _describe(batch, read_file)
    rows = storing.add_rows(batch, read_file.rows)
    storing.add_problems(batch, read_file.taken.problems)
    superseded = superseding.supersede_older(batch)
    taken = rows.filter(rows["verdict"] != "rejected")
    handed = storing.for_rooms(batch, taken.drop("verdict", "is_elsewhere"))
    batch.effects = receivers.receive(batch, handed)
    superseding.tell(superseded)
    batch.seconds = round(time.perf_counter() - begun, 3)
    batch.save()
    counts = {**read_file.counts, "rows": batch.rows, **batch.effects}
    record_run("inbox.read", by=by, input_sha256=batch.sha256, started_at=started, counts=counts)


def _describe(batch: ImportBatch, read_file: reading.Read) -> None:
    """Write on the batch what was read, and that it stands, before the rooms look at it."""
    summary = read_file.taken.summary
    batch.kind = read_file.taken.kind
    batch.rows = read_file.rows.height
    for name, number in read_file.counts.items():
        setattr(batch, name, number)
    found = summary["columns"]
    batch.recognised = {sheet: _cut_headings(one) for sheet, one in found["recognised"].items()}
    batch.unknown = [cut_in(heading) for heading in found["unknown"]]
    batch.layout = reading.layout(read_file.taken)
    scheme = summary.get("scheme") or ""
    batch.scheme = scheme if isinstance(scheme, str) else "+".join(scheme)[:10]
    if batch.kind in OF_A_YEAR:
        batch.fiscal_year = batch.fiscal_year or batch.as_of.year
    move_row(FILE, batch, "finish")
    batch.problem_indonesian = batch.problem_en = ""
    batch.save()


def _cut_headings(columns: dict[str, str]) -> dict[str, str]:
    """Return what headings stand for; a heading may be the first row of a list without any."""
    return {cut_in(heading): column for heading, column in columns.items()}


def _move_on(batch: ImportBatch, move: str) -> None:
    move_row(FILE, batch, move)
    batch.save(update_fields=["state"])


def _settle(batch: ImportBatch, move: str, why: Message, by: User) -> None:
    """Write down that a batch ended without being stored, and why."""
    kept = ImportBatch.objects.get(pk=batch.pk)
    move_row(FILE, kept, move)
    kept.problem_indonesian, kept.problem_en = why.id, why.en
    kept.is_newest = False
    kept.save()
    batch.refresh_from_db()
    record(by, f"inbox.{batch.state}", batch)
