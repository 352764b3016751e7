"""Goods are a ledger: never negative, and every rupiah that was paid is counted once."""

import hashlib
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.delivery import reconcile
from pulih.delivery.actions import goods, handovers
from pulih.delivery.actions.handovers import text_of
from pulih.delivery.models import Handover, Move, Stock
from pulih.delivery.rules.goods import BY_HAND, ROUTES, share
from pulih.delivery.rules.handovers import fingerprint
from pulih.people.scope import speaking_for
from tests.examples import examples
from tests.make import areas
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY, TODAY = make.FIRST, make.LAST


def move(item, kind, quantity, day=DAY, by=None, **more):
    by = by or cast.provincial_officer()
    return goods.move(item, kind=kind, quantity=quantity, day=day, by=by, today=TODAY, **more)


def at(item, spot):
    stock = Stock.objects.filter(item=item, spot=spot).first()
    return (stock.quantity, stock.value) if stock else (0, 0)


@made_once
def item():
    return make.stocked(make.activity(), 10, 1_000)


def test_from_cloth_to_masks_in_store_the_value_goes_along():
    activity = make.activity()
    cloth, masks = make.item(activity, "Kain"), make.item(activity, "Masker")
    make.bought(cloth, 1_300, 55_250_000)
    move(cloth, "issued", 1_300)
    made = goods.make_batch(
        masks, quantity=6_112, material=cloth, used=1_300, day=DAY, session=None,
        by=cast.provincial_officer(), today=TODAY,
    )  # fmt: skip
    assert made.value == 55_250_000
    move(masks, "passed", 6_034)
    scrapped = move(masks, "scrapped", 78, reason="Jahitan lepas")
    assert at(masks, "unchecked") == (0, 0)
    assert at(masks, "store")[0] == 6_034
    assert at(masks, "store")[1] + scrapped.value == 55_250_000


