"""How fast seats are claimed and goods are moved by 32 writers at once, beside pgbench.

    python -m benchmarks.delivering [--scale 0.1] [--rounds 3]

One server with fsync on. Decrees claim the seats of classes of 25 through the program's own action,
every person asked for by two offices in two provinces, of which one gets the seat and the other is
told; and goods of 200 items go out to classes and come back, a move a transaction. Beside them
pgbench's TPC-B-like script with 32 clients on the same server, in turns. Afterwards nobody sits
twice, and stocks are what the moves say. Exits 1 below its floors.
"""

import argparse
import multiprocessing
import os
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from benchmarks.of_ledger.server import durable_server, use

WRITERS, PROCESSES, CLASS, ITEMS, ACTIVITIES = 32, 4, 25, 200, 2_000
GOAL, SEATS_FLOOR, MOVES_FLOOR = 0.4, 0.2, 0.1  # Seen 0.46 and 0.22.
DAY = date(2020, 6, 22)
PLACES = (("Jawa Barat", "Indramayu"), ("Bali", "Denpasar"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    seconds = 10 if asked.scale >= 1 else 3
    with durable_server(34) as server:
        activities, items = fill(max(2 * WRITERS * asked.rounds, int(ACTIVITIES * asked.scale)))
        seats, moves = [], []
        for turn in range(asked.rounds):
            mine = activities[turn :: asked.rounds]
            peer = server.tpcb(WRITERS, seconds)
            seats.append((together(server.app, "claim", mine, seconds), peer))
            peer = server.tpcb(WRITERS, seconds)
            moves.append((together(server.app, "move", items, seconds), peer))
        prove()
    found = told("seats asked for", seats), told("moves of goods", moves)
    print(f"  {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; goal {GOAL} of TPC-B")
    return 0 if found[0] >= SEATS_FLOOR and found[1] >= MOVES_FLOOR else 1


def told(what: str, rounds: list[tuple[float, float]]) -> float:
    """Print the rounds; return the middle one's ratio."""
    ratios = [own / peer for own, peer in rounds]
    rates = ", ".join(f"{own:,.0f} beside {peer:,.0f}" for own, peer in rounds)
    middle = statistics.median(ratios)
    print(f"{what} a second beside TPC-B transactions: {rates}; middle ratio {middle:.2f}")
    return middle


def together(database: dict[str, Any], what: str, keys: list[int], seconds: float) -> float:
    """Let all writers work on their part of the keys; return how much was done a second."""
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(PROCESSES + 1), context.Queue()
    every = [
        context.Process(
            target=_process, args=(what, database, keys[at::PROCESSES], seconds, start, results)
        )
        for at in range(PROCESSES)
    ]
    for one in every:
        one.start()
    start.wait(300)
    done = [results.get(timeout=seconds + 300) for _one in every]
    for one in every:
        one.join()
    return float(sum(number / took for number, took in done))


def _process(
    what: str, database: dict[str, Any], keys: list[int], seconds: float, start: Any, results: Any
) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "pulih.config.settings"
    django.setup()
    with_numbers()
    use(database)
    threads = WRITERS // PROCESSES
    with ThreadPoolExecutor(threads) as pool:
        work = {"claim": _claim, "move": _move}[what]
        # Connects each thread, and takes the first steps that load what a process loads once.
        first = [] if what == "claim" else keys
        list(pool.map(lambda n: work(first[n : n + 1], 0), range(threads)))
        start.wait(300)
        began = time.perf_counter()
        parts = [pool.submit(work, keys[n::threads], began + seconds) for n in range(threads)]
        number = sum(one.result() for one in parts)
        results.put((number, time.perf_counter() - began))


def _claim(keys: list[int], until: float) -> int:
    """Claim the seats of activity after activity; return how many people were answered."""
    from pulih.delivery.actions import seats
    from pulih.delivery.models import Activity
    from pulih.people.models import User
    from pulih.people.scope import speaking_for

    number, person = 0, User.objects.get(username="benchmark")
    with speaking_for(person):
        for key in keys:
            if time.perf_counter() > until:
                break
            activity = Activity.objects.select_related("province").get(pk=key)
            done = seats.claim(activity, by=person, today=DAY)
            number += done.seats + len(done.yielded)
    return number


def _move(keys: list[int], until: float) -> int:
    """Issue goods and take them back, once at least; return how many moves were made."""
    from pulih.delivery.actions import goods
    from pulih.delivery.models import Item
    from pulih.people.models import User
    from pulih.people.scope import speaking_for

    chance, number = random.Random(keys[0]), 0
    person = User.objects.get(username="benchmark")
    with speaking_for(person):
        items = list(Item.objects.filter(pk__in=keys).select_related("activity__province"))
        while number == 0 or time.perf_counter() < until:
            item = chance.choice(items)
            for kind in ("issued", "returned"):
                goods.move(item, kind=kind, quantity=3, day=DAY, by=person, today=DAY)
                number += 1
    return number


def prove() -> None:
    """Nobody sits twice, and stock is what the moves leave."""
    from django.db.models import Count

    from pulih.delivery.models import Seat
    from pulih.delivery.reconcile import STOCK
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        from django.db import connection

        held = Seat.objects.held()
        twice = held.values("nik_key").annotate(n=Count("pk")).filter(n__gt=1).count()
        with connection.cursor() as cursor:
            cursor.execute(STOCK)
            wrong = cursor.fetchall()
        assert not twice
        assert not wrong
        print(f"{held.count():,} seats held, nobody twice; every stock is what its moves leave")


def with_numbers() -> None:
    """Let numbers of persons be kept: no keys of an installation are read."""
    from django.conf import settings

    settings.NUMBER_KEYS, settings.NUMBER_HASH_KEY = ["key of benchmarks"], "hash key of benchmarks"
    settings.NUMBER_KEYS_FILE = None


def fill(activities: int, items: int = ITEMS) -> tuple[list[int], list[int]]:
    """Make decreed activities whose people nobody seated yet, and items in store."""
    from pulih.areas.models import Area
    from pulih.delivery.actions import goods
    from pulih.delivery.models import Activity, Cohort, Item, Participant, Person, Site
    from pulih.delivery.nik_keys import key_of
    from pulih.measures.models import Measure
    from pulih.people.models import Reach, Role, User
    from pulih.people.scope import speaking_as_system

    with_numbers()
    with speaking_as_system():
        measure = Measure.objects.first()
        person = User.objects.create(username="benchmark", role=Role.PROVINCIAL_OFFICER)
        places = []
        for province, regency in PLACES:
            found = Area.objects.get(name=province, level="province")
            Reach.objects.create(user=person, area=found, valid_from=date(2020, 1, 2))
            inside = Area.objects.filter(level="regency", name__contains=regency).first()
            places.append({"province": found, "regency": inside})
        made = Activity.objects.bulk_create(
            Activity(
                province=places[n % 2]["province"], measure=measure, title=f"Tolok ukur {n}",
                mode="home", starts_on=DAY, ends_on=DAY, decree_number="SK", decree_on=DAY,
            )
            for n in range(activities)
        )  # fmt: skip
        for at, one in enumerate(made):
            _class(one, at // 2, places[at % 2], (Cohort, Participant, Person, Site, key_of))
        person = User.objects.get(pk=person.pk)
        stocked = Item.objects.bulk_create(
            Item(activity=made[0], province=places[0]["province"], name=f"Kain {n}", unit="m")
            for n in range(items)
        )
    from pulih.people.scope import speaking_for

    with speaking_for(person):
        for one in stocked:
            goods.move(
                one, kind="bought", quantity=10**6, day=DAY, by=person, today=DAY, value=10**9,
                payment="200631304000871",
            )  # fmt: skip
    return [one.pk for one in made], [one.pk for one in stocked]


def _class(activity: Any, pair: int, place: dict[str, Any], models: Any) -> None:
    """Fill one class; both activities of a pair hold the same people, each in its regency."""
    cohorts, participants, people, sites, key_of = models
    site = sites.objects.create(activity=activity, name="Balai", **place)
    cohort = cohorts.objects.create(
        activity=activity, site=site, name="Kelas", places=CLASS, **place
    )
    numbers = [pair * CLASS + n for n in range(CLASS)]
    niks = [f"3212{n // 10_000 % 28 + 1:02}510187{n % 10_000:04}" for n in numbers]
    made = people.objects.bulk_create(
        people(name=f"Orang {nik}", nik=nik, nik_key=key_of(nik), sex="P", **place) for nik in niks
    )
    participants.objects.bulk_create(
        participants(activity=activity, cohort=cohort, person=one, number=at, **place)
        for at, one in enumerate(made, 1)
    )


if __name__ == "__main__":
    sys.exit(main())
