"""What a copy of somebody's data holds of classes: attendance, payments, and what was taught."""

import pytest
from django.apps import apps

from pulih.delivery.models import Person, Trainer
from pulih.privacy import actions
from pulih.privacy.copying import PARTS
from pulih.registry.models import Enterprise
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


# Tables beside the copy that name somebody: how the register joined firms, and what others asked.
LEFT_OUT = {
    "registry.EnterpriseSource": "its rows stand in the copy as they were delivered",
    "registry.Review": "two records compared", "registry.Separation": "two records kept apart",
    "registry.Merge": "two records joined", "registry.MergeMember": "two records joined",
    "registry.SplitMove": "rows moved from one record to another",
    "registry.Pin": "what an office settled stands in the firm",
    "market.UnreadCapacity": "made anew from the delivered row, which stands in the copy",
    "market.ReadinessAsk": "that it was asked; the answer stands in the copy",
    "market.Consignment": "what a run proposed to buyers", "market.Part": "what a run proposed",
    "market.Order": "its parts stand in the copy, by firm",
    "delivery.Move": "goods by their hand-over, which stands in the copy",
    "delivery.CountCorrection": "the count that holds stands in the hand-over",
    "delivery.Signature": "of both sides of a hand-over, which stands in the copy",
    "delivery.HandoverPhoto": "shows goods of a hand-over, which stands in the copy",
    "grants.GrantCase": "how goods of a hand-over leave the books",
}  # fmt: skip


def test_whatever_names_a_person_stands_in_the_copy_or_says_why_not():
    whole = {Person, Trainer, Enterprise}
    in_copy = whole | {part.model for part in PARTS}
    own = [model for model in apps.get_models() if model.__module__.startswith("pulih.")]
    about = {
        model._meta.label
        for model in own
        if not model.__name__.endswith("Event") and model not in in_copy
        if any(field.related_model in in_copy for field in model._meta.concrete_fields)
    }
    assert about - LEFT_OUT.keys() == set()
    assert LEFT_OUT.keys() - about == set()


def test_a_copy_holds_checks_objections_and_earlier_requests():
    activity = make_delivery.activity()
    [applicant] = make_delivery.applicants(activity, 1, by=cast.planner())
    make_delivery.listed("deceased", [applicant.person.nik.whole])
    make_delivery.checked(activity, by=cast.planner())
    make_delivery.objection(applicant.results.get())
    make.asked(applicant.person, kind="objection", said="Jangan bandingkan saya.")
    copy = actions.copy(make.asked(applicant.person), by=cast.provincial_officer())
    assert copy["pemeriksaan"][0]["failed"] == "['deceased']"
    assert [one["said"] for one in copy["keberatan"]] == ["Saya masih hidup"]
    assert [one["kind"] for one in copy["permintaan"]] == ["objection", "copy"]
