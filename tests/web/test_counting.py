"""Counting several rows at once says what counting each by itself says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pulih.areas.models import Area
from pulih.web.counting import count_each, count_sums


@pytest.mark.django_db
def test_each_is_counted_as_if_it_were_asked_alone():
    areas = Area.objects.all()
    rows = [
        areas.filter(level="province"),
        areas.none(),
        areas.filter(name="100% 'x'"),
        areas.order_by("-name")[:7],
        areas.filter(codes__isnull=False).distinct(),
        areas.filter(pk__in=[]),
    ]
    assert count_each([3, *rows]) == [3, *(one.count() for one in rows)]
    assert count_sums([[], [2, rows[3]], [rows[0], rows[0]]]) == [0, 9, 2 * rows[0].count()]


@pytest.mark.django_db
def test_the_same_rows_are_counted_once_wherever_they_are_asked_for():
    areas = Area.objects.all()
    wanted = [areas.filter(level=level) for level in ("province", "regency", "province")]
    with CaptureQueriesContext(connection) as asked:
        counts = count_each([*wanted, 5, wanted[1]])
    assert counts == [one.count() for one in wanted] + [5, wanted[1].count()]
    assert counts[0] != counts[1]
    assert asked[0]["sql"].count("count(*)") == 2


def test_what_is_known_asks_nobody():
    assert count_sums([(), [1, 2]]) == [0, 3]  # Without a database it would fail.
