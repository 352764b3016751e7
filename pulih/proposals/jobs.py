"""What the clock does for proposals."""

from procrastinate.contrib.django import app

from pulih.people.scope import speaking_as_system

from .actions import review_tasks


@app.periodic(cron="17 * * * *")
@app.task(name="proposals.open_review_tasks", queueing_lock="proposals.open_review_tasks")
def open_review_tasks(timestamp: int) -> None:
    """Give reviewers who were named by an earlier version the task that they lack."""
    with speaking_as_system() as system:
        review_tasks.open_missing(by=system)
