"""Many connections make lists of honoraria at one moment: a session, and an hour, is paid once.

Slow for a unit test (real threads and connections): nothing less proves it.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from pulih.common.errors import Refusal
from pulih.delivery.models import Activity, PaidSession, PaymentList
from pulih.delivery.reconcile import differences
from pulih.people.scope import speaking_as_system, speaking_for
from tests.make import delivery as make
from tests.make import teaching as make_teaching
from tests.people import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS = 8


def pays(activity, only=()):
    """Try to fix a list in a connection of its own; tell whether it was made."""
    by = cast.provincial_officer()
    try:
        with speaking_for(by):
            make_teaching.honoraria_list(activity, only=only, by=by)
    except Refusal:
        return False
    finally:
        connection.close()
    return True


def at_once(*asked):
    with ThreadPoolExecutor(len(asked)) as pool:
        return [one.result(60) for one in [pool.submit(pays, *each) for each in asked]]


def held(activity, first):
    """Let a class of an activity have its sessions, with two people present."""
    cohort = make.cohort(2, of=activity)
    make.session(cohort)
    make.session(cohort, make.LAST)
    make.seated(cohort, 2, first=first)
    make.attended(cohort)
    return cohort


def test_one_of_many_lists_pays_and_an_hour_is_paid_in_one_activity_alone():
    with speaking_as_system():
        here = make.funded(more=[make.TEACHING])
        held(here, 1)
        made, putu, _helper = make_teaching.taught(here)
        there = make.funded(more=[make.TEACHING], title="Bimtek pelindung wajah")
        other = held(there, 11)
        twin = other.trainers.create(
            name="I Made Pengajar", role="trainer", payee="servant_3", nik=made.nik.whole,
            nik_key=made.nik_key,
        )  # fmt: skip
        make_teaching.teaching(twin, other.sessions.filter(day=make.FIRST))
    asked = [(here, [made.pk]), (there, [twin.pk])] * (WRITERS // 2)
    assert sum(at_once(*asked)) == 1
    assert PaidSession.objects.count() == 1
    assert sum(at_once(*[(here, [putu.pk])] * WRITERS)) == 1
    paid = Counter(PaidSession.objects.values_list("session__day", "trainer__nik_key"))
    assert set(paid.values()) == {1}
    assert PaymentList.objects.filter(activity__in=Activity.objects.all()).count() == 2
    assert list(differences()) == []
