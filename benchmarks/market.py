"""How fast the market answers: board, need, orders at 10,000 and 100,000 needs, three orders each.

    python -m benchmarks.market [--scale 1] [--repeats 100]

Every question goes through the whole of Django, as a planner and as a regency's officer ask it.
Prints p50 and p99 in milliseconds, and the rows that PostgreSQL reads, which do not change with how
busy the machine is. Fails (exit 1) when a p99 at the larger size is above 150 ms or more than
twice that at the smaller one, or rows grow by more than half and by more than the three counts of
a board, each of which stops at 10,000. Scale 0.1 compares 1,000 with 10,000.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.lists import owner_connection, run

SMALL, FULL = 10_000, 100_000
MOST_TIMES, MOST_MS, MOST_ROWS, COUNTS = 2.0, 150.0, 1.5, 3
MAKERS, BUYERS = 2_000, 500
TABLES = ("need", "needterms", "order", "orderpart")
FILL = """
WITH numbers AS (SELECT n FROM generate_series(%(first)s::bigint, %(last)s) AS n),
made AS (
    INSERT INTO market_need (id, buyer_id, product_id, province_id, regency_id, state, quantity,
        due, ordered, received)
    SELECT n, buyer.id, %(product)s, buyer.province_id, buyer.regency_id,
        (ARRAY['open', 'matched', 'ordered', 'received'])[1 + n %% 4], 3000,
        DATE '2020-06-16' + (n %% 60)::int, CASE WHEN n %% 4 = 0 THEN 0 ELSE 3000 END, 0
    FROM numbers JOIN market_buyer AS buyer ON buyer.id = %(buyer)s + n %% %(buyers)s
)
INSERT INTO market_needterms (id, need_id, number, quantity, place, due, min_order, weight,
    weight_reason, at)
SELECT n, n, 1, 3000, '', DATE '2020-06-16' + (n %% 60)::int, 1, 1, '', now() FROM numbers
"""
NAME_TERMS = "UPDATE market_need SET terms_id = id WHERE id BETWEEN %(first)s AND %(last)s"
ORDERS = """
INSERT INTO market_order (id, need_id, terms_id, enterprise_id, province_id, regency_id,
    to_province_id, to_regency_id, state, quantity, goods, fee, transport, work_from, ready_by,
    answer_until, sent, good, refused, bast, on_bast)
SELECT need.id * 3 + k, need.id, need.id, maker.id, maker.province_id, maker.regency_id,
    need.province_id, need.regency_id,
    (ARRAY['offered', 'accepted', 'confirmed', 'declined'])[1 + (need.id + k) %% 4], 1000, 5000000,
    0, 60000, DATE '2020-06-15', need.due, now(), 0, 0, 0, '', 0
FROM market_need AS need CROSS JOIN generate_series(0, 2) AS k
JOIN registry_enterprise AS maker
    ON maker.id = %(maker)s + (need.id * 7 + k * 13) %% %(makers)s
