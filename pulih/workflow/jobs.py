"""What the clock does for tasks: mail, late duties, a calendar that changed."""

from django.utils import timezone
from procrastinate.contrib.django import app

from pulih.people.scope import speaking_as_system

from . import clock
from .actions.escalating import escalate, follow_the_calendar, remind
from .actions.mail import gather, send_waiting
from .sending import forget_old


@app.periodic(cron="* * * * *")
@app.task(name="workflow.send", queueing_lock="workflow.send", pass_context=False)
def send(timestamp: int) -> None:
    """Gather notices into mails and send what waits, every minute."""
    with speaking_as_system():
        gather(timezone.now())
        send_waiting(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="workflow.watch", queueing_lock="workflow.watch", pass_context=False)
def watch(timestamp: int) -> None:
    """Follow the table of holidays, then tell of duties on their last day and of late ones."""
    with speaking_as_system() as system:
        follow_the_calendar()
        remind(by=system, now=clock.now())
        escalate(by=system, now=clock.now())


@app.periodic(cron="41 2 * * *")
@app.task(name="workflow.forget_sent_forms", pass_context=False)
def forget_sent_forms(timestamp: int) -> None:
    """Each night: forget which forms were sent more than thirty days ago."""
    with speaking_as_system():
        forget_old()
