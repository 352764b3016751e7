"""What is made once for a module's tests: seen by those that ask for it, and by each as it was."""

import pytest

from pulih.people.models import User
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
made = []


@made_once
def first(db):
    made.append("first")
    return cast.person("reviewer", username="first")


@made_once
def second(first):
    made.append("second")
    return [first, cast.person("reviewer", username="second")]


@made_once
def broken(first):
    raise LookupError("no such line")


def known():
    return set(User.objects.filter(role="reviewer").values_list("username", flat=True))


@pytest.mark.parametrize("name", ["Ani", "Budi"])
def test_each_test_gets_it_as_it_was_made(first, name):
    assert first.name == User.objects.get(pk=first.pk).name == "First"
    first.name = name
    first.save()
    assert made == ["first"]


def test_what_asks_for_another_gets_the_same(second, first):
    assert second[0] is first
    assert known() == {"first", "second"}
    assert made == ["first", "second"]


def test_who_asks_for_one_sees_no_rows_of_the_other(first):
    assert known() == {"first"}
    assert made == ["first", "second"]


def test_who_asks_for_none_sees_no_rows():
    assert known() == set()


def test_it_is_made_again_after_that(first):
    assert known() == {"first"}
    assert made == ["first", "second", "first"]


@pytest.mark.xfail(raises=LookupError, strict=True)
def test_what_cannot_be_made_is_said_by_the_test(broken):
    pass


def test_and_leaves_nothing_behind():
    assert known() == set()


@pytest.mark.django_db(transaction=True)
def test_where_transactions_end_it_is_made_for_the_test_alone(second):
    assert known() == {"first", "second"}
    assert made[-2:] == ["first", "second"]