@pytest.mark.parametrize(
    ("kind", "quantity", "more", "said"),
    [
        ("issued", 11, {}, "11 .* 10"),
        ("scrapped", 1, {"reason": "Rusak"}, "1 .* 0"),
        ("lost", 1, {}, "reason"),
        ("bought", 5, {}, "SP2D"),
        ("issued", 5, {"payment": "1"}, "bought"),
        ("issued", 5, {"day": DAY - timedelta(1)}, "22 Jun 2020"),
        ("issued", 5, {"day": TODAY + timedelta(1)}, "26 Jun 2020"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_moves(item, kind, quantity, more, said):
    from django.utils.translation import override

    with override("en"), pytest.raises(Refusal, match=said):
        move(item, kind, quantity, **more)
    assert Move.objects.count() == 1


def test_the_database_itself_lets_nothing_out_that_is_not_there(item):
    fields = {
        "item": item, "province_id": item.province_id, "kind": "issued", "from_spot": "store",
        "to_spot": "workshop", "quantity": 11, "day": DAY, "by": cast.provincial_officer(),
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(**{**fields, "quantity": 1, "to_spot": "on_the_way"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.all().delete()


def test_a_move_stands_where_its_item_stands(item):
    elsewhere = areas.province("Bali")
    with pytest.raises(DatabaseError, match="another place"), transaction.atomic():
        Move.objects.create(
            item=item, province=elsewhere, kind="issued", from_spot="store",
            to_spot="workshop", quantity=1, day=DAY, by=cast.provincial_officer(),
        )  # fmt: skip


def test_a_spot_knows_since_when_goods_came_to_it(item):
    make.bought(item, 5, 500, day=DAY + timedelta(1))
    assert Stock.objects.get(item=item).since == DAY
    Stock.objects.filter(item=item).update(since=DAY - timedelta(1))
    assert [one for one in reconcile.differences() if one.startswith(f"item {item.pk}, store")]


deeds = st.lists(st.tuples(st.sampled_from(BY_HAND), st.integers(1, 12)), max_size=15)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_any_moves_keep_quantities_and_rupiah_as_a_plain_ledger_does(moves):
    with transaction.atomic():
        item = make.item(make.activity())
        plain = {spot: [0, 0] for spot in ("store", "workshop", "unchecked", "")}
        for kind, quantity in moves:
            route = ROUTES[kind]
            more = {"reason": "Uji"} if route.needs_reason else {}
            value = 0
            if kind == "bought":
                value = quantity * 333 + 1
                more = {"payment": "SP2D", "value": value}
            elif plain[route.source][0] < quantity:
                with pytest.raises(Refusal), transaction.atomic():
                    move(item, kind, quantity, **more)
                continue
            else:
                there = plain[route.source]
                value = share(there[1], quantity, there[0])
                there[0] -= quantity
                there[1] -= value
            if route.target or kind != "bought":
                plain[route.target][0] += quantity
                plain[route.target][1] += value
            assert move(item, kind, quantity, **more).value == value
        for spot in ("store", "workshop", "unchecked"):
            assert list(at(item, spot)) == plain[spot]
        paid = Move.objects.filter(item=item, kind="bought").aggregate(n=Sum("value"))["n"] or 0
        assert paid == sum(value for _quantity, value in plain.values())
        transaction.set_rollback(True)


@given(st.integers(0, 10**15), st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
def test_parts_of_a_value_add_up_to_it(value, parts):
    left, quantity = value, sum(parts)
    for part in parts:
        one = share(left, part, quantity)
        left, quantity = left - one, quantity - part
    assert left == 0


def confirm(handover, received, came_back=0, reason="", day=TODAY, by=None):
    return handovers.confirm(
        handover, received=received, received_on=day, came_back=came_back, reason=reason,
        name="Akhmad", post="Logistik", place="Posko", by=by or cast.provincial_officer(),
        now=make.datetime(2020, 6, 25, 5, tzinfo=make.UTC), today=TODAY,
    )  # fmt: skip


def test_480_of_500_counted_leave_twenty_in_the_store_again():
    item = make.stocked(make.activity(), 500, 113_000_001)
    sent = make.handover(item)
    assert (sent.value, at(item, "store"), at(item, "on_the_way")[0]) == (113_000_001, (0, 0), 500)
    confirmed = confirm(sent, 480, came_back=20, reason="Ritsleting rusak")
    assert (confirmed.received, confirmed.came_back) == (480, 20)
    assert (at(item, "store")[0], at(item, "on_the_way")) == (20, (0, 0))
    gone = Move.objects.get(kind="received").value
    assert gone + at(item, "store")[1] == 113_000_001
    assert [one.side for one in sent.signatures.order_by("pk")] == ["giver", "receiver"]
    assert len({one.fingerprint for one in sent.signatures.all()}) == 2


def test_what_neither_arrived_nor_came_back_is_lost():
    item = make.stocked(make.activity())
    confirm(make.handover(item), 480, came_back=5, reason="Hilang di jalan")
    assert Move.objects.get(kind="lost_on_way").quantity == 15
    assert at(item, "on_the_way")[0] == 0


@pytest.mark.parametrize(
    ("received", "more", "said"),
    [
        (501, {}, "501"),
        (480, {}, "20"),
        (480, {"reason": "Rusak", "came_back": 21}, "21"),
        (500, {"day": make.FIRST}, "22 Jun 2020"),
    ],
)
def test_counts_that_cannot_be_are_refused(received, more, said):
    sent = make.handover(make.stocked(make.activity()))
    with pytest.raises(Refusal, match=said):
        confirm(sent, received, **more)
    assert Handover.objects.get().received is None


def test_a_handover_is_confirmed_once_and_by_its_own_office():
    sent = make.handover(make.stocked(make.activity()))
    for stranger in (cast.provincial_officer("Bali"), cast.regency_officer(), cast.auditor()):
        with pytest.raises(PermissionDenied):
            confirm(sent, 500, by=stranger)
    confirm(sent, 500)
    with pytest.raises(Refusal, match="25 Jun 2020"):
        confirm(sent, 500)


def test_more_than_there_is_and_a_number_twice_are_refused():
    item = make.stocked(make.activity())
    with pytest.raises(Refusal, match="520"):
        make.handover(item, 520)
    make.handover(item, 100)
    with pytest.raises(Refusal, match="BAST-1"):
        make.handover(item, 100)


def test_a_receiver_has_its_name_between_its_days_and_papers_keep_it():
    item = make.stocked(make.activity(ends_on=date(2020, 8, 20)))
    later = {"sent_on": date(2020, 8, 12), "today": date(2020, 8, 12)}
    with pytest.raises(Refusal, match=r"12 A[ug]{2} 2020"):
        make.handover(item, 10, **later)
    satgas = make.receiver("Satgas Jawa Barat", valid_from=date(2020, 8, 12), valid_to=None)
    with pytest.raises(Refusal, match="Satgas Jawa Barat"):  # As it is called that day.
        make.handover(item, 10, **later)
    old = make.handover(item, 10, number="BAST-1")
    with pytest.raises(Refusal, match=r"12 A[ug]{2} 2020.*Gugus Tugas Jawa Barat"):
        make.handover(item, 10, receiver=satgas)
    new = make.handover(item, 10, number="BAST-2", receiver=satgas, **later)
    type(satgas).objects.filter(pk=old.receiver_id).update(name="Nama lain")
    old.refresh_from_db()
    assert (old.receiver_name, new.receiver_name) == (
        "Gugus Tugas Jawa Barat", "Satgas Jawa Barat",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_eight_offices_that_hand_over_at_once_give_out_what_there_is_and_no_more():
    item = make.stocked(make.activity(), 50, 1_001)
    receiver, officer = make.receiver(), cast.provincial_officer()
    done, refused = [], []

    def hand_over(number):
        try:
            with speaking_for(officer):
                make.handover(item, 9, number=f"BAST-{number}", receiver=receiver, by=officer)
            done.append(number)
        except Refusal:
            refused.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_over, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(refused)) == (5, 3)
    assert at(item, "store")[0] == 5
    assert at(item, "store")[1] + at(item, "on_the_way")[1] == 1_001


def test_pages_from_an_item_to_a_confirmed_paper(client):
    from django.urls import reverse

    activity = make.activity()
    client.force_login(cast.provincial_officer())

    def send(name, pk, **typed):
        return client.post(reverse(f"delivery:{name}", args=[pk]), typed)

    named = {"name": "Masker", "unit": "potong"}
    assert client.post(reverse("delivery:add-item", args=[activity.pk]), named).status_code == 303
    item, receiver = activity.items.get(), make.receiver()
    typed = {"item": item.pk, "kind": "bought", "quantity": "500", "day": "2020-06-22"}
    assert "SP2D" in send("move", activity.pk, **typed).content.decode()
    typed |= {"payment": "2006313", "value": "1.000.001"}
    assert send("move", activity.pk, **typed).status_code == 303
    signer = {"post": "Penelaah", "place": "Gudang", "name": "Nur"}
    typed = {"item": item.pk, "number": "B-7", "receiver": receiver.pk, "quantity": "520",
             "sent_on": "2020-06-23", **signer}  # fmt: skip
    page = client.post(reverse("delivery:send", args=[activity.pk]), typed).content.decode()
    assert "520" in page
    typed["quantity"] = "500"
    assert client.post(reverse("delivery:send", args=[activity.pk]), typed).status_code == 303
    handover = Handover.objects.get()
    list_page = client.get(reverse("delivery:handovers")).content.decode()
    assert "B-7" in list_page
    assert "500 → belum dijawab" in list_page
    assert "belum dijawab penerimanya" in list_page
    counted = {"received": "480", "received_on": "2020-06-24", "came_back": "20", **signer}
    url = reverse("delivery:confirm", args=[handover.pk])
    assert "20" in client.post(url, counted).content.decode()
    assert client.post(url, {**counted, "reason": "Rusak"}).status_code == 303
    list_page = client.get(reverse("delivery:handovers")).content.decode()
    assert "Tidak ada serah terima yang menunggu jawaban" in list_page
    assert "500 → 480" in list_page
    page = client.get(reverse("delivery:handover", args=[handover.pk])).content.decode()
    assert "Rusak" in page
    assert "style=" not in page
    paper = client.get(reverse("delivery:handover-paper", args=[handover.pk]))
    assert paper.content.startswith(b"%PDF")
    assert client.get(reverse("delivery:goods", args=[activity.pk])).status_code == 200


def test_the_check_finds_a_stock_that_its_moves_do_not_explain(item):
    assert list(reconcile.differences()) == []
    Stock.objects.filter(item=item).update(value=999)
    assert list(reconcile.differences()) == [f"item {item.pk}, store: stock 10, moves 10"]
    assert {message.en: n for message, n in reconcile.verified().items()}["stocks"] == 1


def test_a_bast_names_its_day_as_people_do_and_papers_signed_before_keep_their_sentence():
    sent = make.handover(make.stocked(make.activity()))
    assert "diserahkan 25 Juni 2020 oleh" in text_of(sent, None)
    old = Handover(
        number="BAST-0", activity=sent.activity, item=sent.item, receiver_name="Puskesmas",
        sent=480, value=960_000, sent_on=date(2020, 11, 2),
    )  # fmt: skip
    said = text_of(old, None)
    assert said == (
        "BAST-0: 480 potong Masker kain senilai Rp960.000 diserahkan 2020-11-02 oleh "
        f"{sent.activity.province} kepada Puskesmas."
    )
    assert fingerprint(said) == hashlib.sha256(said.encode()).hexdigest()
    [signed] = sent.signatures.all()
    assert signed.fingerprint == fingerprint(text_of(sent, None))
    taken = make_confirmed(sent)
    assert taken.signatures.get(side="receiver").fingerprint == fingerprint(text_of(taken, 500))


def make_confirmed(sent):
    return handovers.confirm(
        sent, received=500, received_on=make.LAST, came_back=0, reason="", name="Wati",
        post="Penerima", place="Puskesmas", by=cast.provincial_officer(),
        now=datetime(2020, 6, 25, 5, tzinfo=UTC), today=make.LAST,
    )  # fmt: skip
