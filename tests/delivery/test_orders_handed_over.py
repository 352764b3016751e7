"""A BAST that carries goods of an order is its receipt: typed once, in one transaction."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import override

from pulih.common.errors import Refusal
from pulih.delivery import reconcile
from pulih.delivery.actions import handovers
from pulih.delivery.actions.recounts import correct_count
from pulih.delivery.documents.bast import values
from pulih.delivery.models import Handover, Item
from pulih.delivery.purposes import COUNT
from pulih.market.actions import by_bast, needs, offers, runs
from pulih.market.models import Need, Order, OrderStep, Receipt
from tests.make import areas, market
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = make.LAST
BUYER = "RSUD Indramayu"


@made_once
def order():
    """A confirmed order of 200 masks of one maker in Indramayu, for the hospital there."""
    market.capacity(market.firm("Konveksi 1"))
    market.need(200)
    runs.adopt(market.run(), by=cast.planner())
    found = Order.objects.get()
    officer = cast.regency_officer()
    return offers.confirm(offers.answer(found, accepts=True, by=officer), by=officer)


@made_once
def item():
    return make.stocked(make.activity(), 300)


def receiver(name=BUYER):
    area = areas.regency("Kab. Indramayu")
    return make.receiver(name, kind="health", area=area, valid_to=None)


def sent(item, order, quantity=200, **changes):
    given = {"receiver": changes.pop("receiver", None) or receiver(), **changes}
    return make.handover(item, quantity, order=order, **given)


def counted(handover, received, **changes):
    usual = {
        "received_on": DAY, "came_back": 0, "reason": "", "name": "Sri", "post": "Gudang",
        "place": "RSUD", "by": cast.provincial_officer(), "today": DAY,
        "now": handover.signatures.get().signed_at,
    }  # fmt: skip
    return handovers.confirm(handover, received=received, **{**usual, **changes})


def now(order):
    return Order.objects.get(pk=order.pk)


def test_sending_a_bast_sends_its_order_and_its_count_is_the_receipt(order, item):
    handover = sent(item, order)
    assert (now(order).state, now(order).sent, now(order).on_bast) == ("sent", 200, 200)
    assert not Receipt.objects.exists()
    counted(handover, 200)
    receipt = Receipt.objects.get()
    assert (receipt.good, receipt.refused, receipt.bast) == (200, 0, "BAST-1")
    assert (receipt.receiver, receipt.received_on) == (BUYER, DAY)
    assert (now(order).state, now(order).good, now(order).on_bast) == ("received", 200, 0)
    assert Need.objects.get().received == 200
    moves = OrderStep.objects.filter(order=order).order_by("pk").values_list("move", flat=True)
    assert list(moves) == ["", "accept", "confirm", "send", "receive"]
    assert list(reconcile.differences()) == []


def test_what_does_not_come_is_refused_on_the_order_with_the_reason_of_the_bast(order, item):
    counted(sent(item, order), 150, came_back=20, reason="Tali lepas")
    receipt = Receipt.objects.get()
    assert (receipt.good, receipt.refused, receipt.reason) == (150, 50, "Tali lepas")
    assert (now(order).state, now(order).good, now(order).refused) == ("received", 150, 50)
    assert (Need.objects.get().ordered, Need.objects.get().received) == (150, 150)


def test_nothing_came(order, item):
    counted(sent(item, order), 0, came_back=200, reason="Salah ukuran")
    assert (now(order).state, now(order).good, now(order).refused) == ("received", 0, 200)
    assert (Need.objects.get().ordered, Need.objects.get().state) == (0, "open")


def test_two_basts_carry_an_order_that_its_maker_sent(order, item):
    offers.send(order, quantity=200, by=cast.regency_officer())
    to = receiver()
    first = sent(item, now(order), 120, receiver=to)
    with pytest.raises(Refusal, match="80"):
        sent(item, now(order), 81, number="BAST-2", receiver=to)
    second = sent(item, now(order), 80, number="BAST-2", receiver=to)
    counted(second, 80)
    assert (now(order).state, now(order).good, now(order).on_bast) == ("partly", 80, 120)
    counted(first, 120)
    assert (now(order).state, now(order).good, now(order).on_bast) == ("received", 200, 0)


def test_a_receipt_by_hand_is_refused_and_so_is_cancelling_what_is_on_the_way(order, item):
    sent(item, order)
    given = {"received_on": DAY, "receiver": BUYER, "good": 1, "refused": 0, "reason": ""}
    with override("en"):
        with pytest.raises(Refusal, match="Hand-over BAST-1 is the receipt of this order"):
            offers.receive(order, today=DAY, by=cast.regency_officer(), **given)
        with pytest.raises(Refusal, match="Hand-over BAST-1 carries goods"):
            offers.cancel(order, reason="Tidak jadi", by=cast.regency_officer())
    assert not Receipt.objects.exists()


def test_what_came_by_hand_before_stays_and_the_bast_brings_the_rest(order, item):
    offers.send(order, quantity=200, by=cast.regency_officer())
    given = {"received_on": DAY, "receiver": BUYER, "refused": 0, "reason": ""}
    offers.receive(order, good=50, today=DAY, by=cast.regency_officer(), **given)
    counted(sent(item, now(order), 150), 150)
    assert (now(order).state, now(order).good) == ("received", 200)
    assert sorted(Receipt.objects.values_list("good", "bast")) == [(50, ""), (150, "BAST-1")]


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("200 units of this order can still be handed over", {"quantity": 201}),
        ("receiver was called RSUD Indramayu", {"name": "Puskesmas"}),
    ],
)
def test_a_bast_that_does_not_fit_its_order_is_refused_whole(order, item, said, changes):
    to = receiver(changes.get("name", BUYER))
    with override("en"), pytest.raises(Refusal, match=said), transaction.atomic():
        sent(item, order, changes.get("quantity", 200), receiver=to)
    assert not Handover.objects.exists()
    assert (now(order).state, now(order).bast) == ("confirmed", "")


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("lusin", "counts in pieces and these goods in lusin: 1 lusin is 12 pieces"),
        ("liter", "counts in pieces and these goods in liter, which cannot be compared"),
        ("dus", "counts in pieces and these goods in dus, which cannot be compared"),
    ],
)
def test_goods_that_are_counted_otherwise_go_by_no_order(order, item, unit, said):
    Item.objects.filter(pk=item.pk).update(unit=unit)
    item.refresh_from_db()
    with override("en"), pytest.raises(Refusal, match=said), transaction.atomic():
        sent(item, order)
    assert now(order).state == "confirmed"


@pytest.mark.parametrize("unit", ["Lembar", "pcs", "potong"])
def test_other_words_for_one_piece_are_the_same(order, item, unit):
    Item.objects.filter(pk=item.pk).update(unit=unit)
    item.refresh_from_db()
    sent(item, order)
    assert now(order).state == "sent"


def test_an_order_that_is_not_confirmed_or_has_ended_goes_by_no_bast(order, item):
    offers.cancel(order, reason="Tidak jadi", by=cast.regency_officer())
    with pytest.raises(Refusal), transaction.atomic():
        sent(item, now(order))
    assert not Handover.objects.exists()


def test_who_does_not_reach_the_makers_hands_nothing_of_theirs_over(order):
    with pytest.raises(PermissionDenied):
        by_bast.carry(
            order, number="B", quantity=1, unit="lembar", receiver=BUYER, sent_on=DAY,
            by=cast.provincial_officer("Bali"),
        )  # fmt: skip
    assert now(order).state == "confirmed"


def test_the_receiver_counts_by_its_link(order, item):
    handover = sent(item, order)
    link, _address = make.given_link(COUNT, handover.pk, handover.province)
    counted(handover, 200, by=link)
    receipt = Receipt.objects.get()
    assert (receipt.link, receipt.by, receipt.good) == (link, None, 200)
    assert now(order).state == "received"


def recounted(handover, received, **changes):
    usual = {
        "came_back": 0, "reason": "Tali lepas" if received < handover.sent else "",
        "why": "Satu dus terlewat", "name": "Sri", "post": "Gudang",
        "by": cast.provincial_officer(), "now": handover.signatures.earliest("pk").signed_at,
        "today": DAY,
    }  # fmt: skip
    return correct_count(handover, received=received, **{**usual, **changes})


def test_a_corrected_count_corrects_the_receipt_and_the_need_follows(order, item):
    handover = counted(sent(item, order), 150, reason="Tali lepas")
    assert (Need.objects.get().ordered, Need.objects.get().state) == (150, "open")
    recounted(handover, 200)
    assert (now(order).state, now(order).good, now(order).refused) == ("received", 200, 0)
    lines = Receipt.objects.order_by("pk").values_list("good", "refused", "reason")
    assert list(lines) == [(150, 50, "Tali lepas"), (50, -50, "Satu dus terlewat")]
    assert OrderStep.objects.filter(order=order).latest("pk").move == "recount"
    need = Need.objects.get()
    assert (need.ordered, need.received, need.state) == (200, 200, "received")
    assert list(reconcile.differences()) == []


def test_a_count_that_was_too_high_is_corrected_on_the_order_too(order, item, client):
    handover = counted(sent(item, order), 200)
    recounted(handover, 180)
    assert (now(order).good, now(order).refused) == (180, 20)
    assert Need.objects.get().received == 180
    assert list(reconcile.differences()) == []
    client.force_login(cast.provincial_officer())
    assert "hitungan dibetulkan, baik" in client.get(reverse("market:order", args=[order.pk])).text


def test_what_others_make_meanwhile_is_not_taken_from_them(order, item):
    handover = counted(sent(item, order), 150, reason="Tali lepas")
    market.capacity(market.firm("Konveksi 2"))
    runs.adopt(market.run(), by=cast.planner())
    with override("en"), pytest.raises(Refusal, match="0 units of this need are still free"):
        recounted(handover, 200)
    handover.refresh_from_db()
    assert (handover.received, now(order).good) == (150, 150)


def test_postgresql_lets_no_more_onto_basts_than_was_sent(order):
    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(on_bast=1)


def test_the_check_finds_an_order_that_differs_from_its_basts(order, item):
    sent(item, order)
    Order.objects.filter(pk=order.pk).update(on_bast=199)
    assert [one for one in reconcile.differences() if one.startswith(f"order {order.pk}")]


def test_pages_and_paper_lead_from_one_to_the_other(client, order, item):
    officer = cast.provincial_officer()
    client.force_login(officer)
    to = receiver()
    goods = reverse("delivery:goods", args=[item.activity_id])
    assert f'value="PSN-{order.pk}"' in client.get(goods).text
    asked = {
        "number": "BAST-7", "item": item.pk, "quantity": 200, "sent_on": DAY.isoformat(),
        "receiver": to.pk, "order": "psn-999999",
        "name": "Nur", "post": "Penelaah", "place": "Gudang",
    }  # fmt: skip
    send = reverse("delivery:send", args=[item.activity_id])
    assert "pesanan dengan nomor ini" in client.post(send, asked).text
    client.post(send, {**asked, "order": f"psn-{order.pk}"})
    handover = Handover.objects.get()
    assert handover.order == order
    page = reverse("delivery:handover", args=[handover.pk])
    assert reverse("market:order", args=[order.pk]) in client.get(page).text
    drawn = client.get(reverse("delivery:of-order", args=[order.pk])).text
    assert page in drawn
    shown = client.get(reverse("market:order", args=[order.pk])).text
    assert "Serah terima BAST-7 adalah tanda terima" in shown
    assert reverse("market:receive-order", args=[order.pk]) not in shown
    assert values(handover)["order"] == f"PSN-{order.pk}"


def test_the_day_of_the_bast_decides_the_name(order, item):
    needs.rename_buyer(
        order.need.buyer, name="Satgas", valid_from=DAY, until=DAY + timedelta(1),
        by=cast.planner(),
    )  # fmt: skip
    to = receiver("Satgas")
    counted(sent(item, order, receiver=to), 200, received_on=DAY)
    assert Receipt.objects.get().receiver == "Satgas"
