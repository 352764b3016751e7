"""The pages of needs, matches and orders: what each shows and answers."""

import html
import re
from datetime import timedelta

import pytest
from django.db.models import Sum
from django.urls import reverse

from pulih.market.actions import offers, runs
from pulih.market.models import Buyer, Need, Order, OrderPart
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY
SEEN = f"?per={DAY}"


@pytest.fixture
def visit(client):
    def ask(name, *arguments, by=None, query=SEEN, post=None):
        client.force_login(by or cast.regency_officer())
        address = reverse(f"market:{name}", args=arguments) + query
        return client.get(address) if post is None else client.post(address, post)

    return ask


@pytest.mark.parametrize("part", [{}, {"HTTP_HX_REQUEST": "true"}], ids=["page", "fragment"])
def test_a_second_window_is_told_why_its_button_did_nothing(client, part):
    """The page of a need that is off the board has no form in which the refusal could stand."""
    need = market.need()
    client.force_login(cast.regency_officer())
    address = reverse("market:withdraw-need", args=[need.pk]) + SEEN
    assert client.post(address, {"reason": "Cukup"}).status_code == 303
    second = client.post(address, {"reason": "Cukup"}, **part)
    refused = str(next(iter(second.context["reason_form"].errors.values()))[0])
    assert html.escape(refused) in second.content.decode()
    too_long = client.post(address, {"reason": "x" * 20_000}, **part)
    assert "Alasan: " in too_long.content.decode(), "above the page, a sentence names its field"


@pytest.mark.parametrize("page", ["new-buyer", "new-group"])
def test_an_office_is_offered_its_own_regencies_and_told_at_the_field(visit, page):
    """Another one was offered, and answered with a page that kept nothing of what was typed."""
    offered = visit(page).context["form"].fields["regency"].queryset
    assert list(offered) == [cast.area("Kab. Indramayu")]
    officer = cast.provincial_officer()
    of_province = visit(page, by=officer).context["form"].fields["regency"].queryset
    assert {area.pk for area in of_province} == officer.sight.regencies
    of_country = visit(page, by=cast.planner()).context["form"].fields["regency"].queryset
    assert len(of_country) > len(of_province) > len(offered)
    other = cast.area("Kab. Majene")
    told = visit(page, post={"name": "RSUD Majene", "regency": other.pk})
    assert told.status_code == 200
    assert told.context["form"].errors["regency"]
    assert "RSUD Majene" in told.content.decode()


def test_a_hospital_is_written_down_verified_and_states_a_need(visit):
    area = cast.area("Kab. Indramayu")
    typed = {"name": "RSUD Indramayu", "kind": "health_facility", "regency": area.pk}
    answer = visit("new-buyer", post=typed)
    buyer = Buyer.objects.get()
    assert answer.url == reverse("market:buyer", args=[buyer.pk])  # There it is verified.
    need = {"product": "cloth_mask", "quantity": "1000", "due": DAY + timedelta(14)}
    need |= {"regency": area.pk, "min_order": "1", "weight": "1"}
    yesterday = visit("new-need", buyer.pk, post={**need, "due": DAY - timedelta(1)})
    assert "akan datang" in yesterday.content.decode()
    answer = visit("new-need", buyer.pk, post=need)
    draft = Need.objects.get()
    assert answer.url == reverse("market:need", args=[draft.pk])  # There it is published.
    refused = visit("publish-need", draft.pk, post={})
    assert "memeriksa pemesan" in refused.content.decode()
    assert visit("verify-buyer", buyer.pk, post={}).status_code == 303
    assert visit("publish-need", draft.pk, post={}).status_code == 303
    board = visit("needs").content.decode()
    assert "RSUD Indramayu" in board
    assert "14 hari lagi" in board
    amended = {**need, "quantity": "900"}
    assert visit("amend-need", draft.pk, post=amended).status_code == 303
    assert visit("withdraw-need", draft.pk, post={"reason": "Cukup"}).status_code == 303
    assert "RSUD" not in visit("needs").content.decode()
    assert "RSUD" in visit("needs", query=f"{SEEN}&state=withdrawn").content.decode()
    renamed = {"name": "RSUD Baru", "valid_from": DAY + timedelta(1)}
    assert visit("rename-buyer", buyer.pk, post=renamed).status_code == 303
    assert "RSUD Baru" in visit("buyer", buyer.pk).content.decode()
    found = visit("buyers", query=f"{SEEN}&q=rsud").context["list"].page.rows
    assert [one.pk for one in found] == [buyer.pk]  # Once, though two of its names fit.


