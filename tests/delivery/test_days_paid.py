"""Each day present is paid once: what is found later is paid by another list, and nothing twice."""

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.delivery.actions import payments
from pulih.delivery.models import Activity, PaymentEntry
from pulih.delivery.reads.payments import owed, rows_of
from tests.delivery import paying
from tests.examples import examples
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@made_once
def activity():
    return make.payable(3, absent=[(2, 0)])


def paid_days(activity):
    """By number in the class, all days that standing lists pay, in order."""
    entries = PaymentEntry.objects.filter(is_void=False, participant__activity=activity)
    found = {}
    for number, days in entries.order_by("pk").values_list("participant__number", "days"):
        found.setdefault(number, []).extend(days)
    return found


def test_a_day_that_turns_out_to_have_been_attended_is_paid_by_another_list(activity):
    first = make.payment_list(activity)
    with pytest.raises(Refusal, match="Nobody can be paid by this row yet"):
        make.payment_list(activity)
    paying.corrected(activity, 2, 0, "present")
    second = make.payment_list(activity)
    assert [(one.participant.number, one.days) for one in second.entries.all()] == [
        (2, [make.FIRST])
    ]
    assert (first.gross, second.gross) == (550_000, 110_000)


def test_a_list_still_stands_when_more_days_are_found_and_not_when_fewer_are(activity):
    made = make.payment_list(activity)
    paying.committed(activity)
    paying.corrected(activity, 3, 1, "absent")
    with pytest.raises(Refusal, match=r"something changed for Peserta 3\. Withdraw"):
        paying.requested(made)
    paying.corrected(activity, 3, 1, "present")
    paying.corrected(activity, 2, 0, "present")
    paying.requested(made)
    made.refresh_from_db()
    assert made.request is not None


def test_what_was_withdrawn_is_owed_again():
    activity = make.payable(2)
    made = make.payment_list(activity)
    payments.withdraw_list(made, reason="salah", by=cast.provincial_officer(), today=make.LAST)
    assert make.payment_list(activity).gross == made.gross


def test_the_database_pays_no_day_twice_whatever_a_program_forgets():
    activity = make.payable(2, absent=[(1, 1)])
    made = make.payment_list(activity, only=[activity.participants.get(number=1).pk])
    other = make.payment_list(activity, only=[activity.participants.get(number=2).pk])
    one = activity.participants.get(number=1)
    paying.corrected(activity, 1, 1, "present")

    def pay(days):
        return PaymentEntry.objects.create(
            list=other, row=other.row, participant=one, province=other.province, position=9,
            days=days, rate=1, times=1, gross=1, tax=0,
        )  # fmt: skip

    for days in ([make.FIRST], [make.FIRST, make.LAST]):
        with pytest.raises(DatabaseError, match="is paid already by row"), transaction.atomic():
            pay(days)
    pay([make.LAST])
    assert made.entries.get().days == [make.FIRST]


@pytest.fixture
def seated_class(db):
    """Seat the class that each example lets come, or not, and forgets again."""
    return make.seated_class(3).pk


absences = st.sets(st.tuples(st.integers(1, 3), st.integers(0, 1)), max_size=6)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(absences, min_size=1, max_size=3))
def test_however_often_attendance_is_corrected_every_day_present_is_paid_once(seated_class, rounds):
    with transaction.atomic():
        activity = Activity.objects.get(pk=seated_class)
        make.came(activity, absent=list(rounds[0]))
        away = set(rounds[0])
        for others in [rounds[0], *rounds[1:]]:
            for number, nth in sorted(away - others):  # Only ever found to have been there.
                paying.corrected(activity, number, nth, "present")
            away &= others
            row, pay = rows_of(activity)[0]
            if any(not one.obstacles for one in owed(activity, row, pay)):
                make.payment_list(activity)
        days = (make.FIRST, make.LAST)
        expected = {
            number: [day for nth, day in enumerate(days) if (number, nth) not in away]
            for number in (1, 2, 3)
        }
        assert {number: sorted(found) for number, found in paid_days(activity).items()} == {
            number: found for number, found in expected.items() if found
        }
        transaction.set_rollback(True)
