"""The background worker's process: `python -m pulih.config.worker`.

It takes every job but the reading of files, which has a worker of its own
(`python -m pulih.config.file_worker`), so that no file can hold up anything else.
"""

from __future__ import annotations

import asyncio

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from pulih.config import settings
from pulih.config.children import end_with_parent
from pulih.config.stalled_jobs import take_up_again

QUEUE = "default"


def main() -> None:
    work(QUEUE, settings.JOBS_AT_ONCE)


def work(queue: str, at_once: int) -> None:
    """Take the jobs of one queue until told to end."""
    end_with_parent()
    django.setup()
    asyncio.run(_work(queue, at_once))


async def _work(queue: str, at_once: int) -> None:
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()):
        async with app.open_async():
            # Alone on an embedded server: whatever is still "doing" here lost its worker.
            await take_up_again(0 if settings.IS_EMBEDDED else 30, queue)
            from pulih.administration.failures import keep_why

            await app.run_worker_async(
                queues=[queue], name=queue, concurrency=at_once, worker_middleware=[keep_why]
            )


if __name__ == "__main__":
    main()