def test_each_gate_opens_its_firms_and_the_page_says_what_would_fill(visit):
    market.capacity(market.firm("Kecil"), per_week=10)
    market.capacity(market.firm("Mahal"), price=9000, per_week=700)
    market.capacity(market.firm("Sanggup"), per_week=700)
    need = market.need(2000, min_order=100, max_price=6000)
    page = visit("need", need.pk, by=cast.planner()).content.decode()
    for words in ("terlalu kecil sendiri", "terlalu mahal", "mampu"):
        assert words in page
    assert "style=" not in page
    assert "Mahal" in visit("makers", need.pk, "dear", by=cast.planner()).content.decode()
    assert "Mahal" not in visit("makers", need.pk, "able", by=cast.planner()).content.decode()
    look = visit("look", need.pk, by=cast.planner()).content.decode()
    assert "Dengan harga tertinggi Rp" in look
    assert "Kecil" in look  # Through a group.
    over = visit("need", need.pk, by=cast.planner(), query="?per=2020-12-31").content.decode()
    assert "Tenggatnya sudah lewat" in over
    assert "Belum ada pembuat yang diketahui" not in over


def test_a_match_is_read_offered_and_answered(visit, client):
    market.capacity(market.firm("Konveksi Satu"))
    market.need(2000)
    planner = cast.planner()
    asked = visit("new-run", by=planner, post={
        "title": "Putaran", "full_weeks": 2, "tolerance": 0, "time_limit": 20,
        "product": "cloth_mask", "area": cast.area("Kab. Indramayu").pk,
    })  # fmt: skip
    assert asked.status_code == 303
    turned = visit("new-run", by=planner, query=f"{SEEN}&from={need_run().pk}").content.decode()
    assert '<option value="cloth_mask" selected>' in turned
    waiting = visit("run", need_run().pk, by=planner).content.decode()
    assert "Masker kain" in waiting
    assert "Berhenti" in waiting
    assert visit("progress", need_run().pk, by=planner).status_code == 200
    assert visit("stop-run", need_run().pk, by=planner, post={}).status_code == 303
    run = market.run()
    page = visit("run", run.pk, by=planner).content.decode()
    for words in ("Konveksi Satu", "1.200", "800", "Terdekat dulu", "Tawarkan"):
        assert words in page
    assert "style=" not in page
    assert visit("case", run.pk, by=planner).headers["Content-Type"] == "application/zip"
    assert visit("adopt-run", run.pk, by=planner, post={}).status_code == 303
    assert "sudah ditawarkan" in visit("adopt-run", run.pk, by=planner, post={}).content.decode()
    order = Order.objects.get()
    assert "Konveksi Satu" in visit("orders").content.decode()
    for unknown in ({}, {"answer": "x"}, {"answer": "", "reason": "Penuh"}):
        refused = visit("answer-order", order.pk, post=unknown).content.decode()
        assert "Nyatakan pesanan ini disanggupi atau tidak" in refused
    declined = visit("answer-order", order.pk, post={"answer": "decline"}).content.decode()
    assert "sebabnya" in declined
    link = visit("give-link", order.pk, post={}).content.decode()
    assert "/l/" in link
    for name, post in (
        ("answer-order", {"answer": "accept"}),
        ("confirm-order", {}),
        ("send-order", {"quantity": 1200}),
        ("receive-order", {"received_on": DAY, "receiver": "RSUD Indramayu", "good": 1100,
                           "refused": 100, "reason": "Robek"}),
    ):  # fmt: skip
        assert visit(name, order.pk, post=post).status_code == 303, name
    page = visit("order", order.pk).content.decode()
    assert "Robek" in page
    assert "1.100" in page
    assert "Tulis sebabnya" in visit("cancel-order", order.pk, post={}).content.decode()
    late = visit("cancel-order", order.pk, post={"reason": "x"})
    assert "sudah ada yang datang" in late.content.decode()


def need_run():
    from pulih.market.models import Run

    return Run.objects.earliest("pk")


