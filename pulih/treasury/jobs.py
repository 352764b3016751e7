"""What nobody waits for. The tasks keep their names, so that what is queued still runs."""

from typing import Any

from procrastinate.contrib.django import app

from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.queueing import queue_once
from pulih.people.scope import speaking_as_system, speaking_for

from . import actions


def post_missing_soon(batch: ImportBatch, by: User) -> None:
    """Queue the posting of what a list holds and the ledger lacks."""
    _queue(post_missing, batch, by)


def compare_soon(batch: ImportBatch, by: User) -> None:
    """Queue the comparing of a large list with the ledger as it is now."""
    _queue(compare_again, batch, by)


def _queue(task: Any, batch: ImportBatch, by: User) -> None:
    job = task.configure(queueing_lock=f"{task.name}:{batch.pk}")
    queue_once(job, batch_id=batch.pk, person_id=by.pk)


@app.task(name="budget.post_missing")
def post_missing(batch_id: int, person_id: int) -> None:
    """Post a list's missing documents step by step; each step stands, so a killed job goes on."""
    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        batch = ImportBatch.objects.select_related("province").get(pk=batch_id)
        while not actions.post_missing(batch, by=person).is_done:
            continue


@app.task(name="budget.compare_again")
def compare_again(batch_id: int, person_id: int) -> None:
    """Compare a list with the ledger for the person who asked."""
    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        batch = ImportBatch.objects.select_related("province").get(pk=batch_id)
        actions.reconcile_again(batch, by=person)


@app.periodic(cron="5 * * * *")
@app.task(name="treasury.hand_over", queueing_lock="treasury.hand_over", pass_context=False)
def hand_over(timestamp: int) -> None:
    """Give payment requests that wait to who holds the posts today, every hour."""
    with speaking_as_system() as system:
        actions.hand_over_everywhere(system)
