"""How long data stays: as the data file says, deleted in time, and written down."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.audit.models import Event
from pulih.delivery.models import Person
from pulih.inbox import uploads
from pulih.people.scope import speaking_as_system
from pulih.privacy import retention
from pulih.privacy.rules import ERASED, keeping, processing
from tests.make import delivery as make_delivery
from tests.make import inbox as make_inbox
from tests.people import cast

RULES = {one.key: one for one in keeping()}


def test_every_rule_can_be_counted_and_each_that_deletes_can_be_done():
    assert RULES.keys() == retention.FOUND.keys()
    assert {key for key, one in RULES.items() if one.deletes} == retention.DELETES.keys()


def test_every_processing_and_rule_says_where_it_is_from():
    for one in (*processing(), *keeping()):
        assert one.source
    assert len({one.key for one in processing()}) == len(processing())


@given(st.sampled_from(keeping()), st.dates(date(2010, 1, 1), date(2090, 1, 1)))
def test_nothing_is_due_before_its_days_are_over(rule, day):
    assert (day - rule.cutoff(day)).days == rule.days > 0


def run(day):
    with speaking_as_system() as system:
        return retention.delete_due(day, by=system)


@pytest.mark.django_db
def test_who_never_got_a_place_is_erased_when_the_time_is_over_and_not_a_day_before():
    activity = make_delivery.activity()
    make_delivery.applicants(activity, 2, first=1, by=cast.planner())
    last = activity.ends_on + timedelta(days=RULES["applicants_without_place"].days)
    assert run(last)["applicants_without_place"] == 0
    assert run(last + timedelta(days=1))["applicants_without_place"] == 2
    assert {(one.name, str(one.nik)) for one in Person.objects.all()} == {(ERASED, "")}
    assert run(last + timedelta(days=2))["applicants_without_place"] == 0
    event = Event.objects.get(verb="privacy.delete_due")
    assert event.detail["applicants_without_place"] == 2


@pytest.mark.django_db
def test_who_sat_in_a_class_is_counted_and_stays():
    seat = make_delivery.seated(make_delivery.cohort(), 1)[0]
    far = date(2050, 1, 1)
    with speaking_as_system():
        due = {one.rule.key: one.number for one in retention.due(far)}
    assert due["participants"] == 1
    run(far)
    assert Person.objects.get(pk=seat.person_id).name == seat.person.name


@pytest.mark.django_db
def test_marked_files_go_after_their_days_and_are_written_again_when_asked():
    batch = make_inbox.read(make_inbox.firm(nik=make_inbox.nik(1)))
    path = uploads.path_of(batch.checked_name)
    written = datetime(2020, 6, 1, tzinfo=UTC).timestamp()
    os.utime(path, (written, written))
    days = RULES["marked_files"].days
    run(date(2020, 6, 1) + timedelta(days=days))
    assert path.exists()
    run(date(2020, 6, 2) + timedelta(days=days))
    assert not path.exists()
    batch.refresh_from_db()
    assert batch.checked_name == ""
