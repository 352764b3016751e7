"""A page of a buyer that shows only some needs says how many more there are, and where."""

import pytest
from django.urls import reverse

from pulih.market.views import buyers
from tests.html import words
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_needs_that_are_left_out_are_counted_and_listed(client, monkeypatch):
    monkeypatch.setattr(buyers, "MOST_NEEDS", 1)
    buyer = market.buyer()
    for _number in range(3):
        market.need(of=buyer)
    market.need(of=market.buyer(name="RSUD Lain"))
    client.force_login(cast.planner())
    page = client.get(reverse("market:buyer", args=[buyer.pk])).content.decode()
    assert "2 lagi tidak ditampilkan di sini" in words(page)
    address = f"{reverse('market:needs')}?buyer={buyer.pk}"
    assert address in page
    listed = client.get(address).context["list"]
    assert listed.page.total == 3
    assert [str(chip.value) for chip in listed.chips] == ["RSUD Indramayu"]
