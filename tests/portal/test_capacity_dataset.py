"""Capacity by product and place: public from five makers up, and by no subtraction."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pulih.market.models import Capacity
from pulih.portal.areas import areas_on
from pulih.portal.datasets import Moment, capacity
from pulih.portal.models import Cell
from tests.make import market
from tests.make import portal as make

pytestmark = pytest.mark.django_db


def moment(day=market.DAY):
    return Moment(day, timezone.now() + timedelta(minutes=1), areas_on(day))


def makers(number, regency="Kab. Indramayu", code="cloth_mask", **changes):
    for n in range(number):
        firm = market.firm(f"Konveksi {regency} {code} {n}", regency)
        firm.is_listed = True
        firm.save(update_fields=["is_listed"])
        market.capacity(firm, code, **changes)


def values():
    return {(row.measure, row.area): row.value for row in capacity.collect(moment())}


def test_makers_and_their_week_are_counted_by_product_in_every_place_above():
    makers(2, per_week=600)
    makers(1, "Kab. Cirebon", per_week=70)
    makers(1, "Kab. Cirebon", "hazmat_suit", per_week=5)
    found = values()
    assert found["makers_cloth_mask", "ID"] == found["makers_cloth_mask", "32"] == 3
    assert found["capacity_cloth_mask", "32"] == 1_270
    assert found["makers_hazmat_suit", "ID"] == 1
    assert found["capacity_hazmat_suit", "3212"] == 0
    assert found["makers_cloth_mask", "31"] is None
    assert found["makers_coffee", "32"] is None  # Nobody in the country states any.


def test_who_was_not_asked_for_long_or_later_than_the_day_does_not_count():
    makers(1, confirmed_on=market.DAY - timedelta(121))
    makers(1, "Kab. Cirebon", confirmed_on=market.DAY + timedelta(1))
    assert values()["makers_cloth_mask", "ID"] is None


def test_no_place_with_fewer_than_five_makers_is_shown_nor_what_would_give_it_away():
    makers(8, per_week=600)
    makers(4, "Kab. Cirebon", per_week=70)
    makers(6, "Kab. Majalengka", per_week=90)
    release = make.checked(market.DAY)
    cells = Cell.objects.filter(release=release, measure__endswith="_cloth_mask")
    shown = {(one.measure.split("_")[0], one.area): one.value for one in cells}
    for measure in ("makers", "capacity"):
        assert shown[measure, "3209"] is None
        hidden = [area for area in ("3212", "3209", "3210") if shown[measure, area] is None]
        assert len(hidden) > 1 or shown[measure, "32"] is None


def test_nobodys_own_capacity_stands_in_a_release():
    makers(5, per_week=10)
    Capacity.objects.filter(enterprise__name__endswith=" 0").update(per_week=1_000_000)
    found = [row for row in capacity.collect(moment()) if row.measure == "capacity_cloth_mask"]
    sums = [row for row in found if row.value]
    assert {(row.contributors, row.largest, row.second) for row in sums} == {(5, 1_000_000, 10)}
