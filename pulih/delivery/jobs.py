"""What the clock and the background do for delivery."""

from django.http import HttpRequest
from procrastinate.contrib.django import app

from pulih.inbox.jobs import QUEUE
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for

from .actions import list_files
from .actions.followups import open_rounds
from .clock import day_in, now
from .models import Activity

COUNTRY = 1


@app.periodic(cron="15 1 * * *")
@app.task(name="delivery.follow_ups", queueing_lock="delivery.follow_ups", pass_context=False)
def open_follow_ups(timestamp: int) -> None:
    """Open the rounds of follow-ups that have come, every night."""
    moment = now(HttpRequest())
    with speaking_as_system() as system:
        open_rounds(Activity.objects.all(), by=system, now=moment, today=day_in(COUNTRY, moment))


@app.task(name="delivery.read_list", queue=QUEUE)
def read_list(file_id: int, person_id: int) -> None:
    """Read one waiting file with a list to compare with, for the person who delivered it."""
    with speaking_for(User.objects.get(pk=person_id)):
        list_files.read(file_id)


@app.periodic(cron="* * * * *")
@app.task(name="delivery.take_up_lists", pass_context=False)
def take_up_lists(timestamp: int) -> None:
    """Queue every file with a list that waits, such as those of a killed worker."""
    with speaking_as_system() as system:
        for file in list_files.unread(system):
            if list_files.is_abandoned(file):
                list_files.end_abandoned(file, by=system)
            else:
                list_files.read_soon(file)
