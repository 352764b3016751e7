"""Certificates that a need demands: asked of who is offered, accepts and sends."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.market.actions import by_bast, offers, runs
from pulih.market.models import Order, OrderPart, Receipt, Run
from tests.make import market
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY
DUE = DAY + timedelta(14)


@made_once
def firm():
    made = market.firm("Konveksi 1")
    market.capacity(made, "medical_mask")
    made.certificates.create(
        province_id=made.province_id, regency_id=made.regency_id, kind="medical_device",
        number="AKD 1", verified_at=timezone.now(), verified_by=cast.planner(),
    )  # fmt: skip
    return made


@made_once
def order(firm):
    standard = market.product("medical_mask").standards.get()
    market.need(600, "medical_mask", standard=standard)
    runs.adopt(market.run(), by=cast.planner())
    return Order.objects.get()


def lasting(firm, first, last):
    firm.certificates.update(valid_from=first, valid_to=last)


CASES = [
    (None, None, True),
    (DAY, DUE, True),
    (DAY + timedelta(1), None, False),
    (None, DUE - timedelta(1), False),
    (DAY - timedelta(9), DUE + timedelta(9), True),
]


@pytest.mark.parametrize(("first", "last", "holds"), CASES)
def test_a_certificate_holds_from_the_work_to_the_due_day(order, firm, first, last, holds):
    lasting(firm, first, last)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT market_is_certified(%s, %s, %s, %s)",
            [firm.pk, order.terms.standard_id, DAY, DUE],
        )
        assert cursor.fetchone() == (holds,)
    if holds:
        assert offers.answer(order, accepts=True, by=cast.regency_officer()).state == "accepted"
        return
    with pytest.raises(Refusal, match=r"Konveksi 1: .* dari 15 Jun 2020 sampai"):
        offers.answer(order, accepts=True, by=cast.regency_officer())
    with pytest.raises(DatabaseError, match="no certificate"), transaction.atomic():
        Order.objects.update(state="accepted")


def test_a_certificate_that_no_office_saw_counts_for_nothing(order, firm):
    firm.certificates.update(verified_at=None)
    with pytest.raises(Refusal, match="Konveksi 1"):
        offers.answer(order, accepts=True, by=cast.regency_officer())


def test_goods_leave_and_are_received_only_while_the_certificate_holds(order, firm):
    officer, last = cast.regency_officer(), DUE + timedelta(2)
    lasting(firm, DAY, last)
    offers.confirm(offers.answer(order, accepts=True, by=officer), by=officer)
    after = last + timedelta(1)
    with pytest.raises(Refusal, match="tidak ada sertifikat"):
        offers.send(order, quantity=600, today=after, by=officer)
    carried = {"number": "BAST-1", "quantity": 600, "unit": "lembar", "by": officer}
    with pytest.raises(Refusal, match="tidak ada sertifikat"):
        by_bast.carry(order, receiver="RSUD Indramayu", sent_on=after, **carried)
    for day in (after, None):
        with pytest.raises(DatabaseError, match="no certificate"), transaction.atomic():
            Order.objects.update(state="sent", sent=600, sent_on=day)
    offers.send(order, quantity=600, today=last, by=officer)
    assert Order.objects.get().sent_on == last
    came = {"received_on": after, "receiver": "RSUD Indramayu", "today": after, "by": officer}
    with pytest.raises(Refusal, match="tidak ada sertifikat"):
        offers.receive(order, good=600, refused=0, reason="", **came)
    with pytest.raises(DatabaseError, match="no certificate"), transaction.atomic():
        Receipt.objects.create(order=order, received_on=after, receiver="x", good=1)
    # What may not be used is counted all the same: as refused.
    offers.receive(order, good=0, refused=600, reason="Izin edar habis", **came)
    assert Order.objects.get().refused == 600


def test_nobody_is_offered_what_its_certificate_does_not_cover(order):
    other = market.firm("Tanpa izin")
    part = {"quantity": 1, "amount": 1, "per_week": 1}
    with pytest.raises(DatabaseError, match="no certificate"), transaction.atomic():
        OrderPart.objects.create(order=order, enterprise=other, **part)


def test_a_match_is_adopted_once_whoever_writes(order):
    with pytest.raises(DatabaseError, match="does not go"), transaction.atomic():
        Run.objects.update(state="solved", adopted_at=None)
