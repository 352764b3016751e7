"""Who is not paid: the absent, those without a seat by NIK, and more people than were approved."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from pulih.common.errors import Refusal
from pulih.delivery.actions import rosters
from pulih.delivery.models import PaymentEntry, PaymentList
from pulih.delivery.reads.payments import owed, rows_of
from tests.make import delivery as make
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_exactly_those_who_came_are_paid_for_the_days_they_were_there():
    activity = make.payable(5, absent=[(2, 0), (3, 0), (3, 1)])
    made = make.payment_list(activity)
    listed = {one.participant.number: one for one in made.entries.select_related("participant")}
    assert {number: one.gross for number, one in listed.items()} == {
        1: 220_000, 2: 110_000, 4: 220_000, 5: 220_000
    }  # fmt: skip
    assert listed[2].days == [make.LAST]
    assert (made.people, made.gross, made.tax, made.rate) == (4, 770_000, 0, 110_000)
    left_out = {
        one.participant.number: one.obstacles
        for one in owed(activity, made.row, rows_of(activity)[0][1])
        if one.participant.number not in listed
    }
    assert left_out == {3: ["absent"]}


def test_an_absent_person_is_named_and_not_paid():
    activity = make.payable(3, absent=[(2, 0), (2, 1)])
    absent = activity.participants.get(number=2)
    with pytest.raises(Refusal, match=r"Cannot be paid: Peserta 2 \(was not present on any day"):
        make.payment_list(activity, only=[absent.pk])
    assert not PaymentList.objects.exists()


def test_the_database_pays_no_absent_person_whatever_a_program_forgets():
    activity = make.payable(3, absent=[(2, 0)])
    made, absent = make.payment_list(activity), activity.participants.get(number=2)
    for days in ([make.FIRST], [make.LAST, date(2020, 6, 24)], []):
        with pytest.raises(DatabaseError, match="was not present"), transaction.atomic():
            PaymentEntry.objects.create(
                list=made, row=made.row, participant=absent, province=made.province, position=9,
                days=days, rate=1, times=1, gross=1, tax=0,
            )  # fmt: skip


def test_a_provisional_seat_cannot_be_paid():
    activity = make.funded()
    cohort = make.cohort(2, of=activity)
    make.session(cohort)
    rosters.seat_list(
        cohort, f"Ani\t{make.nik(1)}\tP\nTanpa Nomor\t\tP", by=cast.provincial_officer(),
        today=make.FIRST,
    )  # fmt: skip
    make.seats.claim(activity, by=cast.provincial_officer(), today=make.FIRST)
    make.attended(cohort)
    make.all_lists([make.nik(1)])
    make.checked(activity, "payment")
    make.waived(activity)
    made = make.payment_list(activity)
    assert made.entries.get().participant.person.name == "Ani"
    without = activity.participants.get(number=2)
    with pytest.raises(Refusal, match=r"Tanpa Nomor \(the seat is provisional"):
        make.payment_list(activity, only=[without.pk])
    with pytest.raises(DatabaseError, match="has no seat by NIK"), transaction.atomic():
        PaymentEntry.objects.create(
            list=made, row=made.row, participant=without, province=made.province, position=9,
            days=[make.FIRST], rate=1, times=1, gross=1, tax=0,
        )  # fmt: skip


def test_a_list_pays_no_more_than_was_approved():
    many = make.payable(6)
    with pytest.raises(Refusal, match=r"approved with Rp1,100,000.*Rp1,320,000 would come"):
        make.payment_list(many)
