"""Jobs that are queued once, however often they are asked for."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from .scope import speaking_for

if TYPE_CHECKING:
    from procrastinate.jobs import JobDeferrer
    from procrastinate.tasks import Task

    from .models import User

# PostgreSQL went away, or its disk is full: no fault of what was being done, which waits for its
# next try.
AWAY = (OperationalError, InterfaceError)


def task(name: str) -> Task[Any, Any, Any]:
    """Return a task of some room's `jobs`, for the actions that queue it and that it calls.

    Raises KeyError: no room has such a task.
    """
    found: Task[Any, Any, Any] = app.tasks[name]
    return found


def queue_once(job: JobDeferrer, in_name_of: User | None = None, **about: Any) -> None:
    """Queue a job unless its twin waits.

    job: configured with a `queueing_lock`. in_name_of: the person whose id it holds, where another
    may be speaking: in their name only they queue. about: what the task is called with.
    """
    try:
        # The refusal of a second one must not spoil the transaction of the caller.
        with transaction.atomic(), speaking_for(in_name_of) if in_name_of else nullcontext():
            job.defer(**about)
    except AlreadyEnqueued:
        return
