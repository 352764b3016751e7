"""Sixty-four connections at once on few orders, some killed: every rule holds afterwards."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from pulih.common.errors import Refusal
from pulih.market.actions import offers
from pulih.market.models import Need, Order
from pulih.people.scope import speaking_as_system
from tests.make import market
from tests.market.orders_hold import all_needs_hold, all_orders_hold, no_week_is_promised_twice
from tests.people import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = market.DAY
WRITERS, ACTS, KILLS = 64, 12, 20
ACTING = ("accept", "accept", "confirm", "confirm", "send", "send", "receive", "cancel", "offer")
BUSY = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
    AND state <> 'idle' ORDER BY random() LIMIT 2
"""


def write(writer, needs, makers):
    """Act at random on orders; return how many acts passed and how many connections broke."""
    chance, passed, broken = random.Random(writer), 0, 0
    for _act in range(ACTS):
        try:
            with speaking_as_system() as by:
                act(chance, needs, makers, by)
            passed += 1
        except Refusal:
            pass
        except (DatabaseError, InterfaceError) as error:
            broken += isinstance(error, InterfaceError | OperationalError)
            connection.close()
    connection.close()
    return passed, broken


def act(chance, needs, makers, by):
    kind = chance.choice(ACTING)
    if kind == "offer":
        need, ready_by = Need.objects.get(pk=chance.choice(needs)), DAY + timedelta(13)
        market.offered(need, chance.choice(makers), 300, ready_by=ready_by, by=by)
        return
    orders = list(Order.objects.select_related("need__buyer"))
    if not orders:
        return
    order = chance.choice(orders)
    if kind == "accept":
        offers.answer(order, accepts=chance.random() < 0.8, reason="Penuh", by=by)
    elif kind == "confirm":
        offers.confirm(order, by=by)
    elif kind == "send":
        offers.send(order, quantity=chance.choice((200, 300)), by=by)
    elif kind == "cancel":
        offers.cancel(order, reason="Batal", by=by)
    else:
        offers.receive(
            order, received_on=DAY, receiver="RSUD Indramayu", good=chance.choice((50, 100)),
            refused=chance.choice((0, 50)), reason="Robek", today=DAY, by=by,
        )  # fmt: skip


def kill(done):
    """End connections of the writers in the middle of their work."""
    try:
        for _kill in range(KILLS):
            if done.wait(0.1):
                return
            with connection.cursor() as cursor:
                cursor.execute(BUSY)
                for (pid,) in cursor.fetchall():
                    cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        connection.close()


def test_sixty_four_writers_order_nothing_twice_and_lose_nothing():
    cast.planner()
    buyer = market.buyer()
    needs = [market.need(quantity, of=buyer).pk for quantity in (1200, 900)]
    makers = [market.capacity(market.firm(f"Konveksi {n}"), per_week=300) for n in range(6)]
    connection.close()
    done = threading.Event()
    killer = threading.Thread(target=kill, args=(done,))
    killer.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda writer: write(writer, needs, makers), range(WRITERS)))
    done.set()
    killer.join()
    connection.close()
    with speaking_as_system():
        assert sum(passed for passed, _broken in answers) > WRITERS
        assert sum(broken for _passed, broken in answers) > 0
        all_needs_hold()
        all_orders_hold()
        no_week_is_promised_twice()
