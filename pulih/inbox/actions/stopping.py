"""A file is stopped while it is read, withdrawn after it was stored, or made to count again."""

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox import receivers
from pulih.inbox.models import BatchProgress, ImportBatch, State
from pulih.inbox.states import FILE
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.columns import move_row


@transaction.atomic
def stop(batch: ImportBatch, *, by: User) -> None:
    """Ask the reader to stop; one that waits is withdrawn at once. May refuse."""
    require(by, Permission.DELIVER_FILES, batch.office)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not batch.is_unfinished:
        raise Refusal(_("This file is no longer being read. Withdraw it instead."))
    BatchProgress.objects.filter(batch=batch).update(stop_asked=True)
    if batch.state == State.RECEIVED:
        move_row(FILE, batch, "stop")
        batch.is_newest = False
        batch.save(update_fields=["state", "is_newest"])
    record(by, "inbox.stop", batch)


@transaction.atomic
def withdraw(batch: ImportBatch, *, by: User) -> None:
    """Let a stored file no longer count, and the one it had corrected count again. May refuse.

    Nothing is deleted: rows, problems and lineage stay, and `restore` undoes it.
    """
    require(by, Permission.DELIVER_FILES, batch.office)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    FILE.move(batch.state, "withdraw")
    if not batch.is_newest:
        raise Refusal(_("A corrected file has taken its place. Withdraw that one first."))
    move_row(FILE, batch, "withdraw")
    batch.is_newest = False
    batch.save(update_fields=["state", "is_newest"])
    _count_earlier(batch, counts=True)
    receivers.withdraw(batch)
    record(by, "inbox.withdraw", batch)


@transaction.atomic
def restore(batch: ImportBatch, *, by: User) -> None:
    """Let a withdrawn file count again. May refuse."""
    require(by, Permission.DELIVER_FILES, batch.office)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _refuse_what_cannot_return(batch)
    move_row(FILE, batch, "restore")
    batch.is_newest = True
    batch.save(update_fields=["state", "is_newest"])
    _count_earlier(batch, counts=False)
    receivers.restore(batch)
    record(by, "inbox.restore", batch)


def _refuse_what_cannot_return(batch: ImportBatch) -> None:
    FILE.move(batch.state, "restore")
    if not batch.rows:
        raise Refusal(_("Only a withdrawn file that was read to its end can be restored."))
    again = ImportBatch.objects.active().filter(
        office=batch.office_id, sha256=batch.sha256, reading=batch.reading
    )
    if again.exists():
        raise Refusal(_("The same file was delivered again since. That one counts now."))
    if batch.superseded_by.filter(state=State.DONE).exists():
        raise Refusal(_("A corrected file has taken its place. Withdraw that one first."))
    if not receivers.can_restore(batch):
        raise Refusal(_("What this file had posted was reversed. Send the file again instead."))


def _count_earlier(batch: ImportBatch, *, counts: bool) -> None:
    earlier = batch.supersedes
    if earlier and earlier.state == State.DONE:
        earlier.is_newest = counts
        earlier.save(update_fields=["is_newest"])
