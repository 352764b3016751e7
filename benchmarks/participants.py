"""How fast the list of participants and a class's page answer, at 10,000 and 1,000,000 people.

    python -m benchmarks.participants [--scale 0.1] [--repeats 100]

Whole requests, as an officer of the ministry asks: session, row-level security, template.
Classes of 25. Prints p50 and p99 in milliseconds. The goal is a p99 of at most twice that at the
smaller size; fails (exit 1) when one is above 60 ms and more than twice, a search by a part of a
name, which reads all names, more than ten times. Scale 0.1 compares with 100,000.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.lists import MOST_TIMES, NOISE_MS, owner_connection, throwaway

SMALL, FULL, CLASS = 10_000, 1_000_000, 25
SEARCH, SEARCH_FLOOR = "search by name", 10.0  # Seen 4.9.
# Each copies the one row that stands, with what must differ; "same" is every other column.
COPIES = (
    ("delivery_cohort", "name = 'Angkatan ' || n", 1),
    (
        "delivery_person",
        "name = 'Orang ' || n, village = 'Desa ' || n % 900, nik = '', nik_key = ''",
        CLASS,
    ),
)
PARTICIPANTS = """
    INSERT INTO delivery_participant (cohort_id, person_id, number, {same})
    SELECT c.id, p.id, p.row % {size} + 1, {same_of}
    FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS row FROM delivery_person
          WHERE id > %(person)s) p
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS row FROM delivery_cohort
          WHERE id > %(cohort)s) c ON c.row = p.row / {size}
    CROSS JOIN (SELECT * FROM delivery_participant ORDER BY id LIMIT 1) one
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--repeats", type=int, default=100)
    asked = parser.parse_args()
    with throwaway():
        from pulih.people.scope import speaking_as_system

        full = max(2 * SMALL, int(FULL * asked.scale))
        with speaking_as_system():
            first()
        found = []
        for size in (SMALL, full):
            fill(size)
            found.append(measured(asked.repeats))
    is_bound = True
    for name, (p50, p99) in found[1].items():
        small = found[0][name]
        most = SEARCH_FLOOR if name == SEARCH else MOST_TIMES
        holds = p99 <= max(most * small[1], NOISE_MS)
        is_bound = is_bound and holds
        print(
            f"{name}: {small[0]:.0f} / {small[1]:.0f} ms at {SMALL:,}, {p50:.0f} / {p99:.0f} ms at"
            f" {full:,}: {p99 / small[1]:.1f} ×{'' if holds else ', too slow'}"
        )
    print(f"  {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; goal {MOST_TIMES} ×")
    return 0 if is_bound else 1


def first() -> None:
    """Make one class of one person through the models, which the others copy."""
    from benchmarks.delivering import fill as delivering

    delivering(1, items=0)


def fill(size: int) -> None:
    """Add classes until there are `size` participants."""
    from pulih.delivery.models import Cohort, Participant, Person

    owner = owner_connection()

    def columns(table: str, without: set[str]) -> list[str]:
        rows = owner.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
        )
        return [name for (name,) in rows if name not in {"id", *without}]

    def newest(model: Any) -> int:
        [(key,)] = owner.execute(f"SELECT coalesce(max(id), 0) FROM {model._meta.db_table}")
        return int(key)

    [(there,)] = owner.execute("SELECT count(*) FROM delivery_participant")
    classes = (size - there) // CLASS
    asked = {"person": newest(Person), "cohort": newest(Cohort)}
    for table, differing, each in COPIES:
        changed = dict(one.split(" = ", 1) for one in differing.split(", "))
        same = columns(table, set(changed))
        owner.execute(
            f"INSERT INTO {table} ({', '.join([*changed, *same])})"
            f" SELECT {', '.join([*changed.values(), *same])}"
            f" FROM generate_series({there + 1}, {there + classes * each}) AS n,"
            f" (SELECT * FROM {table} ORDER BY id LIMIT 1) AS one"
        )
    same = columns(Participant._meta.db_table, {"cohort_id", "person_id", "number"})
    words = {
        "same": ", ".join(same), "size": CLASS, "same_of": ", ".join(f"one.{one}" for one in same),
    }  # fmt: skip
    owner.execute(PARTICIPANTS.format(**words).replace("% 25", "%% 25"), asked)
    owner.execute("VACUUM ANALYZE")


def measured(repeats: int) -> dict[str, tuple[float, float]]:
    """Return p50 and p99 in milliseconds by question."""
    from django.conf import settings
    from django.test import Client

    from pulih.delivery.models import Cohort
    from pulih.people.scope import speaking_as_system
    from tests.people import cast

    settings.ALLOWED_HOSTS = ["*"]
    client, dice = Client(), random.Random(7)
    with speaking_as_system():
        client.force_login(cast.planner(), backend="django.contrib.auth.backends.ModelBackend")
        cohorts = list(Cohort.objects.order_by("?").values_list("pk", flat=True)[:500])

    def ask(address: str, **typed: str) -> None:
        assert client.get(address, typed).status_code == 200

    questions: dict[str, Callable[[], None]] = {
        "list": lambda: ask("/delivery/participants/"),
        "list of a class": lambda: ask("/delivery/participants/", cohort=str(dice.choice(cohorts))),
        SEARCH: lambda: ask("/delivery/participants/", q=f"Orang {dice.randrange(9_000)}"),
        "page of a class": lambda: ask(f"/delivery/cohorts/{dice.choice(cohorts)}/"),
        "attendance of a class": lambda: ask(
            f"/delivery/cohorts/{dice.choice(cohorts)}/attendance/"
        ),
    }
    found = {}
    for name, question in questions.items():
        times = []
        for at in range(repeats + 5):
            begun = time.perf_counter()
            question()
            if at >= 5:
                times.append((time.perf_counter() - begun) * 1000)
        found[name] = (statistics.median(times), statistics.quantiles(times, n=100)[98])
    return found


if __name__ == "__main__":
    sys.exit(main())
