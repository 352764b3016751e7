"""The rebate on machines: exact rupiah, nothing below the least, never above the most."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.measures.rules.rebate import Origin, refund, schemes

(SCHEME,) = [one for one in schemes() if one.year == 2020]
prices, origins = st.integers(1, 10**12), st.sampled_from(Origin)


@given(prices, origins)
def test_the_refund_is_the_share_within_its_limits(price, origin):
    found = refund(SCHEME, price, origin)
    share = price * {Origin.DOMESTIC: 30, Origin.IMPORTED: 25}[origin] / 100
    assert found.rupiah == (0 if share < 5_000_000 else min(int(share), 300_000_000))
    assert found.cash_first == price == found.rupiah + found.left


@given(prices, prices, origins)
def test_a_dearer_machine_never_gets_less(first, second, origin):
    lower, higher = sorted((first, second))
    assert refund(SCHEME, lower, origin).rupiah <= refund(SCHEME, higher, origin).rupiah


def test_what_would_change_it_carries_its_numbers():
    imported = refund(SCHEME, 18_000_000, Origin.IMPORTED)
    assert imported.rupiah == 0
    assert "Rp4.500.000" in imported.reason.id
    said = " ".join(one.id for one in imported.changes)
    assert "Rp5.400.000" in said
    assert "Rp20.000.000" in said
    capped = refund(SCHEME, 2_000_000_000, Origin.DOMESTIC)
    assert (capped.rupiah, "Rp1.000.000.000" in capped.changes[-1].id) == (300_000_000, True)


@pytest.mark.django_db
def test_everybody_may_ask_without_signing_in(client):
    url = reverse("measures:rebate")
    assert "Rp300.000.000" in client.get(url).content.decode()
    assert not client.get(url, {"per": "2020-06-15"}).context["form"].errors
    asked = {"price": "100.000.000", "origin": "domestic", "year": "2020"}
    assert "Rp30.000.000" in client.get(url, asked).content.decode()
    wrong = client.get(url, {**asked, "price": "12,5 juta"}).content.decode()
    assert "rupiah bulat" in wrong
    assert "Yang diganti" not in wrong
