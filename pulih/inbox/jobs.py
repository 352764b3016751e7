"""What the background does for the inbox; each job wraps one action and speaks for its person."""

from procrastinate.contrib.django import app

from pulih.common import drafts
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.people.queueing import queue_once
from pulih.people.scope import speaking_as_system, speaking_for

from . import actions, uploads
from .models import ImportBatch

QUEUE = "files"  # Taken by a worker of its own, so that a slow file holds up nothing else.


def read_soon(batch: ImportBatch) -> None:
    """Queue the reading of a batch; once, however often it is asked."""
    by = batch.uploaded_by
    job = read.configure(queueing_lock=f"inbox.read:{batch.pk}")
    queue_once(job, by, batch_id=batch.pk, person_id=by.pk)


def mark_soon(batch: ImportBatch) -> None:
    """Queue the writing of the marked file of a large list; once, however often it is asked."""
    by = batch.uploaded_by
    job = mark.configure(queueing_lock=f"inbox.mark:{batch.pk}")
    queue_once(job, by, batch_id=batch.pk, person_id=by.pk)


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
