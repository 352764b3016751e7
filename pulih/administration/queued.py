"""Whether a job is still to come. What waits for a lost one would wait for ever."""

from __future__ import annotations

from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.common.errors import Message

TO_COME = ("todo", "doing")
# A job speaks for its person: it would fail each minute, and what waits would wait for ever.
NO_LONGER = Message(
    "Orang yang memintanya tidak lagi berhak melakukannya. Minta sekali lagi.",
    "The person who asked for this may no longer do it. Ask for it again.",
)


def is_queued(task: str, **about: int) -> bool:
    """Tell whether a job of this task about these things waits or is being done.

    A job is lost where its workers were killed several times, so that it was given up, and where
    PostgreSQL died under it, so that not even its failure could be written down.
    """
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=TO_COME)
    return jobs.filter(args__contains=about).exists()
