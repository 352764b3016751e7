"""The tables of areas hold what the lists of places say, day by day."""

from datetime import date

import pytest

from pulih import places
from pulih.areas.models import Area, AreaCode
from pulih.areas.rules import closure_rows
from pulih.places import Scheme
from tests.make import areas as make

pytestmark = pytest.mark.django_db
DAYS = (date(2020, 5, 1), date(2022, 7, 24), date(2022, 7, 25), date(2022, 12, 8), date(2025, 6, 1))


@pytest.mark.parametrize("day", DAYS)
def test_provinces_and_regencies_of_a_day_are_those_of_the_lists(day):
    provinces = Area.objects.provinces(day).values_list("pk", flat=True)
    regencies = Area.objects.regencies(day).values_list("pk", flat=True)
    assert set(provinces) == {one.key for one in places.provinces(day)}
    assert set(regencies) == {one.key for one in places.regencies(day)}


@pytest.mark.parametrize("day", DAYS)
def test_a_province_holds_itself_and_the_regencies_of_that_day(day):
    for one in places.provinces(day):
        inside = {one.key, *(below.key for below in places.children_of(one, day))}
        within = Area.objects.within(Area.objects.get(pk=one.key), day)
        assert set(within.values_list("pk", flat=True)) == inside


def test_the_country_holds_everything_once():
    within = Area.objects.within(make.country(), date(2025, 6, 1))
    assert within.count() == len(set(within)) == 1 + 38 + 514


def test_a_moved_regency_lies_in_one_province_on_every_day():
    merauke = make.regency("Merauke").pk
    rows = sorted(
        (row.valid_from, row.valid_to, places.place(row.ancestor).name)
        for row in closure_rows()
        if row.descendant == merauke and row.depth == 1
    )
    split = date(2022, 7, 25)
    assert rows == [
        (places.KNOWN_FROM, split, "Papua"),
        (split, None, "Papua Selatan"),
    ]


def test_names_sort_by_their_bare_name_and_the_kabupaten_first():
    names = list(Area.objects.regencies(DAYS[0]).values_list("name", flat=True))
    start = names.index("Kab. Bandung")
    assert names[start : start + 3] == ["Kab. Bandung", "Kota Bandung", "Kab. Bandung Barat"]


def test_every_code_is_kept_with_its_days_and_whether_it_was_verified():
    codes = AreaCode.objects.filter(area=make.regency("Merauke"), scheme=Scheme.BPS)
    assert list(codes.order_by("valid_from").values_list("code", "verified")) == [
        ("9401", True),
        ("9501", False),
    ]
