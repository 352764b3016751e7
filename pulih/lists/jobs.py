"""What the background does for lists: it writes the files that nobody should wait for."""

from django.utils import timezone
from procrastinate.contrib.django import app

from pulih.people.models import User
from pulih.people.queueing import queue_once
from pulih.people.scope import speaking_as_system, speaking_for

from . import downloads
from .models import Download, State


def make_soon(download: Download) -> None:
    """Queue the writing of a file; once, however often it is asked."""
    key = f"lists.download:{download.pk}"
    job = make.configure(queueing_lock=key, lock=key)
    queue_once(job, download.person, download_id=download.pk, person_id=download.person_id)


@app.task(name="lists.make_download")
def make(download_id: int, person_id: int) -> None:
    """Write one file for the person who asked."""
    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        downloads.make(download_id, by=person)


@app.periodic(cron="* * * * *")
@app.task(name="lists.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    """Delete what is a day old, and queue what waits, such as the files of a killed worker."""
    with speaking_as_system():
        downloads.clear(timezone.now())
        for download in Download.objects.filter(state=State.WAITING).select_related("person"):
            make_soon(download)
