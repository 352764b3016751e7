"""Tools for a whole class: a BAST each, in one act, which count in the funnel once received."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.actions import handovers, kits
from pulih.delivery.models import Applicant, Handover, Origin, Receiver
from pulih.delivery.reads.funnel import came_to_activity
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

NOW = datetime(2020, 6, 25, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db
GIVER = {"name": "Nur", "post": "Penelaah", "place": "Gudang"}


@made_once
def cohort(db):
    made = make.cohort(5)
    make.seated(made, 3)
    return made


def given(item, cohort, each=1, by=None, **more):
    usual = {"number": "BAST-7", "sent_on": make.LAST, "now": NOW, "today": make.LAST, **GIVER}
    by = by or cast.provincial_officer()
    return kits.send_to_class(item, cohort=cohort, each=each, by=by, **{**usual, **more})


def counted(handover, received):
    missing = {} if received else {"reason": "Hilang"}
    return handovers.confirm(
        handover, **{"reason": "", **missing}, received=received, received_on=make.LAST,
        came_back=0, by=cast.provincial_officer(), now=NOW, today=make.LAST, **GIVER,
    )  # fmt: skip


def test_each_of_a_class_gets_a_bast_once(cohort, in_english):
    item = make.stocked(cohort.activity, 4)
    sent = given(item, cohort)
    assert [one.number for one in sent] == ["BAST-7/1", "BAST-7/2", "BAST-7/3"]
    names = cohort.participants.order_by("number").values_list("person__name", flat=True)
    assert [one.receiver_name for one in sent] == list(names)
    with pytest.raises(Refusal, match="already"):
        given(item, cohort, number="BAST-8")
    counted(sent[0], 0)
    (again,) = given(item, cohort, number="BAST-8")
    assert again.receiver_id == sent[0].receiver_id


def test_too_few_in_store_send_nothing(cohort, in_english):
    item = make.stocked(cohort.activity, 5)
    with pytest.raises(Refusal, match=r"need 6 potong .* 5 in store"):
        given(item, cohort, each=2)
    assert not Handover.objects.exists()
    assert not Receiver.objects.exists()
    with pytest.raises(Refusal, match="another activity"):
        given(item, make.cohort())
    with pytest.raises(PermissionDenied):
        given(item, cohort, by=cast.provincial_officer("Bali"))


def test_what_is_counted_on_arrival_counts_in_the_funnel(cohort):
    activity = cohort.activity
    for seat in cohort.participants.all():
        Applicant.objects.create(
            activity=activity, person=seat.person, province=seat.province, regency=seat.regency,
            origin=Origin.CLASS, applied_on=make.FIRST,
        )  # fmt: skip
    sent = given(make.stocked(activity, 3), cohort)
    counted(sent[0], 1)
    counted(sent[1], 0)
    came = came_to_activity(activity, cast.provincial_officer())
    assert sorted("has_kit" in one.steps for one in came) == [False, False, True]
    assert sum("has_kit" in one.maybe for one in came) == 2


def test_the_page_of_goods_hands_over_to_a_class(cohort, client):
    client.force_login(cast.provincial_officer())
    item = make.stocked(cohort.activity, 3)
    address = reverse("delivery:send-kits", args=[cohort.activity_id])
    typed = {"number": "B", "item": item.pk, "cohort": cohort.pk, "each": 9, "sent_on": make.LAST}
    refused = client.post(address, typed).content.decode()
    assert "di gudang 3" in refused
    assert client.post(address, {**typed, "each": 1}).status_code == 303
    assert Handover.objects.count() == 3
