"""Several offices move the same goods while connections die: stock is what its moves say.

Slow for a unit test (real threads and connections): nothing less proves it.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.delivery import reconcile
from pulih.delivery.actions import goods
from pulih.delivery.models import Move, Stock
from pulih.delivery.rules.goods import BY_HAND, ROUTES
from pulih.people.scope import speaking_as_system, speaking_for
from tests.delivery.paying import bought_material
from tests.make import delivery as make
from tests.meanwhile import begun
from tests.people import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS = 4
KILL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND query LIKE '%delivery_move%' ORDER BY random() LIMIT 1
"""
deeds = st.tuples(st.integers(0, 1), st.sampled_from(BY_HAND), st.integers(1, 9))


def move(item, kind, quantity, name, by):
    """Tell whether a move passed; None where the connection was lost before the answer."""
    more = {"value": quantity * 333 + 1, "payment": name} if kind == "bought" else {}
    try:
        with speaking_for(by):
            goods.move(
                item, kind=kind, quantity=quantity, day=make.FIRST, by=by, today=make.LAST,
                reason=name, **more,
            )  # fmt: skip
    except Refusal:
        return False
    except (OperationalError, InterfaceError):
        connection.close()
        return None
    return True


def writer(items, asked, name, by):
    try:
        return {
            f"{name}/{n}": move(items[at], kind, quantity, f"{name}/{n}", by)
            for n, (at, kind, quantity) in enumerate(asked)
        }
    finally:
        connection.close()


def kill(chance):
    if chance.random() < 0.5:
        with connection.cursor() as cursor:
            cursor.execute(KILL)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(deeds, min_size=10, max_size=30), min_size=WRITERS, max_size=WRITERS),
    st.integers(0, 10**6),
)
def test_stock_is_never_negative_lost_or_doubled_whoever_dies(asked, seed):
    activity, by, chance = make.activity(), cast.provincial_officer(), random.Random(seed)
    items = [make.item(activity, f"Kain {seed} {n} {activity.pk}") for n in range(2)]
    for item in items:
        make.bought(item, 40, 4_001)
    with ThreadPoolExecutor(WRITERS) as pool:
        every = [pool.submit(writer, items, one, f"W{n}", by) for n, one in enumerate(asked)]
        while wait(every, timeout=0.01).not_done:
            kill(chance)
        told = {name: passed for one in every for name, passed in one.result().items()}
    kept = Counter(Move.objects.filter(item__in=items).values_list("reason", flat=True))
    kept.pop("")
    assert set(kept.values()) <= {1}
    assert {name for name, passed in told.items() if passed} <= set(kept)
    assert not {name for name, passed in told.items() if passed is False} & set(kept)
    recorded = Event.objects.filter(
        verb="delivery.move", subject_id__in=[str(item.pk) for item in items]
    )
    assert recorded.count() == sum(kept.values()) + len(items)
    assert not Stock.objects.filter(item__in=items, quantity__lt=0).exists()
    assert not [one for one in reconcile.differences() if one.startswith("item ")]
    for item in items:
        assert reference(item) == Counter(
            {one.spot: one.quantity for one in Stock.objects.filter(item=item) if one.quantity}
        )


def reference(item):
    """Return how much lies where by the ways of the kinds, whatever the stock says."""
    there = Counter()
    for one in Move.objects.filter(item=item):
        route = ROUTES[one.kind]
        there[route.source] -= one.quantity
        there[route.target] += one.quantity
    return Counter({spot: left for spot, left in there.items() if spot and left})


def test_a_move_to_and_a_move_fro_wait_for_each_other_and_never_for_ever():
    item, by = make.stocked(make.activity()), cast.provincial_officer()
    move(item, "issued", 100, "there", by)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), speaking_for(by):
            goods.move(item, kind="issued", quantity=1, day=make.FIRST, by=by, today=make.LAST)
            other = begun(pool, lambda: move(item, "returned", 1, "back", by))
            assert not other.done()
            goods.move(
                item, kind="returned", quantity=1, day=make.FIRST, by=by, today=make.LAST,
            )  # fmt: skip
        assert other.result(30)
    assert Stock.objects.get(item=item, spot="workshop").quantity == 99


def test_two_items_do_not_both_spend_the_same_rupiah_of_one_payment():
    with speaking_as_system():
        activity = make.payable()
    bought_material(activity, 2_000_000)
    items, by = (
        [make.item(activity, name) for name in ("Kain", "Benang")],
        cast.provincial_officer(),
    )

    def buy(item):
        try:
            with speaking_for(by):
                goods.move(
                    item, kind="bought", quantity=1, value=2_000_000, payment="2006K",
                    day=make.FIRST, by=by, today=make.LAST,
                )  # fmt: skip
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(1) as pool:
        with speaking_for(by), transaction.atomic():
            assert buy(items[0])
            other = begun(pool, lambda: buy(items[1]))
            assert not other.done()
        assert not other.result(30)
