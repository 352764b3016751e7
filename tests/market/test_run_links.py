"""Addresses for all makers of a match at once, each shown once."""

import re

import pytest
from django.urls import reverse

from pulih.market.actions import runs
from pulih.people.links.models import Link
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_every_maker_of_ones_own_area_gets_an_address_once(client):
    for place in (1, 2):
        market.capacity(market.firm(f"Konveksi {place}"))
    market.capacity(market.firm("Jahit", "Kota Denpasar", "Bali"))
    market.need(3_600)
    run = runs.adopt(market.run(), by=cast.planner())
    address = reverse("market:give-run-links", args=[run.pk])
    client.force_login(cast.provincial_officer())
    assert client.post(address).status_code == 404  # A match of the whole country.
    client.force_login(cast.planner())
    assert address in client.get(reverse("market:run", args=[run.pk])).content.decode()
    page = client.post(address).content.decode()
    assert len(set(re.findall(r"/l/[\w-]{32}", page))) == 3
    assert {"Konveksi 1", "Konveksi 2", "Jahit"} == {one.holder for one in Link.objects.all()}
    again = client.post(address).content.decode()
    assert "3 pesanan sudah punya alamat" in again
    assert Link.objects.count() == 3
