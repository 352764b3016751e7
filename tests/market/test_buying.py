"""A buyer without an account states its needs by its own link, answers and signs for goods."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pulih.market.actions import needs, offers, runs
from pulih.market.links import ANSWER, BUYING
from pulih.market.models import Need, Order, OrderStep, Receipt
from pulih.people.links import actions as link_actions
from pulih.workflow.models import Duty
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY
SEEN = f"?per={DAY}"
ASKED = {"product": "cloth_mask", "quantity": "1200", "due": DAY + timedelta(14), "min_order": "1"}


def link_of(buyer, purpose=BUYING, subject=None):
    officer, now = cast.regency_officer(), timezone.now()
    return link_actions.give(
        purpose, holder=buyer.name, subjects=[subject or buyer.pk], area=buyer.regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(3), by=officer, now=now,
    )  # fmt: skip


@pytest.fixture
def phone(client):
    """The phone of a buyer: `phone(buyer)` opens its link and returns how to ask for its pages."""

    def opened(buyer):
        link, secret = link_of(buyer)
        landing = reverse("market:buying", args=[link.pk])
        assert client.get(landing).status_code == 404
        assert client.get(reverse("links:open", args=[secret])).headers["Location"] == landing

        def ask(name="buying", *arguments, post=None):
            address = reverse(f"market:{name}", args=[link.pk, *arguments]) + SEEN
            return client.get(address) if post is None else client.post(address, post)

        return ask

    return opened


def test_a_hospital_asks_confirms_and_signs_on_its_phone(phone):
    firm = market.firm("Konveksi 1")
    firm.phone = "0812 0000 0001"
    firm.save(update_fields=["phone"])
    market.capacity(firm)
    ask = phone(market.buyer())
    page = ask().content.decode()
    assert "bantuan gratis" in page
    standards = re.findall(r"<option[^>]*>([^<]+·[^<]+)</option>", page)
    assert "Sertifikat halal · Makanan ringan" in standards
    assert len(standards) == len(set(standards))
    assert not Need.objects.exists()
    unsaid = ask(post={**ASKED, "product": ""})  # The first of the list is nobody's choice.
    assert unsaid.context["form"].errors.keys() == {"product"}
    wrong = ask(post={**ASKED, "due": DAY}).content.decode()
    assert "akan datang" in wrong
    assert not Need.objects.exists()
    assert ask(post=ASKED).status_code == 303
    need = Need.objects.get()
    assert (need.state, need.terms.by, need.terms.link.holder) == ("open", None, "RSUD Indramayu")
    duty = Duty.objects.open().get(machine="market_need", subject_id=need.pk)
    assert duty.person == cast.regency_officer()
    runs.adopt(market.run(), by=cast.planner())
    order = Order.objects.get()
    assert "Konveksi 1" in ask().content.decode()
    offered = ask("buying-order", order.pk).content.decode()
    assert "0812 0000 0001" in offered
    assert 'value="confirm"' not in offered
    for unknown in ({}, {"act": ""}, {"act": "recieve"}):
        assert ask("buying-order", order.pk, post=unknown).status_code == 404
    assert ask("buying-order", order.pk, post={"act": "confirm"}).status_code == 303
    assert "Belum ada yang disimpan" in ask("buying-order", order.pk).content.decode()
    officer = cast.regency_officer()
    offers.answer(order, accepts=True, by=officer)
    assert 'value="confirm"' in ask("buying-order", order.pk).content.decode()
    assert ask("buying-order", order.pk, post={"act": "confirm"}).status_code == 303
    assert Need.objects.get().state == "ordered"
    offers.send(order, quantity=1200, by=officer)
    came = {"act": "receive", "received_on": DAY, "receiver": "RSUD Indramayu", "good": "1000",
            "refused": "0"}  # fmt: skip
    assert ask("buying-order", order.pk, post=came).status_code == 303
    assert Order.objects.get().state == "partly"
    too_many = ask("buying-order", order.pk, post={**came, "good": "201"}).content.decode()
    assert "1 sampai 200" in too_many
    rest = {**came, "good": "190", "refused": "10", "reason": "Robek"}
    assert ask("buying-order", order.pk, post=rest).status_code == 303
    assert "Robek" in ask("buying-order", order.pk).content.decode()
    order = Order.objects.get()
    assert (order.state, order.good, order.refused) == ("received", 1190, 10)
    assert set(Receipt.objects.values_list("by", "link__purpose")) == {(None, "market.buying")}
    assert OrderStep.objects.filter(link__purpose="market.buying").count() == 3


def test_the_needs_of_a_buyer_that_no_office_verified_wait(phone):
    buyer = market.buyer(verified=False)
    ask = phone(buyer)
    assert "Dinas memeriksa" in ask().content.decode()
    assert ask(post=ASKED).status_code == 303
    need = Need.objects.get()
    assert need.state == "draft"
    needs.verify_buyer(buyer, by=cast.planner())
    needs.publish_need(need, today=DAY, by=cast.regency_officer())
    assert Need.objects.get().state == "open"


def test_a_buyer_takes_a_need_back_or_cancels_an_order_with_its_reason(phone):
    market.capacity(market.firm("Konveksi 1"))
    ask = phone(market.buyer())
    ask(post=ASKED)
    need = Need.objects.get()
    assert ask("withdraw-by-link", need.pk, post={"reason": ""}).status_code == 200
    too_long = ask("withdraw-by-link", need.pk, post={"reason": "Cukup. " * 50}).content.decode()
    assert 'value="Cukup. Cukup.' in too_long
    runs.adopt(market.run(), by=cast.planner())
    busy = ask("withdraw-by-link", need.pk, post={"reason": "Cukup"}).content.decode()
    assert "batalkan dulu" in busy
    order = Order.objects.get()
    assert ask("buying-order", order.pk, post={"act": "cancel", "reason": ""}).status_code == 200
    too_long = ask("buying-order", order.pk, post={"act": "cancel", "reason": "Cukup. " * 50})
    assert 'value="Cukup. Cukup.' in too_long.content.decode()
    done = ask("buying-order", order.pk, post={"act": "cancel", "reason": "Cukup"})
    assert done.status_code == 303
    assert (Order.objects.get().state, Need.objects.get().state) == ("cancelled", "open")
    assert ask("withdraw-by-link", need.pk, post={"reason": "Cukup"}).status_code == 303
    assert Need.objects.get().state == "withdrawn"


def test_a_hospital_turns_the_pages_of_the_makers_of_a_groups_order(phone):
    firms = [market.firm(f"Penjahit {n:02}") for n in range(22)]
    for firm in firms:
        market.capacity(firm, "hazmat_suit", per_week=30, price=150_000)
    market.group("Kab. Indramayu", *firms)
    buyer = market.buyer()
    market.need(22 * 60, "hazmat_suit", min_order=1000, of=buyer)
    runs.adopt(market.run(), by=cast.planner())
    order, ask = Order.objects.get(), phone(buyer)
    page = ask("buying-order", order.pk).content.decode()
    assert len(set(re.findall(r"Penjahit \d\d", page))) == 20
    assert 'rel="next"' in page
    assert "1–20" in page
    refused = ask("buying-order", order.pk, post={"act": "cancel"}).content.decode()
    assert "20 pertama dari 22" in refused


def test_words_for_an_order_that_moved_meanwhile_come_back_once_and_by_their_link(phone, client):
    market.capacity(market.firm("Konveksi 1"))
    market.need(1200, of=market.buyer())
    runs.adopt(market.run(), by=cast.planner())
    order, words = Order.objects.get(), "Kami sudah membeli sendiri"
    ask, other = phone(order.need.buyer), phone(market.buyer(name="Dinas"))
    offers.cancel(order, reason="Salah alamat", by=cast.regency_officer())
    refused = ask("buying-order", order.pk, post={"act": "cancel", "reason": words})
    page = refused.headers["Location"]
    assert words in client.get(page).content.decode()
    assert words not in client.get(page).content.decode()
    ask("buying-order", order.pk, post={"act": "cancel", "reason": words})
    assert words not in other().content.decode()
    assert words not in client.get(page).content.decode()


def test_a_link_opens_its_own_buyer_alone(phone, client):
    market.capacity(market.firm("Konveksi 1"))
    other = market.need(1200, of=market.buyer(name="Dinas"))
    runs.adopt(market.run(), by=cast.planner())
    order = Order.objects.get()
    ask = phone(market.buyer())
    assert "Konveksi" not in ask().content.decode()
    assert ask("buying-order", order.pk).status_code == 404
    assert ask("buying-order", order.pk, post={"act": "cancel", "reason": "x"}).status_code == 404
    assert ask("withdraw-by-link", other.pk, post={"reason": "x"}).status_code == 404
    maker, secret = link_of(other.buyer, ANSWER, order.pk)
    client.get(reverse("links:open", args=[secret]))
    assert client.get(reverse("market:buying", args=[maker.pk])).status_code == 404


def test_an_office_gives_the_link_sees_where_it_opened_and_ends_it(client):
    buyer, officer = market.buyer(), cast.regency_officer()
    client.force_login(officer)
    assert "/l/" in client.post(reverse("market:give-buyer-link", args=[buyer.pk])).content.decode()
    buyer_links().delete()
    link, address = link_of(buyer)
    for _browser in range(2):
        client.cookies.clear()
        assert client.get(f"/l/{address}").status_code == 302
    client.force_login(officer)
    page = client.get(reverse("market:buyer", args=[buyer.pk])).content.decode()
    assert "2 peramban" in page
    end = reverse("market:end-link", args=[link.pk])
    client.post(end, {"reason": ""})
    assert buyer_links().filter(revoked_at=None).exists()
    client.force_login(cast.regency_officer("Kota Denpasar"))
    assert client.post(end, {"reason": "x"}).status_code == 404
    client.force_login(officer)
    assert client.post(end, {"reason": "Diteruskan"}).status_code == 303
    assert not buyer_links().filter(revoked_at=None).exists()
    assert client.get(f"/l/{address}").status_code == 404


def buyer_links():
    from pulih.people.links.models import Link

    return Link.objects.filter(purpose=BUYING.key)
