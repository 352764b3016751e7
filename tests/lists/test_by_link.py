"""A filter by one object's key, which links from elsewhere ask for."""

import pytest

from pulih.areas.models import Area
from pulih.lists.usual import area_name, by_link
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_its_chip_names_the_object_and_an_unknown_one_keeps_its_number():
    filter_ = by_link("regency", "Regency", Area)
    assert filter_.shown(cast.area("Kab. Indramayu").pk) == "Kab. Indramayu"
    assert filter_.shown(10**9) == str(10**9)


def test_it_keeps_the_rows_of_the_object():
    filter_ = by_link("within", "Province", Area, "pk", named=lambda area: area.name.upper())
    place = cast.area("Kab. Indramayu")
    assert filter_.narrow is not None
    assert list(filter_.narrow(Area.objects.all(), place.pk)) == [place]
    assert filter_.shown(place.pk) == place.name.upper()


def test_an_area_is_named_without_a_statement(django_assert_num_queries):
    areas = list(Area.objects.all())
    with django_assert_num_queries(0):
        assert [area_name(one.pk) for one in areas] == [one.name for one in areas]
        assert area_name(10**9) == str(10**9)
