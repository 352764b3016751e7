"""What a killed and revived process of offices brings: seats by decree, and goods that move."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.ledger.writing import when_it_is_up

DAY = date(2020, 6, 22)
NOW = datetime(2020, 6, 22, 5, tzinfo=UTC)
KINDS = ("bought", "issued", "issued", "returned", "lost", "handed over", "handed over")
LARGEST = 400


def write(
    database: dict[str, Any], keys: list[int], writers: range, papers: int, answers: Path
) -> None:
    """Bring the papers of some writers and note each answer. keys: of activities, then of items.

    Revived, a process goes on behind what was answered: what it had not noted comes again.
    """
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "pulih.config.settings"
    django.setup()
    from benchmarks.delivering import with_numbers
    from benchmarks.of_ledger.server import use

    with_numbers()
    use(database)
    done = {line.split()[0] for line in answers.read_text().splitlines()}
    with ThreadPoolExecutor(len(writers)) as pool:
        every = [pool.submit(_bring, n, keys, papers, answers, done) for n in writers]
        for one in every:
            one.result()


def _bring(writer: int, keys: list[int], papers: int, answers: Path, done: set[str]) -> None:
    from django.db import connection

    from tests.delivery.race import ITEMS, WRITERS

    activities, items = keys[:-ITEMS], keys[-ITEMS:]
    for number in range(papers):
        # Neighbours seat the same people at the same time, each in a class of another province.
        at = number // 2 * WRITERS + writer
        name = f"seats-{activities[at]}" if number % 2 == 0 else f"goods-{writer}-{number}"
        if name in done:
            continue
        if number % 2 == 0:
            passed = when_it_is_up(name, lambda at=at: _claimed(activities[at]))
        else:
            passed = when_it_is_up(name, lambda name=name: _moved(name, items))
        with answers.open("a") as file:
            file.write(f"{name} {int(passed)}\n")
    connection.close()


def _claimed(activity: int) -> bool:
    """Claim the seats of a decree; once more it changes nothing."""
    from pulih.delivery.actions import seats
    from pulih.delivery.models import Activity
    from pulih.people.models import User
    from pulih.people.scope import speaking_for

    person = User.objects.get(username="benchmark")
    with speaking_for(person):
        found = Activity.objects.select_related("province").get(pk=activity)
        seats.claim(found, by=person, today=DAY)
    return True


def _moved(name: str, items: list[int]) -> bool:
    """Say whether goods moved under this name; asked again, look whether they did already."""
    from pulih.common.errors import Refusal
    from pulih.delivery.actions import goods
    from pulih.delivery.models import Item, Move
    from pulih.people.models import User
    from pulih.people.scope import speaking_for

    chance = random.Random(name)
    key, kind, quantity = chance.choice(items), chance.choice(KINDS), chance.randint(1, LARGEST)
    person = User.objects.get(username="benchmark")
    with speaking_for(person):
        if Move.objects.filter(reason=name).exists():
            return True
        item = Item.objects.select_related("activity__province").get(pk=key)
        more: dict[str, Any] = {"reason": name}
        if kind == "bought":
            more |= {"value": quantity * 333 + 1, "payment": name}
        try:
            if kind == "handed over":
                return _handed_over(name, item, quantity, person)
            goods.move(item, kind=kind, quantity=quantity, day=DAY, by=person, today=DAY, **more)
        except Refusal:
            return False
    return True


def _handed_over(name: str, item: Any, quantity: int, by: Any) -> bool:
    """Send goods and let them be counted, less every tenth piece. May refuse."""
    from pulih.delivery.actions import handovers
    from pulih.delivery.models import Handover, Receiver

    signed = {"name": "Nur", "post": "Penelaah", "place": "Gudang"}
    sent = Handover.objects.filter(number=name).first()
    if sent is None:
        sent = handovers.send(
            item, number=name, receiver=Receiver.objects.get(), quantity=quantity, sent_on=DAY,
            by=by, now=NOW, today=DAY, **signed,
        )  # fmt: skip
    missing = quantity // 10
    if sent.received is None:
        handovers.confirm(
            sent, received=quantity - missing, received_on=DAY, came_back=missing // 2, by=by,
            reason=name if missing else "", now=NOW, today=DAY, **signed,
        )  # fmt: skip
    return True
