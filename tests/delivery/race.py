"""Seats and goods under offices and kills: run by `test_race.py`, or by hand in full.

    python -m tests.delivery.race [PAPERS EACH, 126: some 100,000 claims] [KILLS, 45]

64 connections claim the seats of classes of 25, everybody asked for by two offices of two
provinces, and buy, issue, return, lose and hand over goods of six items, while writers,
connections and PostgreSQL are killed in turns. Prints one JSON object: what was answered, and what
is wrong where people and stocks are counted anew from what was answered and from the moves alone.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.delivering import CLASS, fill
from benchmarks.of_ledger.server import durable_server
from tests.delivery.bringing import DAY, write
from tests.ledger.killing import Race, write_and_kill

WRITERS, ITEMS, BOUGHT = 64, 6, 2_000
PAPERS, KILLS = 126, 45  # In full: every second one claims 25 seats.
WRONG = (
    "seated twice", "seated nowhere", "neither seated nor yielded", "told too much", "lost",
    "unasked", "twice", "stocks that differ", "below zero", "rupiah that differ",
)  # fmt: skip


def raced(papers: int, times: int) -> dict[str, Any]:
    """Let the offices bring `papers` each while so many kills come, and look.

    Returns what happened; the lists under WRONG are empty where all is well.
    """
    with durable_server(1) as server, tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        answers.touch()
        keys = _filled((papers + 1) // 2 * WRITERS)
        began = time.monotonic()
        killed = write_and_kill(server, Race(write, keys, WRITERS, papers, times), answers)
        seconds = round(time.monotonic() - began)
        told = dict(line.split() for line in answers.read_text().splitlines())
        return {
            "killed": dict(Counter(killed)),
            "seconds": seconds,
            "answered": len(told),
            "claims": CLASS * sum(1 for name in told if name.startswith("seats-")),
            **_seats(),
            **_goods({name for name, passed in told.items() if passed == "1"}),
        }


def _filled(activities: int) -> list[int]:
    """Make classes, a receiver and a few items; return keys of activities, then of items."""
    from django.db import connection

    from pulih.delivery.actions import goods
    from pulih.delivery.models import Activity, Receiver
    from pulih.people.models import User
    from pulih.people.scope import speaking_for

    made, _items = fill(activities, items=0)
    by = User.objects.get(username="benchmark")
    with speaking_for(by):
        first = Activity.objects.select_related("province").get(pk=made[0])
        Receiver.objects.create(
            kind="health", name="Puskesmas", valid_from=DAY, province=first.province
        )
        items = [
            goods.add_item(first, name=f"K{n}", unit="m", standard="", by=by) for n in range(ITEMS)
        ]
        for one in items:
            goods.move(
                one, kind="bought", quantity=BOUGHT, day=DAY, by=by, today=DAY, value=10**6 + 1,
                payment="200631304000871",
            )  # fmt: skip
    connection.close()
    return [*made, *(one.pk for one in items)]


def _seats() -> dict[str, Any]:
    from pulih.delivery.models import Participant, Person, Seat
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        held = Counter(Seat.objects.held().values_list("nik_key", flat=True))
        everybody = set(Person.objects.values_list("nik_key", flat=True))
        sitting = set(Seat.objects.held().values_list("participant", flat=True))
        told, neither = [], []
        for one in Participant.objects.select_related("person"):
            if (one.pk in sitting) == (one.left_on is not None):
                neither.append(one.pk)
            elif one.left_on and one.person.name in one.left_because:
                told.append(one.pk)
        return {
            "people": len(everybody),
            "yielded": Participant.objects.exclude(left_on=None).count(),
            "seated twice": sorted(key for key, times in held.items() if times > 1),
            "seated nowhere": sorted(everybody - held.keys()),
            "neither seated nor yielded": neither,
            "told too much": told,
        }


def _goods(passed: set[str]) -> dict[str, Any]:
    """Count the goods anew by the ways of their kinds, whatever the stock says."""
    from pulih.delivery.models import Handover, Move, Stock
    from pulih.delivery.reconcile import STOCK
    from pulih.delivery.rules.goods import ROUTES
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        from django.db import connection

        there: Counter[tuple[int, str]] = Counter()
        worth: Counter[tuple[int, str]] = Counter()
        names: Counter[str] = Counter()
        for one in Move.objects.select_related("handover"):
            route = ROUTES[one.kind]
            for spot, sign in ((route.source, -1), (route.target, 1)):
                there[one.item_id, spot] += sign * one.quantity
                worth[one.item_id, spot] += sign * one.value
            names[one.handover.number if one.handover else one.reason or one.payment] += (
                one.kind in ("bought", "issued", "returned", "lost", "sent")
            )
        del names["200631304000871"]
        handed = set(Handover.objects.exclude(received=None).values_list("number", flat=True))
        asked = {name for name in passed if name.startswith("goods-")}
        stocks = {(one.item_id, one.spot): one for one in Stock.objects.all()}
        with connection.cursor() as cursor:
            cursor.execute(STOCK)
            differ = cursor.fetchall()
        return {
            "moves": sum(names.values()),
            "hand-overs": len(handed),
            "lost": sorted(asked - names.keys()),
            "unasked": sorted(names.keys() - asked),
            "twice": sorted(name for name, times in names.items() if times > 1),
            "stocks that differ": [str(one) for one in differ]
            + [f"{key}" for key, one in stocks.items() if there[key] != one.quantity],
            "below zero": [
                str(key) for key, one in stocks.items() if min(one.quantity, one.value) < 0
            ],
            "rupiah that differ": [
                str(key) for key, one in stocks.items() if worth[key] != one.value
            ],
        }


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    print(json.dumps(raced(*asked, *(PAPERS, KILLS)[len(asked) :])))
