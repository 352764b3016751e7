"""What one killed and revived process of writers does: bring papers until each is answered."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

LONGEST_SECONDS = 120
"""No paper may wait longer for its answer, however often the server died."""


def write(
    database: dict[str, Any], lines: list[int], writers: range, papers: int, answers: Path
) -> None:
    """Bring the papers of some writers, all from the first one on, and note each answer.

    A process that was killed remembers nothing: revived, it brings everything again.
    """
    at_once(database, writers, lambda n: _bring(n, lines, papers, answers))


def at_once(database: dict[str, Any], writers: range, bring: Callable[[int], None]) -> None:
    """Let each writer of a new process bring what is theirs, in a thread of its own."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "pulih.config.settings"
    django.setup()
    from benchmarks.of_ledger.server import use

    use(database)
    with ThreadPoolExecutor(len(writers)) as pool:
        for done in [pool.submit(bring, n) for n in writers]:
            done.result()


def when_it_is_up(name: str, ask: Callable[[], bool]) -> bool:
    """Return what is answered; ask again while the server is down."""
    from django.db import InterfaceError, OperationalError, connection

    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.05)  # The server is getting up.
    raise AssertionError(f"{name} was never answered")


def _bring(writer: int, lines: list[int], papers: int, answers: Path) -> None:
    from django.db import connection

    for number in range(papers):
        # Two neighbours bring the same paper now and then.
        name = f"K-{writer // 2}-{number}" if number % 5 == 0 else f"K-{writer}-{number}-own"
        chance = random.Random(name)
        line, rupiah = chance.choice(lines), chance.randint(1, 900)
        passed = _answered(name, line, rupiah)
        with answers.open("a") as file:
            file.write(f"{name} {rupiah if passed else 0}\n")
    connection.close()


def _answered(name: str, line: int, rupiah: int) -> bool:
    """Say whether a payment out of the imprest passed."""
    from benchmarks.of_ledger.writers import DAY
    from pulih.budget import actions
    from pulih.budget.models import BudgetLine
    from pulih.common.errors import Refusal
    from pulih.people.scope import speaking_as_system

    def ask() -> bool:
        try:
            with speaking_as_system() as by:
                unit = BudgetLine.objects.select_related("unit__province").get(pk=line).unit
                actions.pay(
                    unit, {line: rupiah}, number=name, fiscal_year=2020, effective_on=DAY,
                    by=by, method="UP",
                )  # fmt: skip
        except Refusal:
            return False
        return True

    return when_it_is_up(name, ask)
