"""What the background does for the inbox; each job wraps one action and speaks for its person."""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pulih.common import drafts
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.people.scope import speaking_as_system, speaking_for

from . import actions, uploads
from .models import ImportBatch

QUEUE = "files"  # Taken by a worker of its own, so that a slow file holds up nothing else.


def read_soon(batch: ImportBatch) -> None:
    """Queue the reading of a batch; once, however often it is asked."""
    _queue(read, batch, f"inbox.read:{batch.pk}")


def mark_soon(batch: ImportBatch) -> None:
    """Queue the writing of the marked file of a large list; once, however often it is asked."""
    _queue(mark, batch, f"inbox.mark:{batch.pk}")


def _queue(task: Any, batch: ImportBatch, lock: str) -> None:
    try:
        with transaction.atomic():  # The refusal of a second one must not spoil the caller's.
            job = task.configure(queueing_lock=lock)
            with speaking_for(batch.uploaded_by):  # In that name only that person queues.
                job.defer(batch_id=batch.pk, person_id=batch.uploaded_by_id)
    except AlreadyEnqueued:
        return


@app.task(name="inbox.read", queue=QUEUE)
def read(batch_id: int, person_id: int) -> None:
    """Read one waiting file for the person who delivered it."""
    with speaking_for(User.objects.get(pk=person_id)):
        batch = actions.read(batch_id)
    if batch.rows and not batch.checked_name:
        mark_soon(batch)


@app.task(name="inbox.mark", queue=QUEUE)
def mark(batch_id: int, person_id: int) -> None:
    """Write the marked file of a list, whole and cut, for the person who delivered it."""
    with speaking_for(User.objects.get(pk=person_id)):
        batch = ImportBatch.objects.get(pk=batch_id)
        actions.write_checked(batch)
        actions.write_cut(batch)


@app.periodic(cron="* * * * *")
@app.task(name="inbox.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    """Queue every batch that waits and that nobody reads, such as those of a killed worker."""
    drafts.sweep(uploads.folder())
    with speaking_as_system() as system:
        for batch in actions.unfinished(system):
            if may(batch.uploaded_by, Permission.DELIVER_FILES, batch.office):
                read_soon(batch)
            else:
                actions.end_abandoned(batch, by=system)
