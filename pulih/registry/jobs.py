"""What the background does for the register; each job wraps one action."""

from procrastinate.contrib.django import app

from pulih.common import drafts
from pulih.people.models import User
from pulih.people.queueing import queue_once
from pulih.people.scope import speaking_for

from .models import LinkRun


def link_soon(run: LinkRun) -> None:
    """Queue the linking of a batch; once, however often it is asked."""
    queue_once(link.configure(queueing_lock=f"registry.link:{run.batch_id}"), batch_id=run.batch_id)


def relink_soon(by: User) -> None:
    """Queue the linking of the whole register; once, however often it is asked."""
    queue_once(relink.configure(queueing_lock="registry.relink"), person_id=by.pk)


def learn_soon(by: User) -> None:
    """Queue the learning from people's answers; once, however often it is asked."""
    queue_once(learn.configure(queueing_lock="registry.learn"), person_id=by.pk)


@app.task(name="registry.link")
def link(batch_id: int) -> None:
    """Link what one batch brought."""
    from . import actions

    actions.link_batch(batch_id)


@app.task(name="registry.relink")
def relink(person_id: int) -> None:
    """Link the whole register for the person who asked."""
    from . import actions

    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        actions.relink(by=person)


@app.task(name="registry.learn")
def learn(person_id: int) -> None:
    """Learn from the answers for the person who asked."""
    from . import actions

    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        actions.learn(by=person)


@app.periodic(cron="* * * * *")
@app.task(name="registry.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    """Queue every batch that waits and that nobody links, such as those of a killed worker."""
    from . import prepared
    from .actions import linking

    drafts.sweep(prepared.folder())
    linking.end_dead()
    for run in linking.unfinished():
        link_soon(run)
