"""Statements of what waits are kept for a person as she is on a day, and made anew for another."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from pulih.people.models import Reach, Role, User
from pulih.web.counting import stated
from pulih.workflow import reads, tasks
from tests.people import cast

pytestmark = pytest.mark.django_db
PEOPLE = (
    cast.planner,
    cast.provincial_officer,
    cast.regency_officer,
    cast.auditor,
    cast.administrator,
    lambda: cast.person(Role.REVIEWER),
)


def known(person):
    """Return the person as the next request finds her, with what she reaches read already."""
    found = User.objects.get(pk=person.pk)
    assert found.sight is not None
    return found


def counted(person):
    """Return what the menu counts of kept statements: each by its words and values."""
    request = RequestFactory().get("/desk/")
    request.user = person
    kept = {key for key, one in tasks._rooms.items() if one.is_kept} | {tasks.DUTIES}
    return {key: said(rows) for key, rows in tasks._of_page(request, person).items() if key in kept}


def anew(person):
    rooms = {key: one.rows(person) for key, one in tasks._rooms.items() if one.is_kept}
    return {
        key: said(rows) for key, rows in {tasks.DUTIES: reads.waiting_for(person), **rooms}.items()
    }


def said(rows):
    rows = stated(rows)
    return rows if isinstance(rows, int) else (rows.sql, tuple(rows.values))


def test_what_is_kept_follows_from_the_person_alone(django_assert_num_queries):
    """A room that asks the database what to count would count by what stood there before."""
    for make in PEOPLE:
        person = known(make())
        with django_assert_num_queries(0):
            assert len(anew(person)) > 7


def test_who_comes_again_has_her_own_statements_without_stating_them(django_assert_num_queries):
    for make in PEOPLE:
        person = known(make())
        first = tasks._kept_for(person)
        assert counted(person) == anew(person)
        assert tasks._kept_for(known(person)) is first


def test_who_is_another_now_is_counted_as_such(monkeypatch):
    person = cast.regency_officer()
    before = counted(known(person))
    seen = [before]

    def changed():
        now = known(person)
        assert counted(now) == anew(now)
        assert counted(now) not in seen
        seen.append(counted(now))

    User.objects.filter(pk=person.pk).update(role=Role.PROVINCIAL_OFFICER)
    changed()
    Reach.objects.filter(user=person).update(area=cast.area("Kota Denpasar"))
    changed()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_moment: tomorrow)
    changed()
    User.objects.filter(pk=person.pk).update(is_active=False)
    changed()


def test_few_people_are_kept(monkeypatch):
    monkeypatch.setattr(tasks, "PEOPLE", 2)
    for make in PEOPLE:
        tasks._kept_for(known(make()))
        assert len(tasks._kept) <= 2
