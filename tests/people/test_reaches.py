"""What a person reaches on a day: by reaches that hold on it, and regencies that lie there then."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pulih.areas.models import AreaClosure
from pulih.people.models import Reach, User
from tests.people import cast

TOMORROW = timedelta(days=1)
pytestmark = pytest.mark.django_db


def on_day(person: User, area: str, begins: date, ends: date | None) -> Reach:
    return Reach.objects.create(user=person, area=cast.area(area), valid_from=begins, valid_to=ends)


def test_a_reach_counts_from_its_first_day_until_before_its_last():
    person, today = cast.regency_officer("Kab. Indramayu"), timezone.localdate()
    on_day(person, "Kota Bandung", cast.SINCE, today)
    on_day(person, "Kota Bekasi", cast.SINCE, today + TOMORROW)
    on_day(person, "Kota Bogor", today, None)
    on_day(person, "Kota Depok", today + TOMORROW, None)
    fresh = User.objects.get(pk=person.pk)
    held = Reach.objects.valid_on(today).filter(user=person)
    assert {one.name for one in fresh.areas} == {"Kab. Indramayu", "Kota Bekasi", "Kota Bogor"}
    assert fresh.sight.regencies == {one.area_id for one in held}
    assert fresh.sight.provinces == frozenset()


@pytest.mark.parametrize("name", ["Jawa Barat", "Papua"])
def test_below_a_province_lie_the_regencies_of_the_day(name):
    """Papua was divided in 2022."""
    province = cast.area(name)
    below = AreaClosure.objects.filter(ancestor=province, descendant__level="regency")
    now, before = (
        set(below.filter(valid_to__isnull=ends).values_list("descendant_id", flat=True))
        for ends in (True, False)
    )
    sight = cast.provincial_officer(name).sight
    assert bool(before) == (name == "Papua")
    assert sight.provinces == {province.pk}
    assert sight.regencies == now - before != set()


def test_who_reaches_nothing_sees_nothing():
    person = cast.regency_officer("Kab. Indramayu")
    person.reaches.update(valid_to=timezone.localdate())
    fresh = User.objects.get(pk=person.pk)
    assert fresh.areas == []
    assert fresh.home is None
    assert not fresh.sight.country
    assert fresh.sight.regencies == fresh.sight.provinces == frozenset()
