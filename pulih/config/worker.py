"""The background worker's process: `python -m pulih.config.worker`.

It takes every job but the reading of files, which has a worker of its own
(`python -m pulih.config.file_worker`), so that no file can hold up anything else.
"""

from __future__ import annotations

import asyncio

from django.db import DEFAULT_DB_ALIAS
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from pulih.config import settings
from pulih.config.children import end_with_parent
from pulih.config.faults import end_if_refused
from pulih.config.stalled_jobs import take_up_again
from pulih.config.start import set_up

QUEUE = "default"
LONGEST_WAIT = 10.0  # Seconds for a connection; a worker that has none ends, and is started again.


def main() -> None:
    work(QUEUE, settings.JOBS_AT_ONCE)


def work(queue: str, at_once: int) -> None:
    """Take the jobs of one queue until told to end."""
    end_with_parent()
    end_if_refused()
    set_up()
    asyncio.run(_work(queue, at_once))


class WorkerConnector(PsycopgConnector):
    """Procrastinate's own connections for its own work, and Django's for what a job queues.

    So a job queues others in its own transaction and in the name that it speaks for, as pages do.
    Its own connections speak for nobody, and PostgreSQL lets nobody queue in a person's name.
    """

    def __init__(self) -> None:
        super().__init__(kwargs=connector_params(DEFAULT_DB_ALIAS), timeout=LONGEST_WAIT)

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector(DEFAULT_DB_ALIAS)


async def _work(queue: str, at_once: int, *, wait: bool = True) -> None:
    """Take jobs until told to end; without `wait` until none is left."""
    with app.replace_connector(WorkerConnector()):
        async with app.open_async():
            # Alone on an embedded server: whatever is still "doing" here lost its worker.
            await take_up_again(0 if settings.IS_EMBEDDED else 30, queue)
            from pulih.administration.failures import keep_why

            await app.run_worker_async(
                queues=[queue],
                name=queue,
                concurrency=at_once,
                worker_middleware=[keep_why],
                wait=wait,
            )


if __name__ == "__main__":
    main()
