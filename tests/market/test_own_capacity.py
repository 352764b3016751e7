"""An owner says by the firm's own link what it can make now."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pulih.market.actions import capacities
from pulih.market.links import CAPACITY
from pulih.market.models import Capacity
from pulih.people.links import actions as link_actions
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    made = market.firm("Konveksi 1")
    market.capacity(made)
    return made


def link_to(firm):
    now = timezone.now()
    return link_actions.give(
        CAPACITY, holder=firm.name, subjects=[firm.pk], area=firm.regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(3), by=cast.regency_officer(),
        now=now,
    )  # fmt: skip


def test_an_owner_confirms_and_states_anew_on_a_phone(firm, client):
    link, secret = link_to(firm)
    landing = reverse("market:own-capacity", args=[link.pk])
    assert client.get(landing).status_code == 404
    client.get(reverse("links:open", args=[secret]))
    page = client.get(landing).content.decode()
    assert "600 lembar" in page
    assert 'placeholder="500 lembar/hari"' in page
    assert "lebih dari 120 hari" in page
    one, today = Capacity.objects.get(), timezone.localdate()
    assert client.post(landing, {"capacity": one.pk}).status_code == 303
    one.refresh_from_db()
    assert (one.confirmed_on, one.origin, one.confirmed_by, one.price) == (
        today, "owner", None, 5000,
    )  # fmt: skip
    assert "Masih berlaku" not in client.get(landing).content.decode()
    refused = client.post(landing, {"capacity": one.pk, "words": "cukup banyak"})
    assert 'value="cukup banyak"' in refused.content.decode()  # What was typed stays.
    assert Capacity.objects.get().per_week == 600
    said = client.post(landing, {"capacity": one.pk, "words": "50 lembar/hari"})
    assert said.status_code == 303
    one.refresh_from_db()
    assert (one.per_week, one.price, one.said, one.origin) == (300, 5000, "50 lembar/hari", "owner")


def test_a_link_opens_its_own_firm_alone(firm, client):
    link, secret = link_to(firm)
    other = market.capacity(market.firm("Konveksi 2"))
    client.get(reverse("links:open", args=[secret]))
    landing = reverse("market:own-capacity", args=[link.pk])
    assert "Konveksi 2" not in client.get(landing).content.decode()
    assert client.post(landing, {"capacity": other.pk}).status_code == 404
    with pytest.raises(PermissionDenied):
        capacities.confirm_capacity(other, today=timezone.localdate(), by=link)


def test_the_office_makes_the_address_on_the_firms_page(firm, client):
    client.force_login(cast.regency_officer())
    page = client.post(reverse("market:ask-owner", args=[firm.pk])).content.decode()
    assert "/l/" in page
    assert "Pemilik memastikan lewat ponsel" in page
    assert "/l/" not in client.get(
        reverse("market:of-enterprise", args=[firm.pk])
    ).content.decode()  # fmt: skip
