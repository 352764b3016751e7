"""Counting several rows at once says what counting each by itself says."""

import pytest
from django.db import connection
from django.db.models import Case, Value, When
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from pulih.areas.models import Area
from pulih.web import counting
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
    assert [one["sql"].count("EXECUTE") for one in asked] == [1]
    assert prepared()[-1].count("count(*)") == 2


@pytest.mark.django_db
def test_people_who_reach_different_numbers_of_areas_share_a_plan():
    areas = Area.objects.all()
    before = set(prepared())
    for keys in ([1], [1, 2, 3], list(range(1, 40))):
        assert count_each([areas.filter(pk__in=keys)]) == [areas.filter(pk__in=keys).count()]
    assert len(set(prepared()) - before) == 1


@pytest.mark.django_db
def test_who_reaches_few_areas_has_the_plan_made_once_as_well():
    """By itself PostgreSQL plans for each such list anew, which takes longer than to count."""
    areas = Area.objects.filter(pk__in=[2], level="province", name="Jawa Barat")
    for _page in range(9):
        count_each([areas])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE name LIKE 'counts%' ORDER BY prepare_time DESC LIMIT 1"
        )
        assert cursor.fetchone() == (9, 0)
        cursor.execute("SHOW plan_cache_mode")  # Of other statements PostgreSQL decides.
        assert cursor.fetchone() == ("auto",)


@pytest.mark.django_db
def test_rows_that_are_chosen_by_nothing_are_counted():
    assert count_each([Area.objects.all()]) == [Area.objects.count()]


@pytest.mark.django_db
def test_what_cannot_be_planned_before_its_values_are_known_is_counted_all_the_same():
    untyped = Area.objects.annotate(said=RawSQL("%s IS NULL", ["x"])).filter(said=False)
    # A bare value among the results of CASE is taken for text, which NOT does not take.
    told = Area.objects.exclude(Case(When(level="country", then=Value(True)), default=Value(False)))
    for _time in range(2):
        assert count_each([untyped]) == [Area.objects.count()]
        assert count_each([told]) == [Area.objects.exclude(level="country").count()]


@pytest.mark.django_db
def test_a_connection_keeps_few_plans():
    for number in range(counting.KEPT + 3):
        assert count_each([Area.objects.filter(name="Bali")[: number + 1]]) == [1]
    assert len(prepared()) == counting.KEPT


@pytest.mark.django_db
def test_plans_that_others_let_go_are_made_again():
    wanted = [Area.objects.filter(level="province")]
    counts = count_each(wanted)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")  # As psycopg does once it has prepared anything itself.
    assert count_each(wanted) == counts


def prepared():
    """Return the statements that this connection keeps, the newest last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE name LIKE 'counts%'"
            " ORDER BY prepare_time"
        )
        return [row[0] for row in cursor.fetchall()]


def test_what_is_known_asks_nobody():
    assert count_sums([(), [1, 2]]) == [0, 3]  # Without a database it would fail.
