"""Jobs for tests, in whatever state a worker would have left them."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.people.scope import speaking_as_system


def job(status: str = "todo", task: str = "workflow.send", **asked) -> ProcrastinateJob:
    """Queue a job, and leave it in `status` as a worker does."""
    with speaking_as_system():
        key = app.configure_task(task, **asked).defer(timestamp=0)
    if status != "todo":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [key])
            if status != "doing":
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, key]
                )
    return ProcrastinateJob.objects.get(pk=key)