def test_the_firms_of_an_order_and_the_members_of_a_group_come_by_pages(visit):
    firms = [market.firm(f"Penjahit {n:02}") for n in range(22)]
    for firm in firms:
        market.capacity(firm, "hazmat_suit", per_week=30, price=150_000)
    group = market.group("Kab. Indramayu", *firms)
    market.need(22 * 60, "hazmat_suit", min_order=1000)
    runs.adopt(market.run(), by=cast.planner())
    order = Order.objects.get()
    assert order.parts.count() == 22
    for name, key in (("order", order.pk), ("group", group.pk)):
        page = visit(name, key).content.decode()
        following = re.search(r'rel="next"\s+href="[^"?]*([^"]*)"', page).group(1)
        last = visit(name, key, query=html.unescape(following)).content.decode()
        seen = [set(re.findall(r"Penjahit \d\d", each)) for each in (page, last)]
        assert (len(seen[0]), len(seen[1]), len(seen[0] | seen[1])) == (20, 2, 22)
    refused = visit("answer-order", order.pk, post={}).content.decode()
    assert "20 pertama dari 22" in refused
    assert 'rel="next"' not in refused  # It would lead to an address that only takes answers.


def test_a_match_says_once_what_would_change_it_and_how_its_work_is_spread(visit):
    for place, per_week in enumerate((600, 200)):
        market.capacity(market.firm(f"Konveksi {place}"), per_week=per_week)
    market.need(2000)
    run = market.run()
    assert [round(way["largest"], 2) for way in run.baselines] == [0.75] * 4
    page = html.unescape(visit("run", run.pk, by=cast.planner()).content.decode())
    (unmet,) = run.explanation["unmet"]
    assert unmet["changes"]
    assert all(page.count(change["message_id"]) == 1 for change in unmet["changes"])
    assert "75%" in page
    shares = page.split("Pekerjaan per kabupaten/kota")[1].split("</section>")[0]
    sent = run.consignments.aggregate(goods=Sum("goods"))["goods"]
    assert f"{sent / 1e6:.1f}".replace(".", ",") in shares  # What one regency's makers earn.
    (drawn,) = re.findall(r'<svg viewBox="0 0 700 92".*?</svg>', page, re.DOTALL)
    assert drawn.count("f-neg") == 2  # Two makers of one need that is not filled.
    assert all(f"Konveksi {place}<title>" in drawn for place in (0, 1))


def test_what_is_not_hers_is_not_there(visit):
    market.capacity(market.firm("Konveksi Satu"))
    need = market.need(100)
    run = market.run()
    runs.adopt(run, by=cast.planner())
    stranger = cast.regency_officer("Kota Denpasar")
    assert visit("need", need.pk, by=stranger).status_code == 200
    for name, key in (("run", run.pk), ("order", Order.objects.get().pk)):
        assert visit(name, key, by=stranger).status_code == 404
    assert visit("amend-need", need.pk, by=stranger, post={}).status_code in (200, 403)
    for name in ("needs", "buyers", "runs", "orders"):
        assert visit(name, by=stranger).status_code == 200
        assert visit(name, by=cast.administrator()).status_code == 403


def test_the_board_says_in_a_sentence_how_much_is_asked_for(visit):
    market.need(1000)
    market.need(500, of=market.buyer(name="Puskesmas Losarang"))
    said = visit("needs").content.decode()
    assert "2 kebutuhan masih mencari pembuat, 0 sudah dipesan penuh atau diterima;" in said


def test_the_first_page_says_how_the_market_stands_and_leads_to_those_needs(visit, client):
    for place in (1, 2):
        market.capacity(market.firm(f"Konveksi {place}"))
    market.need(1000, of=market.buyer(name="Puskesmas Losarang"))
    runs.adopt(market.run(), by=cast.planner())
    for order in Order.objects.all():
        taken = offers.answer(order, accepts=True, by=cast.regency_officer())
        offers.confirm(taken, by=cast.regency_officer())
    market.need(500, of=market.buyer(name="Puskesmas Jatibarang"))
    told = re.findall(r'class="n">(\d+)<', visit("standing").content.decode())
    firms = OrderPart.objects.values("enterprise").distinct().count()
    assert told == ["1", "1", str(firms)]
    asking, filled = (visit("needs", query=f"{SEEN}&{one}=1").content.decode()
                      for one in ("asking", "filled"))  # fmt: skip
    assert "Jatibarang" in asking
    assert "Losarang" not in asking
    assert "Losarang" in filled
    assert "Jatibarang" not in filled
    assert reverse("market:standing") in client.get(reverse("portal:home")).content.decode()
