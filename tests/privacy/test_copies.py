"""What a copy of somebody's data holds of classes: attendance, payments, and what was taught."""

import pytest

from pulih.delivery.models import Person
from pulih.privacy import actions
from tests.make import delivery as make_delivery
from tests.make import privacy as make
from tests.make import teaching
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_a_copy_holds_what_was_attended_paid_and_taught():
    activity = make_delivery.payable(2, more=[make_delivery.TEACHING, make_delivery.HELPING])
    make_delivery.payment_list(activity)
    taught, *_others = teaching.taught(activity)
    teaching.honoraria_list(activity, only=[taught.pk])
    own = Person.objects.get(nik_key=activity.participants.first().person.nik_key)
    copy = actions.copy(make.asked(own), by=cast.provincial_officer())
    assert [one["presence"] for one in copy["kehadiran"]] == ["present", "present"]
    assert len(copy["pembayaran"]) == 1
    assert copy["mengajar"] == copy["jam_mengajar"] == copy["honorarium"] == []


def test_a_copy_for_who_learned_and_taught_holds_both():
    activity = make_delivery.payable(2, more=[make_delivery.TEACHING, make_delivery.HELPING])
    other, by = make_delivery.activity(), cast.provincial_officer()
    [applicant] = make_delivery.applicants(other, 1, first=9_001, by=by)
    taught, *_others = teaching.taught(activity)
    teaching.honoraria_list(activity, only=[taught.pk])
    copy = actions.copy(make.asked(applicant.person), by=by)
    assert copy["nik"] == make_delivery.nik(9_001)
    assert [(one["name"], one["nik"]) for one in copy["mengajar"]] == [(taught.name, copy["nik"])]
    assert len(copy["jam_mengajar"]) == len(copy["honorarium"]) == 1
    assert copy["kehadiran"] == copy["pembayaran"] == []
