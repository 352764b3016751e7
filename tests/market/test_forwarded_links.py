"""A link that was sent on: its holder and the office that gave it are told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pulih.market.actions import runs
from pulih.market.links import ANSWER
from pulih.market.models import Order
from pulih.people.links import actions as link_actions
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_a_link_that_two_browsers_opened_says_so_to_holder_and_office(client):
    market.capacity(market.firm("Konveksi 1"))
    market.need(600)
    runs.adopt(market.run(), by=cast.planner())
    order = Order.objects.get()
    officer, now = cast.regency_officer(), timezone.now()
    link, secret = link_actions.give(
        ANSWER, holder="Konveksi 1", subjects=[order.pk], area=order.regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(3), by=officer, now=now,
    )  # fmt: skip
    client.force_login(officer)
    address, landing = (
        reverse("links:open", args=[secret]),
        reverse("market:answer", args=[link.pk]),
    )
    own, other = Client(), Client()
    assert own.get(address).status_code == 302
    assert "peramban" not in own.get(landing).content.decode()
    assert "mungkin diteruskan" not in shown(client, order)
    other.get(address)
    for browser in (own, other):
        page = browser.get(landing).content.decode()
        assert "Tautan ini dibuka di 2 peramban." in page
        assert "hanya untuk Konveksi 1" in page
    assert "mungkin diteruskan" in shown(client, order)


def shown(client, order):
    return client.get(reverse("market:order", args=[order.pk])).content.decode()
