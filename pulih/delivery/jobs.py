"""What the clock does for delivery: asking those who were trained, when their time has come."""

from django.http import HttpRequest
from procrastinate.contrib.django import app

from pulih.people.scope import speaking_as_system

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
