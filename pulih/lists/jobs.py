"""What the background does for lists: it writes the files that nobody should wait for."""

from django.utils import timezone
from procrastinate.contrib.django import app

from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for

from . import downloads
from .models import Download, State


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
            downloads.make_soon(download)
