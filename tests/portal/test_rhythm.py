"""How often which figures come out: due days, money by itself, and what a release carries over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.inbox.models import ImportBatch
from pulih.people.scope import speaking_as_system
from pulih.portal import actions, rhythm
from pulih.portal.models import Cadence, Every, Release, Scope
from tests.make import budget
from tests.make import portal as make

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
    publish()
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    ImportBatch.objects.update(state="received")
    assert publish(publish_money) is None
    Cadence.objects.filter(scope=Scope.MONEY).delete()
    ImportBatch.objects.update(state="done")
    assert publish(publish_money) is None
    assert Release.objects.count() == 1
