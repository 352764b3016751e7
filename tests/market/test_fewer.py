"""Accepting a part of an offer: the rest is open again, and what was offered is never edited."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.market.actions import offers, runs
from pulih.market.actions.fewer_units import accept_fewer
from pulih.market.links import ANSWER
from pulih.market.models import Need, Order
from pulih.people.links import actions as link_actions
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db


def offered(quantity=1_200, firms=1, **terms):
    """Offer a need to one maker, or to the cooperative of several."""
    makers = [market.firm(f"Konveksi {place}") for place in range(firms)]
    for firm in makers:
        market.capacity(firm)
    if firms > 1:
        market.group("Kab. Indramayu", *makers, fee=100)
    market.need(quantity, **terms)
    runs.adopt(market.run(), by=cast.planner())
    return Order.objects.get()


def fewer(order, quantity, reason="Mesin rusak", **more):
    return accept_fewer(order, quantity=quantity, reason=reason, by=cast.regency_officer(), **more)


def test_the_rest_of_an_offer_is_open_again():
    order = offered()
    smaller = fewer(order, 500)
    order.refresh_from_db()
    assert (order.state, order.quantity) == ("declined", 1_200)
    smaller.refresh_from_db()
    assert (smaller.state, smaller.quantity, smaller.goods) == ("accepted", 500, 2_500_000)
    assert 0 < smaller.transport <= order.transport
    assert smaller.parts.get().quantity == 500
    need = Need.objects.get()
    assert (need.state, need.ordered) == ("matched", 500)
    market.capacity(market.firm("Konveksi lain"))
    again = market.run(title="Sisa")
    assert again.consignments.get().enterprise.name == "Konveksi lain"
    assert again.consignments.get().quantity == 700
    offers.confirm(smaller, by=cast.regency_officer())
    assert Order.objects.get(pk=smaller.pk).state == "confirmed"


def test_a_group_keeps_its_largest_parts_and_its_fee_a_unit():
    order = offered(2_400, firms=3, min_order=2_000)
    assert order.group is not None
    smaller = fewer(order, 2_100)
    parts = list(smaller.parts.order_by("-quantity").values_list("quantity", flat=True))
    assert sum(parts) == 2_100
    assert max(parts) <= 1_200
    assert smaller.fee == 100 * 2_100


def test_what_may_not_be_is_refused_and_nothing_changes():
    order = offered(min_order=300, max_price=5_100)
    for quantity in (299, 1_200):
        with pytest.raises(Refusal, match="300 sampai 1199"):
            fewer(order, quantity)
    with pytest.raises(Refusal, match="tidak semua"):
        fewer(order, 500, reason=" ")
    with pytest.raises(Refusal, match="lewat waktu"):
        fewer(order, 500, now=order.answer_until)
    Order.objects.filter(pk=order.pk).update(state="accepted")
    with pytest.raises(Refusal, match="cannot be taken"):
        fewer(order, 500)
    assert Order.objects.get().quantity == 1_200


def test_a_maker_accepts_a_part_on_a_phone_and_its_link_goes_on(client):
    order, now = offered(), timezone.now()
    link, secret = link_actions.give(
        ANSWER, holder="Konveksi", subjects=[order.pk], area=order.regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(3), by=cast.regency_officer(),
        now=now,
    )  # fmt: skip
    client.get(reverse("links:open", args=[secret]))
    landing = reverse("market:answer", args=[link.pk])
    said = {"answer": "fewer", "quantity": "x", "reason": "Penuh"}
    refused = client.post(landing, said).content.decode()
    assert re.search(r'name="quantity"[^>]*value="x"', refused)  # What was typed stays.
    assert re.search(r'id="why"[^>]*value="Penuh"', refused)
    assert client.post(landing, {**said, "quantity": "500"}).status_code == 303
    page = client.get(landing).content.decode()
    assert "500" in page
    assert "Tunggu" in page
    smaller = Order.objects.get(state="accepted")
    assert list(smaller.steps.values_list("link", flat=True)) == [link.pk, link.pk]


def test_an_office_is_led_to_the_smaller_order(client):
    order = offered()
    client.force_login(cast.regency_officer())
    said = {"answer": "fewer", "quantity": "500", "reason": "Penuh"}
    address = reverse("market:answer-order", args=[order.pk])
    refused = client.post(address, {**said, "quantity": "1200"}).content.decode()
    assert re.search(r'name="quantity"[^>]*value="1200"|value="1200"[^>]*name="quantity"', refused)
    answer = client.post(address, said)
    assert answer.url == reverse("market:order", args=[Order.objects.get(quantity=500).pk])
