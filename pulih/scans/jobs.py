"""What the background does for scans: it reads them, one after the other."""

from django.utils import timezone
from procrastinate.contrib.django import app

from pulih.areas.rows import area_of
from pulih.inbox.jobs import QUEUE
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.people.queueing import queue_once
from pulih.people.scope import speaking_as_system, speaking_for

from . import actions
from .models import ScanFile


def read_soon(file: ScanFile) -> None:
    """Queue the reading of a scan; once, however often it is asked."""
    job = read.configure(queueing_lock=f"scans.read:{file.pk}", lock=f"scan:{file.pk}")
    queue_once(job, file.brought_by, file_id=file.pk, person_id=file.brought_by_id)


@app.task(name="scans.read", queue=QUEUE)
def read(file_id: int, person_id: int) -> None:
    """Read one waiting scan for the person who brought it."""
    with speaking_for(User.objects.get(pk=person_id)):
        actions.read(file_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="scans.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    """Queue every scan that waits, such as those of a killed worker."""
    with speaking_as_system() as system:
        for file in actions.unread(system):
            if may(file.brought_by, Permission.DELIVER_FILES, area_of(file)):
                read_soon(file)
            else:
                actions.end_abandoned(file, by=system)
