"""Many writers at once, each with a connection of its own, posting as the pages and the API do."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, NamedTuple

PROCESSES = 4
PATIENCE = 600  # Seconds until all are connected; the machine may be busy.
DAY = date(2020, 6, 15)


class Posted(NamedTuple):
    """How fast documents were posted, how many, and what one cost the writers' processor."""

    per_second: float
    documents: int
    milliseconds: float


def postings(
    database: dict[str, Any],
    lines: list[tuple[int, int]],
    writers: int,
    seconds: float,
    promises: dict[int, int] | None = None,
) -> Posted:
    """Let `writers` post on (unit, line) pairs for some seconds.

    promises: what they draw on, by unit; None: free money.
    """
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(PROCESSES + 1), context.Queue()
    asked = (database, lines, promises or {}, writers // PROCESSES, seconds, start, results)
    every = [context.Process(target=_process, args=(n, *asked)) for n in range(PROCESSES)]
    for one in every:
        one.start()
    start.wait(PATIENCE)
    counts = [results.get(timeout=seconds + 120) for _one in every]
    for one in every:
        one.join()
    documents = max(1, sum(number for number, _took, _used in counts))
    used = sum(used for _number, _took, used in counts)
    rate = sum(number / took for number, took, _used in counts)
    return Posted(rate, documents, 1_000 * used / documents)


def _process(
    at: int,
    database: dict[str, Any],
    lines: list[tuple[int, int]],
    promises: dict[int, int],
    threads: int,
    seconds: float,
    start: Any,
    results: Any,
) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "pulih.config.settings"
    django.setup()
    from benchmarks.of_ledger.server import use

    use(database)
    with ThreadPoolExecutor(threads) as pool:
        ready = [pool.submit(_ready) for _n in range(threads)]
        units = ready[0].result()
        start.wait(PATIENCE)
        number, began, processed = 0, time.perf_counter(), time.process_time()
        until = began + seconds
        every = [
            pool.submit(_write, f"{at}-{n}", lines, units, promises, until) for n in range(threads)
        ]
        try:
            number = sum(one.result() for one in every)
        finally:
            took = time.perf_counter() - began
            results.put((number, took, time.process_time() - processed))


def _ready() -> dict[int, Any]:
    from pulih.budget.models import SpendingUnit
    from pulih.people.models import User
    from pulih.people.scope import speaking_for

    with speaking_for(User.objects.get(username="benchmark")):
        return {unit.pk: unit for unit in SpendingUnit.objects.select_related("province")}


def _write(
    name: str,
    lines: list[tuple[int, int]],
    units: dict[int, Any],
    promises: dict[int, int],
    until: float,
) -> int:
    """Pay out of the imprest, document after document, until the time is over."""
    from django.db import connection

    from pulih.budget import actions
    from pulih.budget.models import Promise
    from pulih.people.models import User
    from pulih.people.scope import speaking_for

    chance = random.Random(name)
    number = 0
    person = User.objects.get(username="benchmark")
    with speaking_for(person):
        while time.perf_counter() < until:
            unit, line = chance.choice(lines)
            number += 1
            actions.pay(
                units[unit],
                {line: chance.randint(1_000, 90_000)},
                number=f"{name}/{number}/{time.time_ns()}",
                fiscal_year=2020,
                effective_on=DAY,
                by=person,
                method="UP",
                promise=Promise(pk=promises[unit]) if promises else None,
            )
    connection.close()
    return number