WHERE need.id BETWEEN %(first)s AND %(last)s
"""
PARTS = """
INSERT INTO market_orderpart (order_id, enterprise_id, quantity, amount, per_week)
SELECT id, enterprise_id, quantity, goods, 600 FROM market_order
WHERE need_id BETWEEN %(first)s AND %(last)s
"""


def world() -> dict[str, int]:
    """Make buyers and makers of one province; return where their keys begin."""
    from pulih.market.models import Buyer, Product
    from pulih.registry.models import Enterprise
    from tests.people import cast

    regency, province = cast.area("Kab. Indramayu"), cast.area("Jawa Barat")
    here = {"regency": regency, "province": province}
    makers = Enterprise.objects.bulk_create(
        Enterprise(
            name=f"Konveksi {n}", sort_key=f"konveksi {n:06}", scale="small",
            first_seen="2020-05-31", last_seen="2020-05-31", **here,
        )
        for n in range(MAKERS)
    )  # fmt: skip
    buyers = Buyer.objects.bulk_create(
        Buyer(name=f"Puskesmas {n}", kind="health_facility", **here) for n in range(BUYERS)
    )
    return {
        "product": Product.objects.get(code="cloth_mask").pk,
        "maker": makers[0].pk,
        "makers": MAKERS,
        "buyer": buyers[0].pk,
        "buyers": BUYERS,
    }


def fill(first: int, last: int, there: dict[str, int]) -> None:
    """Add needs with their terms and orders; triggers wait, as all of it is lawful by design."""
    owner, given = owner_connection(), {**there, "first": first, "last": last}
    for table in TABLES:
        owner.execute(f"ALTER TABLE market_{table} DISABLE TRIGGER USER")
    for statement in (FILL, NAME_TERMS, ORDERS, PARTS):
        owner.execute(statement, given)
    for table in TABLES:
        owner.execute(f"ALTER TABLE market_{table} ENABLE TRIGGER USER")
        owner.execute(f"VACUUM ANALYZE market_{table}")


def questions(client: Any, needs: int) -> dict[str, Callable[[], Any]]:
    dice = random.Random(7)

    def ask(path: str, **asked: str) -> Any:
        answer = client.get(f"/market/{path}", {"per": "2020-06-15", **asked})
        assert answer.status_code == 200, answer.status_code
        return answer

    return {
        "board": lambda: ask(""),
        "board, half a name": lambda: ask("", q=f"Puskesmas {dice.randrange(BUYERS)}"),
        "need": lambda: ask(f"needs/{dice.randrange(1, needs)}/"),
        "orders": lambda: ask("orders/"),
        "orders in one state": lambda: ask("orders/", state="confirmed"),
        "order": lambda: ask(f"orders/{dice.randrange(3, needs * 3)}/"),
    }


def measured(client: Any, needs: int, repeats: int) -> dict[str, tuple[float, float, int]]:
    """Return p50 and p99 in milliseconds, and rows read, by question."""
    from tests.rows_read import rows_read

    found = {}
    for name, ask in questions(client, needs).items():
        for _ in range(3):
            ask()
        times = []
        for _ in range(repeats):
            begun = time.perf_counter()
            ask()
            times.append((time.perf_counter() - begun) * 1000)
        with rows_read() as reads:
            ask()
        rows = sum(rows for rows, _statement in reads)
        found[name] = statistics.median(times), statistics.quantiles(times, n=100)[98], rows
    return found


def measure(scale: float, repeats: int) -> bool:
    """Measure both sizes and print them beside each other; return whether the goal holds."""
    from django.conf import settings
    from django.test import Client

    from pulih.people.scope import speaking_as_system
    from pulih.web.keyset import COUNTED
    from tests.people import cast

    settings.ALLOWED_HOSTS = ["*"]
    small, large = int(SMALL * scale), int(FULL * scale)
    clients = {}
    with speaking_as_system():
        for name, person in (("planner", cast.planner()), ("regency", cast.regency_officer())):
            clients[name] = Client()
            clients[name].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        there = world()
        fill(1, small, there)
        few = {name: measured(one, small, repeats) for name, one in clients.items()}
        fill(small + 1, large, there)
        many = {name: measured(one, large, repeats) for name, one in clients.items()}
    heads = f"{small:>18,}{large:>18,}{'rows':>9}{'rows':>9}"
    print(f"{'ms, p50 / p99':34}{heads}   load {os.getloadavg()[0]:.1f}")
    good = True
    for who, answers in many.items():
        for name, (median, worst, rows) in answers.items():
            half, most, read = few[who][name]
            print(
                f"{who + ': ' + name:34}{half:9.1f}/{most:8.1f}{median:9.1f}/{worst:8.1f}"
                f"{read:9,}{rows:9,}"
            )
            good &= worst <= min(MOST_MS, MOST_TIMES * most)
            good &= rows <= MOST_ROWS * read + COUNTS * COUNTED
    return good


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
