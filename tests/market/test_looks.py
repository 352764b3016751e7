"""What would fill a need: who would have to be certified or join, and which price would do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pulih.market import reads
from pulih.market.actions import offers, runs
from pulih.market.cases import material_of
from pulih.market.models import Certificate, Order
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY


def certificate(firm, kind, **changes):
    places = {"province_id": firm.province_id, "regency_id": firm.regency_id}
    return Certificate.objects.create(enterprise=firm, kind=kind, number="1", **places, **changes)


def what_if(need):
    found = reads.look(need, cast.planner(), DAY, "id")
    return {one.key: one for one in found.what_if}


def test_those_who_would_have_to_be_certified_are_named():
    standard = market.product("medical_mask").standards.get()
    firms = [market.firm(f"Konveksi {place}") for place in range(4)]
    for firm in firms:
        market.capacity(firm, "medical_mask")
    seen = {"verified_by": cast.planner(), "verified_at": timezone.now()}
    certificate(firms[0], "halal", **seen)
    certificate(firms[1], standard.code, valid_to=DAY + timedelta(1), **seen)
    certificate(firms[2], standard.code, **seen)
    need = market.need(4 * 1200, "medical_mask", standard=standard)
    found = what_if(need)["certificate"]
    assert found.units == 4 * 1200
    assert set(found.who) == {firms[0].pk, firms[1].pk, firms[3].pk}


def test_those_who_would_have_to_join_a_group_are_named():
    firms = [market.firm(f"Penjahit {place}") for place in range(9)]
    for firm in firms:
        market.capacity(firm, "hazmat_suit", per_week=30, price=150_000)
    need = market.need(540, "hazmat_suit", min_order=200)
    assert set(what_if(need)["group"].who) == {firm.pk for firm in firms}


def test_who_declined_is_not_thought_of_as_a_member():
    firms = [market.firm(f"Penjahit {place}") for place in range(3)]
    for firm in firms:
        market.capacity(firm, "hazmat_suit", per_week=30, price=150_000)
    need = market.need(600, "hazmat_suit")
    runs.adopt(market.run(), by=cast.planner())
    first, *others = Order.objects.order_by("pk")
    offers.answer(first, accepts=False, reason="Mesin rusak", by=cast.regency_officer())
    for one in others:
        offers.cancel(one, reason="Keliru", by=cast.regency_officer())
    need.refresh_from_db()
    found = what_if(need)
    assert "group" not in found  # The two who are left can as well send alone.


def test_nothing_is_said_twice():
    market.capacity(market.firm("Mahal"), price=9000, per_week=300)
    told = reads.look(market.need(1200, max_price=6000), cast.planner(), DAY, "id").messages
    assert len(told) == 1


def test_the_price_that_would_do_is_told():
    market.capacity(market.firm("Murah"), price=5000, per_week=100)
    market.capacity(market.firm("Mahal"), price=6400, per_week=600)
    need = market.need(1200, max_price=6000)
    found = what_if(need)["price"]
    assert found.units == 1200
    assert 6400 <= found.price < 6500  # With its part of the fare.
    assert found.more == found.price - 6000


def test_a_firm_is_told_why_it_is_not_asked():
    firm = market.firm("Kecil")
    market.capacity(firm, per_week=10)
    small = market.need(1000, min_order=100)
    dear = market.need(5, max_price=4000, of=market.buyer(name="Dinas"))
    able = market.need(5, of=market.buyer(name="Toko"))
    market.need(5, "garment", of=market.buyer(name="Lain"))
    market.capacity(market.firm("Sanggup"), per_week=700)
    found = reads.gates_of_firm(firm, cast.planner(), DAY)
    assert {(one.pk, gate) for one, gate in found} == {
        (small.pk, "small"), (dear.pk, "dear"), (able.pk, "able"),
    }  # fmt: skip


def test_the_latest_day_on_which_a_firm_is_free_holds_for_all_it_makes():
    firm = market.firm("Konveksi")
    later = DAY + timedelta(12)
    market.capacity(firm, "cloth_mask", free_from=later)
    market.capacity(firm, "garment", per_week=60)
    asked = [market.need(100), market.need(60, "garment", of=market.buyer(name="Toko"))]
    rows = material_of(asked, by=cast.planner(), as_of=DAY).rows["firms"]
    assert [row[3] for row in rows] == [later.isoformat()]
