"""Posts change hands on a day; the successor inherits what lies with the post."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.people.models import Role
from pulih.people.scope import speaking_for
from pulih.workflow import reads
from pulih.workflow.actions import NewDuty, appoint, end_holding, start
from pulih.workflow.models import PostHolder
from pulih.workflow.post_holders import acting_for, holder_of, inherited_from, post_of
from tests.examples import examples
from tests.make.workflow import OFFICE, PAPER
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 2)


@made_once
def two():
    area = cast.area("Jawa Barat")
    return [cast.person(Role.PROVINCIAL_OFFICER, area, name) for name in ("ani", "budi")]


@made_once
def post():
    return post_of(OFFICE.key, cast.area("Jawa Barat"))


def appointed(post, person, since, until=None):
    administrator = cast.administrator()
    with speaking_for(administrator):
        return appoint(post, person, since=since, until=until, by=administrator)


def test_the_successor_inherits_the_duties_on_the_same_day(two, post):
    first, second = two
    today = timezone.localdate()
    appointed(post, first, DAY)
    start(PAPER, 1, area=post.area, by=first, duty=NewDuty(post=post))
    assert reads.waiting_for(first).count() == 1
    assert reads.waiting_for(second).count() == 0
    appointed(post, second, today)
    assert reads.waiting_for(first).count() == 0
    assert reads.waiting_for(second).count() == 1
    assert holder_of(post, today - timedelta(days=1)) == first
    assert inherited_from(post) == first
    assert reads.clock_of(reads.open_duty(PAPER, 1)).before == first


def test_many_who_act_for_a_vacant_post_are_asked_for_at_once(post, django_assert_num_queries):
    people = [
        cast.person(Role.PROVINCIAL_OFFICER, cast.area("Jawa Barat"), f"officer{n}")
        for n in range(6)
    ]
    with speaking_for(people[0]), django_assert_num_queries(3):  # Holder, people, their reaches.
        assert acting_for(post) == people


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (date(2020, 4, 1), date(2020, 4, 1), "The term ends before it begins"),
        (date(2020, 2, 1), date(2020, 4, 1), "holds this post from 2 Mar 2020"),
        (DAY, None, "holds this post from 2 Mar 2020"),
    ],
)
def test_what_cannot_be_is_one_sentence(two, post, since, until, sentence):
    appointed(post, two[0], DAY)
    with pytest.raises(Refusal, match=sentence):
        appointed(post, two[1], since, until)
    assert PostHolder.objects.count() == 1


def test_who_may_not_do_the_work_does_not_get_the_post(post):
    for person in (cast.provincial_officer("Bali"), cast.auditor()):
        with pytest.raises(Refusal, match="may not act as office in Jawa Barat"):
            appointed(post, person, DAY)


def test_only_administrators_appoint(two, post):
    planner = cast.planner()
    with pytest.raises(PermissionDenied):
        appoint(post, two[0], since=DAY, by=planner)
    with pytest.raises(DatabaseError), speaking_for(planner), transaction.atomic():
        PostHolder.objects.create(post=post, person=two[0], since=DAY)


def test_a_term_is_ended_within_itself(two, post):
    held = appointed(post, two[0], DAY, date(2020, 5, 1))
    administrator = cast.administrator()
    for wrong in (DAY, date(2020, 5, 2)):
        with pytest.raises(Refusal, match="must be after 2 Mar 2020 and no later than 1 May 2020"):
            end_holding(held, until=wrong, by=administrator)
    with speaking_for(administrator):
        end_holding(held, until=date(2020, 4, 1), by=administrator)
    assert holder_of(post, date(2020, 3, 31)) == two[0]
    assert holder_of(post, date(2020, 4, 1)) is None


days = st.integers(0, 30).map(lambda n: DAY + timedelta(days=n))


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 1), days, st.none() | days), max_size=6))
def test_nobody_shares_a_post_on_any_day(two, post, terms):
    PostHolder.objects.all().delete()
    for who, since, until in terms:
        try:
            appointed(post, two[who], since, until)
        except Refusal:
            continue
    for n in range(32):
        assert PostHolder.objects.on(DAY + timedelta(days=n)).filter(post=post).count() <= 1
