"""What the clock does for personal data: deleting what was kept long enough."""

from django.http import HttpRequest
from procrastinate.contrib.django import app

from pulih.delivery.clock import day_in, now
from pulih.people.scope import speaking_as_system

from . import retention

COUNTRY = 1


@app.periodic(cron="45 1 * * *")
@app.task(name="privacy.delete_due", queueing_lock="privacy.delete_due", pass_context=False)
def delete_due(timestamp: int) -> None:
    """Delete what is due, every night."""
    with speaking_as_system() as system:
        retention.delete_due(day_in(COUNTRY, now(HttpRequest())), by=system)
