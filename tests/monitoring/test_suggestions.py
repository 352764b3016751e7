"""What delivery recorded fills Form A as a suggestion, and stays one until somebody saves it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from pulih.delivery.actions import goods
from pulih.delivery.reads.payments import money_by_line, promise_of
from pulih.monitoring.ledger import part_of
from pulih.monitoring.models import QuarterProgress
from pulih.monitoring.suggestions import Suggestion, suggestions
from tests.make import delivery as make_delivery
from tests.make import grants as make_grants
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once
def activity():
    return make_delivery.payable(5, absent=[(2, 0), (2, 1)])


def part(activity):
    lines = money_by_line(promise_of(activity))
    return part_of(max(lines, key=lambda one: one.promised).line)


def target(activity, measured_in):
    one = part(activity)
    return make.target(
        activity.unit, one.output, programme=one.programme, activity=one.activity,
        measured_in=measured_in,
    )  # fmt: skip


def test_people_count_who_completed_once_the_training_is_over(activity):
    target(activity, "Orang")
    assert suggestions(activity.unit, 2020, 2) == {part(activity): Suggestion(4, 1)}
    assert suggestions(activity.unit, 2020, 1) == {}
    assert suggestions(activity.unit, 2021, 2) == {}


def test_goods_count_once_their_receiver_counted_them(activity):
    target(activity, "potong")
    assert suggestions(activity.unit, 2020, 2) == {}
    by, day = cast.provincial_officer(), make_delivery.LAST
    item = make_delivery.item(activity)
    goods.make_batch(
        item, quantity=500, material=None, used=0, day=day, session=None, by=by, today=day
    )
    goods.move(item, kind="passed", quantity=500, day=day, by=by, today=day)
    make_grants.received_of(item, 480)
    assert suggestions(activity.unit, 2020, 2) == {part(activity): Suggestion(480, 1)}


def test_an_output_measured_in_something_else_gets_no_suggestion(activity):
    target(activity, "dokumen")
    assert suggestions(activity.unit, 2020, 2) == {}


def test_the_form_is_filled_and_nothing_is_kept_until_it_is_saved(activity, client):
    given = target(activity, "Orang")
    client.force_login(cast.provincial_officer())
    address = reverse("monitoring:quarter", args=[activity.unit_id, 2020, 2])
    page = client.get(address).content.decode()
    assert "saran: 4, dari 1 kegiatan" in page
    assert not QuarterProgress.objects.exists()
    make.progress(given, quarter=2, volume=Decimal(3))
    assert "saran:" not in client.get(address).content.decode()
