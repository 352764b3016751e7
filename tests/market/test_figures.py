"""How many make a product: the number of its page, and of the rows behind it."""

from datetime import date

import pytest
from django.urls import reverse

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
