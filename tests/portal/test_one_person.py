"""No figure of a release is that of one firm or one person, under whatever name it goes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from pulih.delivery.actions import handovers
from pulih.portal.areas import areas_on
from pulih.portal.datasets import DATASETS, Moment, goods, help_given
from pulih.portal.standards import giving
from tests.make import delivery
from tests.make import opendata as make
from tests.people import cast

CONFIRMED = datetime(2020, 6, 25, 5, tzinfo=UTC)


def test_whatever_counts_firms_or_people_is_protected():
    for one in (measure for each in DATASETS for measure in each.measures):
        if one.unit.en in ("firms", "people"):
            assert one.is_protected, one.key


def receive(item, name, kind, number):
    to = delivery.receiver(name, kind=kind)
    sent = delivery.handover(item, 10, number=number, receiver=to)
    return handovers.confirm(
        sent, received=10, received_on=sent.sent_on, came_back=0, reason="", name="Akhmad",
        post="Logistik", place="Posko", by=cast.provincial_officer(), now=CONFIRMED,
        today=sent.sent_on,
    )  # fmt: skip


@pytest.mark.django_db
def test_goods_of_a_person_are_in_no_amount_that_a_province_received():
    item = delivery.stocked(delivery.activity(), 500, 1_000_000)
    named = [
        receive(item, "Gugus Tugas Jawa Barat", "task_force", "BAST-1"),
        receive(item, "CV Sagu Uji", "firm", "BAST-2"),
    ]
    day = named[0].sent_on
    receive(item, "Made Uji", "person", "BAST-3")
    receive(item, "UD Uji", "firm", "BAST-4")
    moment = Moment(day, timezone.now() + timedelta(minutes=1), areas_on(day))
    delivered = {
        (row.area, row.dimension): row.value
        for row in help_given.collect(moment)
        if row.measure == "help_delivered"
    }
    assert delivered["32", "all"] == sum(one.value for one in named)
    assert delivered["32", "programme"] == delivered["ID", "all"] == delivered["32", "all"]


def goods_for_industry(day):
    moment = Moment(day, timezone.now() + timedelta(minutes=1), areas_on(day))
    return {
        row.measure: row.value
        for row in goods.collect(moment)
        if (row.area, row.measure[:14]) == ("32", "goods_to_firms") and row.value is not None
        and row.dimension in ("all", "good")
    }  # fmt: skip


@pytest.mark.django_db
def test_goods_for_industry_are_those_of_rows_that_anybody_can_read():
    item = delivery.stocked(delivery.activity(), 500, 1_000_000)
    first = receive(item, "Gugus Tugas Jawa Barat", "task_force", "BAST-1")
    receive(item, "CV Sagu Uji", "firm", "BAST-2")
    for number in range(3, 7):
        receive(item, f"Made {number}", "person", f"BAST-{number}")
    day = first.sent_on
    # Four persons are too few to be told of; the offices' goods are another figure.
    assert goods_for_industry(day) == {"goods_to_firms": 10, "goods_to_firms_value": first.value}
    receive(item, "UD Uji", "firm", "BAST-7")
    assert goods_for_industry(day) == {
        "goods_to_firms": 60, "goods_to_firms_value": 6 * first.value
    }  # fmt: skip


@pytest.mark.parametrize(
    ("persons", "said"), [(1, "Kurang dari 5 "), (4, "Kurang dari 5 "), (0, "0 ")]
)
def test_how_few_persons_are_left_out_is_not_counted(persons, said):
    gifts = [make.gift(1)] + [
        make.gift(key, receiver=key, receiver_kind="person", receiver_name="Made Uji")
        for key in range(2, 2 + persons)
    ]
    assert f"{said}serah terima tidak dimuat" in giving.package(gifts, make.about())["description"]


def test_how_many_are_left_out_is_told_from_five_on():
    gifts = [make.gift(1)] + [
        make.gift(key, receiver=key, area=f"63{key}", receiver_kind="person", receiver_name="Uji")
        for key in range(10, 15)
    ]
    assert " 5 serah terima" in giving.package(gifts, make.about())["description"]
