"""How often which figures come out: due days, money by itself, and what a release carries over."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system
from pulih.portal import actions, rhythm
from pulih.portal.models import Cadence, Every, Release, Scope
from tests.make import budget, impact
from tests.make import portal as make
from tests.people import cast

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(st.sampled_from(Every.values), st.integers(1, 28), days)
def test_the_next_due_day_is_the_first_of_its_rhythm_after_the_day(every, day, after):
    due = rhythm.due_after(every, day, after)
    assert due > after
    if every == Every.DAY:
        assert due == after + timedelta(days=1)
        return
    assert due.day == day
    assert every != Every.QUARTER or due.month in (1, 4, 7, 10)
    between = (after + timedelta(days=n) for n in range(1, (due - after).days))
    steps = (1, 4, 7, 10) if every == Every.QUARTER else range(1, 13)
    assert not any(one.day == day and one.month in steps for one in between)


def publish_money():
    with speaking_as_system() as system:
        return actions.publish_money(by=system, day=date(2020, 7, 2))


@pytest.mark.django_db
def test_money_waits_for_a_first_release_and_for_files_that_are_read(publish):
    budget.line(ceiling=1_000)
    assert publish(publish_money) is None
    make.firms("Kab. Bandung", 8)
    publish(make.published, with_pages=False)
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    waiting = impact.batch(is_stored=False)
    assert publish(publish_money) is None
    Cadence.objects.filter(scope=Scope.MONEY).delete()
    impact.stored(waiting)
    assert publish(publish_money) is None
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_a_steward_sets_how_often_figures_come_out_and_it_is_recorded(client):
    client.force_login(make.steward("walidata_b"))
    client.cookies["pulih_language"] = "en"
    address = reverse("portal:rhythms")
    assert client.get(address).content.decode().count("<form method") >= len(Scope)
    asked = {"scope": "provinces", "every": "quarter", "day": "15"}
    assert client.post(address, asked).status_code == 303
    kept = Cadence.objects.get(scope=Scope.PROVINCES)
    assert (kept.every, kept.day) == (Every.QUARTER, 15)
    told = Event.objects.get(verb="portal.set_rhythm").detail
    assert told == {"scope": "provinces", "every": "quarter", "day": 15}
    assert client.post(address, asked | {"every": "by_hand"}).status_code == 303
    assert not Cadence.objects.filter(scope=Scope.PROVINCES).exists()
    assert client.post(address, {"scope": "money", "every": "day", "day": "1"}).status_code == 303


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "29"}, {"day": "0"}, {"day": "x"}, {"day": ""}, {"every": "day"}, {"every": "week"},
        {"every": ""}, {"scope": "nobody"},
    ],
)  # fmt: skip
def test_a_rhythm_that_cannot_be_changes_nothing(client, wrong):
    before = list(Cadence.objects.values_list("scope", "every", "day"))
    client.force_login(make.steward("walidata_b"))
    asked = {"scope": "provinces", "every": "month", "day": "3"} | wrong
    answer = client.post(reverse("portal:rhythms"), asked)
    assert answer.status_code == 200
    assert list(Cadence.objects.values_list("scope", "every", "day")) == before


@pytest.mark.django_db
def test_figures_of_people_never_come_out_every_day():
    for scope, every, day in (
        ("provinces", "day", 1),
        ("regencies", "day", 1),
        ("money", "day", 31),
    ):
        with pytest.raises(Refusal):
            actions.set_rhythm(Scope(scope), every, day, by=make.steward("walidata_b"))
    with pytest.raises(PermissionDenied):
        actions.set_rhythm(Scope.MONEY, "day", 1, by=cast.planner())
