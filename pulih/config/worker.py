"""The background worker's process: `python -m pulih.config.worker`."""

from __future__ import annotations

import asyncio

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from pulih.config import settings
from pulih.config.children import end_with_parent
from pulih.config.stalled_jobs import take_up_again


def main() -> None:
    end_with_parent()
    django.setup()
    asyncio.run(_work())


async def _work() -> None:
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()):
        async with app.open_async():
            # Alone on an embedded server: whatever is still "doing" lost its worker.
            await take_up_again(0 if settings.IS_EMBEDDED else 30)
            await app.run_worker_async(concurrency=settings.JOBS_AT_ONCE)


if __name__ == "__main__":
    main()
