"""How many make a product: the number of its page, and of the rows behind it."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.market.models import Capacity
from pulih.registry.models import Enterprise
from tests.architecture.figures_followed import FiguresOf, disagreements
from tests.make import market
from tests.people import cast


@pytest.mark.django_db
def test_makers_that_matches_leave_out_are_counted_neither_on_the_page_nor_behind_its_link(client):
    market.capacity(market.firm("Jahit Rapi"))
    market.capacity(market.firm("Lama", "Kab. Bandung"), confirmed_on=date(2019, 1, 1))
    Enterprise.objects.update(is_listed=True)
    client.force_login(cast.planner())
    address = reverse("market:product", args=["cloth_mask"])
    shown = FiguresOf(client.get(address, {"per": f"{market.DAY}"}).content.decode()).shown
    assert [(one.key, one.value) for one in shown] == [("market.makers", 1)] * 2
    assert not [each for one in shown for each in disagreements(client, one, True)]


@pytest.mark.django_db
def test_makers_whose_regency_is_unknown_lead_to_no_page_that_counts_others_with_them(client):
    market.capacity(market.firm("Jahit Rapi"))
    for name, *place in (["Tanpa Kabupaten"], ["Di Bali", "Kab. Badung", "Bali"]):
        made = market.capacity(market.firm(name, *place))
        Capacity.objects.filter(pk=made.pk).update(regency=None)
    Enterprise.objects.update(is_listed=True)
    client.force_login(cast.planner())
    address = reverse("market:product", args=["cloth_mask"])
    page = client.get(address, {"per": f"{market.DAY}"}).content.decode()
    shown = FiguresOf(page).shown
    assert sorted(one.value for one in shown) == [1, 1, 1, 3]
    followed = [one for one in shown if one.url]
    assert len(followed) == 3  # Jawa Barat has a page of its makers, not one of these alone.
    assert not [each for one in followed for each in disagreements(client, one, True)]
    assert 'href=""' not in page
