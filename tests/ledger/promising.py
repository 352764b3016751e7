"""What a killed and revived process of writers brings: money promised, drawn, released, moved."""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

DAY = date(2020, 6, 15)
PROMISES, LARGEST = 5, 900
LONGEST_SECONDS = 120
AGAIN = 5
"""Papers that a revived writer brings once more though they were answered."""
ACTS = ("reserve", "reserve", "reserve", "commit", "commit", "release", "revise", "refocus")


def write(
    database: dict[str, Any], lines: list[int], writers: range, papers: int, answers: Path
) -> None:
    """Bring the papers of some writers and note each answer."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "pulih.config.settings"
    django.setup()
    from benchmarks.of_ledger.server import use

    use(database)
    done = _answered(answers)
    with ThreadPoolExecutor(len(writers)) as pool:
        every = [
            pool.submit(
                _bring_all, n, lines, range(max(0, done.get(n, 0) - AGAIN), papers), answers
            )
            for n in writers
        ]
        for one in every:
            one.result()


def _answered(answers: Path) -> dict[int, int]:
    """Return how many papers each writer has the answers of."""
    done: dict[int, int] = {}
    for line in answers.read_text().splitlines():
        writer, number = map(int, line.split()[0].split("-"))
        done[writer] = max(done.get(writer, 0), number + 1)
    return done


def _bring_all(writer: int, lines: list[int], numbers: range, answers: Path) -> None:
    from django.db import connection

    for number in numbers:
        name = f"{writer}-{number}"
        moved = _until_answered(name, lines)
        with answers.open("a") as file:
            file.write(f"{name} {' '.join(moved) or '-'}\n")
    connection.close()


def _until_answered(name: str, lines: list[int]) -> list[str]:
    """Return what a paper moved, nothing if it was refused; ask again while the server is down."""
    from django.db import InterfaceError, OperationalError, connection, transaction

    from pulih.common.errors import Refusal
    from pulih.people.scope import speaking_as_system

    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until:
        try:
            with speaking_as_system() as by, transaction.atomic():
                return _brought(name, lines, by)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.05)  # The server is getting up.
        except Refusal:
            return []
    raise AssertionError(f"{name} was never answered")


def _brought(name: str, lines: list[int], by: Any) -> list[str]:
    """Bring one paper: which act, on what and of how much follows from its name alone."""
    from pulih.budget import actions
    from pulih.budget.models import BudgetLine, Promise

    chance = random.Random(name)
    act, line, rupiah = chance.choice(ACTS), chance.choice(lines), chance.randint(1, LARGEST)
    number = f"P-{chance.randint(1, PROMISES)}"
    unit = BudgetLine.objects.select_related("unit__province").get(pk=line).unit
    known = {"fiscal_year": 2020, "effective_on": DAY, "by": by}
    if act == "reserve":
        subject = actions.Subject("proposals", number, "Bimtek")
        actions.reserve(unit, {line: rupiah}, subject=subject, number=f"SK {name}", **known)
        return [f"reservation:{line}:{rupiah}"]
    promise = Promise.objects.select_related("unit__province").filter(number=number).first()
    if act == "commit":
        actions.commit(unit, {line: rupiah}, number=f"K {name}", promise=promise, **known)
        return [f"commitment:{line}:{rupiah}"]
    if act == "release":
        if promise is None:
            return []
        actions.unreserve(
            promise, {line: rupiah}, number=f"L {name}", effective_on=DAY, reason="batal", by=by
        )
        return [f"reservation:{line}:{-rupiah}"]
    other = chance.choice([one for one in lines if one != line])
    moved = {line: -rupiah, other: rupiah}
    if act == "revise":
        moved = {line: chance.choice((-1, 3, 3, 3)) * rupiah}
    _refocus(unit, moved, f"R {name}", known)
    return [f"ceiling:{line}:{rupiah}" for line, rupiah in moved.items()]


def _refocus(unit: Any, moved: dict[int, int], number: str, known: dict[str, Any]) -> None:
    """Lower and raise ceilings; release what the lower ones take from promises, as revisions do."""
    from pulih.budget import actions
    from pulih.budget.models import BudgetLine, Posting, SpendingUnit
    from pulih.budget.reads.promises import broken_by

    SpendingUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if Posting.objects.filter(document_number=number).exists():
        return
    ceilings = {
        one.pk: one.ceiling + moved[one.pk] for one in BudgetLine.objects.filter(pk__in=moved)
    }
    for at, broken in enumerate(broken_by(ceilings)):
        actions.unreserve(
            broken.promise, {broken.line_id: broken.rupiah}, number=f"{number} / J{at}",
            effective_on=DAY, reason="Pagu baris turun.", by=known["by"],
        )  # fmt: skip
    movements = [actions.Movement(line, "ceiling", rupiah) for line, rupiah in moved.items()]
    actions.post(kind="revision", number=number, unit=unit, movements=movements, **known)
