"""Orders from the offer to the receipt: each way out, and what PostgreSQL holds by itself."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.documents.models import PaperCode
from pulih.market.actions import needs, offers, runs
from pulih.market.actions.needs import GivenTerms
from pulih.market.documents.order import values
from pulih.market.links import ANSWER
from pulih.market.models import Need, Order, OrderPart, OrderStep
from pulih.market.papers import DELIVERY_NOTE, ORDER_PAPER
from pulih.market.reads import gated, look
from pulih.people.links import actions as link_actions
from pulih.people.scope import speaking_for
from pulih.workflow import clock
from pulih.workflow.models import Step
from tests.make import market
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY


@made_once
def orders():
    """Two offers of 1,200 masks each, for one need of 2,400."""
    for place in (1, 2):
        market.capacity(market.firm(f"Konveksi {place}"))
    market.need(2400, max_price=6000)
    runs.adopt(market.run(), by=cast.planner())
    return list(Order.objects.order_by("pk"))


def need():
    return Need.objects.get()


def accepted(order):
    return offers.answer(order, accepts=True, by=cast.regency_officer())


def confirmed(order):
    return offers.confirm(accepted(order), by=cast.regency_officer())


def test_an_order_goes_from_the_offer_to_the_receipt(orders):
    officer = cast.regency_officer()
    assert [order.quantity for order in orders] == [1200, 1200]
    for order in orders:
        accepted(order)
    assert (need().state, need().ordered) == ("matched", 2400)
    with pytest.raises(Refusal, match="Confirm, Cancel"):
        offers.send(orders[0], quantity=1, by=officer)
    for order in orders:
        offers.confirm(order, by=officer)
    assert (need().state, need().ordered) == ("ordered", 2400)
    with pytest.raises(Refusal, match="1 sampai 1200"):
        offers.send(orders[0], quantity=1201, by=officer)
    for order in orders:
        offers.send(order, quantity=1200, by=officer)
    given = {"received_on": DAY, "receiver": "RSUD Indramayu", "today": DAY, "by": officer}
    with pytest.raises(Refusal, match="1 sampai 1200"):
        offers.receive(orders[0], good=1200, refused=1, reason="robek", **given)
    with pytest.raises(Refusal, match="sebab barang ditolak"):
        offers.receive(orders[0], good=1190, refused=10, reason="", **given)
    with pytest.raises(Refusal, match="belum tiba"):
        offers.receive(orders[0], good=1, refused=0, reason="",
                       **{**given, "received_on": DAY + timedelta(1)})  # fmt: skip
    with pytest.raises(Refusal, match="nama penerima: RSUD Indramayu"):
        offers.receive(orders[0], good=1, refused=0, reason="", **{**given, "receiver": "Satgas"})
    offers.receive(orders[0], good=1000, refused=0, reason="", **given)
    assert (Order.objects.get(pk=orders[0].pk).state, need().received) == ("partly", 1000)
    offers.receive(orders[0], good=200, refused=0, reason="", **given)
    offers.receive(orders[1], good=1200, refused=0, reason="", **given)
    assert (need().state, need().received) == ("received", 2400)
    moves = OrderStep.objects.filter(order=orders[0]).order_by("pk").values_list("move", flat=True)
    assert list(moves) == ["", "accept", "confirm", "send", "take_part", "receive"]


def test_what_is_declined_is_found_again_with_the_rest_standing(orders):
    officer = cast.regency_officer()
    with pytest.raises(Refusal, match="sebabnya"):
        offers.answer(orders[0], accepts=False, by=officer)
    accepted(orders[1])
    offers.answer(orders[0], accepts=False, reason="Mesin rusak", by=officer)
    assert (need().state, need().ordered) == ("matched", 1200)
    market.capacity(market.firm("Konveksi 3"))
    again = market.run(title="Sisa")
    runs.adopt(again, by=cast.planner())
    new = Order.objects.get(state="offered")
    assert (new.enterprise.name, new.quantity, need().ordered) == ("Konveksi 3", 1200, 2400)


def test_who_holds_an_order_or_declined_it_is_not_asked_again(orders):
    officer = cast.regency_officer()
    accepted(orders[1])
    offers.answer(orders[0], accepts=False, reason="Mesin rusak", by=officer)
    again = market.run(title="Sisa")
    assert not again.consignments.exists()
    assert again.gates.get().gate == "barred"
    assert gates_of(need()) == {"barred": 2}


def test_standing_orders_count_among_the_most_suppliers():
    for place in (1, 2, 3):
        market.capacity(market.firm(f"Konveksi {place}"))
    market.need(2600, max_suppliers=2)
    runs.adopt(market.run(), by=cast.planner())
    first, second = Order.objects.order_by("pk")
    accepted(first)
    with pytest.raises(Refusal, match="Umumkan dulu"):
        market.run(title="Penuh")
    told = look(need(), cast.planner(), DAY, "id")
    assert (told.units, told.missing, told.what_if) == (0, 200, [])
    assert "sebanyak yang diterima" in told.messages[0]
    offers.answer(second, accepts=False, reason="Mesin rusak", by=cast.regency_officer())
    assert market.run(title="Satu lagi").consignments.count() == 1


def test_terms_may_change_while_orders_stand(orders):
    officer = cast.regency_officer()
    confirmed(orders[1])
    offers.answer(orders[0], accepts=False, reason="Mesin rusak", by=officer)
    with pytest.raises(Refusal, match="1200"):
        needs.amend_need(need(), GivenTerms(1199, DAY + timedelta(60)), today=DAY, by=officer)
    needs.amend_need(need(), GivenTerms(2400, DAY + timedelta(60)), today=DAY, by=officer)
    assert (need().state, need().due) == ("matched", DAY + timedelta(60))
    # A new version of the terms is a new question to who declined.
    assert market.run(title="Lebih lama").consignments.get().enterprise == orders[0].enterprise
    # Less is needed: what is accepted already suffices.
    needs.amend_need(need(), GivenTerms(1200, DAY + timedelta(60)), today=DAY, by=officer)
    assert need().state == "ordered"


def test_a_need_of_which_a_part_came_is_closed_with_that(orders):
    officer = cast.regency_officer()
    offers.answer(orders[0], accepts=False, reason="Mesin rusak", by=officer)
    taken = offers.send(confirmed(orders[1]), quantity=1200, by=officer)
    with pytest.raises(Refusal, match="1200"):
        needs.withdraw_need(need(), reason="Cukup", by=officer)
    receipt = {"received_on": DAY, "receiver": "RSUD Indramayu", "refused": 0, "reason": ""}
    offers.receive(taken, good=1200, today=DAY, by=officer, **receipt)
    assert (need().state, need().received) == ("matched", 1200)
    needs.withdraw_need(need(), reason="Sisanya tidak perlu lagi", by=officer)
    assert (need().state, need().received, need().quantity) == ("received", 1200, 2400)
    step = Step.objects.of("market_need", need().pk).order_by("-pk").first()
    assert (step.move, step.reason) == ("close", "Sisanya tidak perlu lagi")


def gates_of(one):
    return dict(Counter(each.gate for each in gated(one, cast.planner(), DAY)))


def test_an_offer_that_lapsed_a_second_ago_is_refused(orders):
    late = orders[0].answer_until + timedelta(seconds=1)
    with pytest.raises(Refusal, match="lewat waktu"):
        offers.answer(orders[0], accepts=True, by=cast.regency_officer(), now=late)
    system = market_system()
    assert offers.lapse_offers(by=system, now=late) == 2
    assert (need().state, need().ordered) == ("open", 0)
    with pytest.raises(Refusal, match="lapsed"):
        accepted(Order.objects.get(pk=orders[0].pk))


def test_a_task_force_is_named_as_on_the_day(orders):
    officer = cast.planner()
    buyer = orders[0].need.buyer
    needs.rename_buyer(
        buyer, name="Satgas", valid_from=date(2020, 7, 20), until=date(2020, 9, 1), by=officer
    )
    offers.send(confirmed(orders[0]), quantity=1200, by=officer)
    given = {"refused": 0, "reason": "", "today": date(2020, 10, 1), "by": officer}
    august = date(2020, 8, 10)
    for name in ("Satgas", "RSUD Indramayu"):
        offers.receive(orders[0], received_on=august, receiver=name, good=100, **given)
    with pytest.raises(Refusal, match="nama penerima: Satgas"):
        offers.receive(
            orders[0], received_on=date(2020, 9, 2), receiver="RSUD Indramayu", good=1, **given
        )


def test_cancelling_opens_the_need_again(orders):
    officer = cast.regency_officer()
    for order in orders:
        confirmed(order)
    with pytest.raises(Refusal, match="sebab pesanan dibatalkan"):
        offers.cancel(orders[0], reason=" ", by=officer)
    offers.cancel(orders[0], reason="Bahan habis", by=officer)
    assert (need().state, need().ordered) == ("open", 1200)
    with pytest.raises(Refusal, match="batalkan dulu"):
        needs.withdraw_need(need(), reason="x", by=officer)


def test_a_stranger_neither_sees_nor_moves(orders):
    stranger = cast.regency_officer("Kota Denpasar")
    with speaking_for(stranger):
        assert not Order.objects.exists()
    with pytest.raises(PermissionDenied):
        offers.answer(orders[0], accepts=True, by=stranger)


def test_postgresql_holds_the_rules_whoever_writes(orders):
    one, two = orders
    lawless = (
        lambda: Order.objects.filter(pk=one.pk).update(state="received"),
        lambda: Order.objects.filter(pk=one.pk).update(quantity=1),
        lambda: Order.objects.filter(pk=one.pk).update(sent=1201),
        lambda: Need.objects.update(ordered=2401),
        lambda: OrderStep.objects.all().delete(),
        lambda: OrderPart.objects.all().update(quantity=1),
        lambda: copy(one, state="offered"),  # One live order a need and supplier.
        lambda: copy(one, enterprise_id=two.enterprise_id, quantity=1),
        lambda: copy(one, group=market.group(), enterprise=None, quantity=1),  # Over the need.
    )
    for act in lawless:
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            act()
    Order.objects.filter(pk=two.pk).update(state="declined")
    with pytest.raises(DatabaseError, match="highest price"), transaction.atomic():
        copy(two, goods=6000 * 1200 + 1)
    assert need().ordered == 1200


def copy(order, **changes):
    values = {f.attname: getattr(order, f.attname) for f in Order._meta.concrete_fields}
    del values["id"]
    changes = {f"{k}_id" if k in ("group", "enterprise") else k: getattr(v, "pk", v)
               for k, v in changes.items()}  # fmt: skip
    return Order.objects.create(**{**values, **changes})


def test_two_orders_never_take_more_weeks_than_there_are(orders):
    """A second need is offered to a firm beside what it accepts meanwhile."""
    accepted(orders[0])
    other = market.need(1200, of=market.buyer(name="Dinas"))
    order = Order.objects.create(
        need=other,
        terms_id=other.terms_id,
        enterprise=orders[0].enterprise,
        province_id=orders[0].province_id,
        regency_id=orders[0].regency_id,
        to_province_id=orders[0].province_id,
        to_regency_id=orders[0].regency_id,
        quantity=1200, goods=1, fee=0, transport=0,
        work_from=DAY, ready_by=orders[0].ready_by, answer_until=timezone.now() + timedelta(1),
    )  # fmt: skip
    OrderPart.objects.create(
        order=order, enterprise=order.enterprise, quantity=1200, amount=1, per_week=600
    )
    with pytest.raises(Refusal, match="memakai minggu"):
        accepted(order)
    assert Order.objects.get(pk=order.pk).state == "offered"


def test_a_maker_answers_on_a_phone_by_its_own_link(client, orders):
    officer, now = cast.regency_officer(), timezone.now()
    link, secret = link_actions.give(
        ANSWER, holder="Konveksi 1", subjects=[orders[0].pk], area=orders[0].regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(3), by=officer, now=now,
    )  # fmt: skip
    landing = reverse("market:answer", args=[link.pk])
    assert client.get(landing).status_code == 404
    assert client.get(reverse("links:open", args=[secret]), follow=True).status_code == 200
    page = client.get(landing).content.decode()
    assert "1.200" in page
    assert "Saya sanggup" in page
    assert Order.objects.get(pk=orders[0].pk).state == "offered"
    assert client.post(landing, {"answer": "accept"}).status_code == 303
    assert Order.objects.get(pk=orders[0].pk).state == "accepted"
    again = client.post(landing, {"answer": "accept"}, follow=True)
    assert "Tawaran ini sudah dijawab" in again.content.decode()
    assert "Pastikan" not in again.content.decode()  # What a buyer can do is nothing to a maker.
    assert "Tunggu" in client.get(landing).content.decode()
    offers.confirm(orders[0], by=officer)
    assert client.post(landing, {"answer": "sent"}).status_code == 303
    assert Order.objects.get(pk=orders[0].pk).sent == 1200
    assert OrderStep.objects.filter(order=orders[0], link=link).count() == 2
    assert Order.objects.get(pk=orders[1].pk).state == "offered"


def market_system():
    from pulih.people.models import User

    return User.objects.get(username="pulih")


def test_a_scenario_of_the_past_dates_what_it_tells_by_its_own_day():
    market.capacity(market.firm("Konveksi 1"))
    market.need(1200)
    solved, moment = market.run(), datetime(2020, 4, 21, 2, 0, tzinfo=UTC)
    with clock.playing_at(moment):
        runs.adopt(solved, by=cast.planner())
    order = Order.objects.get()
    assert order.steps.get().at == moment
    assert moment < order.answer_until < moment + timedelta(7)
    with clock.playing_at(datetime(2999, 1, 1, tzinfo=UTC)):
        assert clock.now() < datetime.now(UTC) + timedelta(minutes=1)


def test_papers_of_an_order_carry_a_code_until_it_is_cancelled(client, orders):
    officer = cast.regency_officer()
    client.force_login(officer)
    order = orders[0]
    paper = client.get(reverse("market:order-paper", args=[order.pk]))
    assert paper.content.startswith(b"%PDF")
    assert not PaperCode.objects.exists()  # An offer is no order yet.
    confirmed(order)
    code = PaperCode.objects.get(kind="market.order")
    assert client.get(reverse("documents:code", args=[code.code])).status_code == 200
    texts = values(Order.objects.get(pk=order.pk), ORDER_PAPER)
    assert (texts["quantity"], texts["buyer"]) == ("1.200", "RSUD Indramayu")
    assert texts["seal"] is not None
    offers.send(order, quantity=1100, by=officer)
    note = client.get(reverse("market:delivery-note", args=[order.pk]))
    assert note.content.startswith(b"%PDF")
    assert values(Order.objects.get(pk=order.pk), DELIVERY_NOTE)["quantity"] == "1.100"
    offers.cancel(order, reason="Rusak semua", by=officer)
    assert set(PaperCode.objects.values_list("kind", "state")) == {
        ("market.order", "withdrawn"), ("market.delivery_note", "withdrawn"),
    }  # fmt: skip
