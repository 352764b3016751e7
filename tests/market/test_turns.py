"""Whose turn it is with an order: the office that acts next, since when and until when."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from pulih.common.working_days import Calendar
from pulih.market.actions import offers, runs
from pulih.market.models import Order
from pulih.market.rules.turns import Days, waits_until
from pulih.market.turns import waiting_for
from pulih.people.scope import speaking_for
from pulih.workflow import clock, tasks
from tests.make import market
from tests.once import made_once
from tests.people import cast

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
FRIDAY = datetime(2020, 6, 19, 3, tzinfo=UTC)
ANSWER = datetime(2020, 6, 23, tzinfo=UTC)
DAYS = Days(ANSWER, date(2020, 6, 24), date(2020, 6, 26))


@pytest.mark.parametrize(
    ("state", "zone", "late"),
    [
        ("offered", WIB, ANSWER),
        ("accepted", WIB, datetime(2020, 6, 24, tzinfo=WIB)),  # Over a weekend.
        ("confirmed", WIT, datetime(2020, 6, 25, tzinfo=WIT)),
        ("sent", WIB, datetime(2020, 6, 27, tzinfo=WIB)),
        ("received", WIB, None),
        ("declined", WIB, None),
    ],
)
def test_each_state_has_its_clock(state, zone, late):
    assert waits_until(state, FRIDAY, DAYS, zone, Calendar(frozenset())) == late


def test_goods_that_arrive_late_leave_the_buyer_two_working_days():
    after = datetime(2020, 6, 29, 3, tzinfo=UTC)
    late = waits_until("sent", after, DAYS, WIB, Calendar(frozenset()))
    assert late == datetime(2020, 7, 2, tzinfo=WIB)


@made_once
def order(db):
    """An offer to a maker in Indramayu, for a hospital in Denpasar."""
    maker = market.firm("Konveksi 1")
    market.capacity(maker)
    buyer = market.buyer("Kota Denpasar", name="RSUD Wangaya")
    market.need(600, of=buyer, regency="Kota Denpasar")
    runs.adopt(market.run(), by=cast.planner())
    return Order.objects.get()


def offices():
    return {
        "maker": cast.regency_officer(),
        "buyer": cast.regency_officer("Kota Denpasar"),
        "province": cast.provincial_officer(),
    }


def waiting(people):
    found = set()
    for name, person in people.items():
        with speaking_for(person):
            if waiting_for(person).exists():
                found.add(name)
    return found


def test_an_order_waits_for_the_office_that_acts_next(order, client):
    people = offices()
    assert waiting(people) == {"maker"}
    with speaking_for(people["maker"]):
        told = {one.tasks.key: one for one in tasks.of_rooms(people["maker"])}
    assert told["market_orders"].count == 1
    client.force_login(people["maker"])
    assert "Konveksi 1" in client.get(told["market_orders"].url).content.decode()
    offers.answer(order, accepts=True, by=people["maker"])
    assert waiting(people) == {"buyer"}
    offers.confirm(order, by=people["buyer"])
    assert waiting(people) == {"maker"}
    order.refresh_from_db()
    assert order.waits_until == datetime(
        order.ready_by.year, order.ready_by.month, order.ready_by.day, 17, tzinfo=UTC
    )
    page = client.get(reverse("market:order", args=[order.pk])).content.decode()
    assert "Menunggu pemasok sejak" in page
    offers.cancel(order, reason="Batal", by=people["buyer"])
    assert waiting(people) == set()
    order.refresh_from_db()
    assert order.waits_until is None


def test_a_province_acts_where_nobody_works_for_the_regency(order):
    officer = cast.provincial_officer()
    assert waiting({"province": officer, "country": cast.planner()}) == {"province"}


def test_what_is_late_is_listed(order, client):
    client.force_login(cast.regency_officer())
    address = reverse("market:orders") + "?late=on"
    assert "Konveksi 1" not in client.get(address).content.decode()
    Order.objects.update(waits_until=clock.now())
    page = client.get(address).content.decode()
    assert "Konveksi 1" in page
    assert "terlambat" in page
