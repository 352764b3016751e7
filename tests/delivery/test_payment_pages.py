"""The pages on which participants are paid, from the promise to the PDF; and the way back."""

import re

import pytest
from django.urls import reverse

from pulih.budget.models import Post
from pulih.delivery.actions import goods
from pulih.delivery.models import PaymentList
from pulih.web import facts
from tests.delivery.paying import DAY, bought_material, committed, hand, line_of, paid, requested
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june(monkeypatch):
    """Let the pages of activities stand on a day on which the checks are fresh."""
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: DAY)


@pytest.fixture
def go(client):
    def ask(by, name, /, *arguments, **typed):
        client.force_login(by)
        address = reverse(f"delivery:{name}", args=arguments)
        return client.post(address, typed) if typed else client.get(address)

    ask.client = client
    return ask


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@made_once
def activity():
    return make.payable(2)


def test_from_the_promise_over_the_list_to_the_request(go):
    activity = make.payable(5, absent=[(3, 0), (3, 1)])
    officer = hand(activity, Post.COMMITMENT_OFFICER)
    page = text(go(officer, "money", activity.pk))
    assert "Rp3.100.000 dicadangkan bagi usulan" in page
    key = f"line_{line_of(activity).pk}"
    typed = {"number": "SK-9", "effective_on": "2020-06-26", "party": "Daftar peserta"}
    assert "sedikitnya satu baris" in text(go(officer, "commit", activity.pk, **typed))
    assert go(officer, "commit", activity.pk, **typed, **{key: "1.100.000"}).status_code == 303
    row = activity.proposal.decision.rows.get(account="521219")
    page = text(go(officer, "new-payment-list", activity.pk, row.pk))
    assert "4</b> dari 5 peserta dapat dibayar, Rp880.000" in page
    assert "tidak hadir pada satu hari pun" in page
    assert reverse("delivery:checks", args=[activity.pk]) + "?stage=payment" in page
    third = activity.participants.get(number=3)
    refused = go(officer, "new-payment-list", activity.pk, row.pk, number="DN-1", only=third.pk)
    assert "Tidak dapat dibayar: Peserta 3" in text(refused)
    assert "DN-1" in text(refused)  # What was typed stands in the form.
    made = go(officer, "new-payment-list", activity.pk, row.pk, number="DN-1")
    assert made.status_code == 303
    given = PaymentList.objects.get()
    page = text(go(officer, "payment-list", given.pk))
    assert "Peserta 4" in page
    assert "Peserta 3" not in page
    (choice,) = re.findall(r'option value="(\d+-\d+)"', page)
    asked = {
        "source": choice, "number": "SPP-1", "effective_on": "2020-06-26",
        "method": "LS",
    }  # fmt: skip
    refused = text(go(officer, "request-payment", given.pk, **asked))
    assert "Undangan dan jadwal, Surat tugas penyelenggara" in refused
    for key in ("invitation", "assignment"):
        paper = {"key": key, "number": f"U-{key}", "dated": "2020-06-20"}
        assert go(officer, "name-paper", given.pk, **paper).status_code == 303
    assert "U-invitation" in text(go(officer, "payment-list", given.pk))
    assert go(officer, "request-payment", given.pk, **asked).status_code == 303
    page = text(go(officer, "payment-list", given.pk))
    assert "pembayaran diminta" in page
    assert "SPP SPP-1" in page
    refused = go(officer, "withdraw-payment-list", given.pk, reason="salah")
    assert "Balik dahulu di buku besar" in text(refused)


def test_without_a_commitment_the_page_proposes_the_imprest_and_leads_to_a_commitment(go, activity):
    officer, given = hand(activity, Post.COMMITMENT_OFFICER), make.payment_list(activity)
    shown = go(officer, "payment-list", given.pk)
    assert shown.context["request_form"].initial["method"] == "UP"
    money = reverse("delivery:money", args=[activity.pk])
    assert money in text(shown).split("Minta pembayarannya")[0]
    commitment = committed(activity)
    assert go(officer, "payment-list", given.pk).context["request_form"].initial["method"] == "LS"
    assert money in text(go(officer, "of-posting", commitment.pk))  # The way on from the ledger.


def test_a_list_is_withdrawn_with_its_reason(go, activity):
    given = make.payment_list(activity)
    officer = cast.provincial_officer()
    assert go(officer, "withdraw-payment-list", given.pk, reason="salah").status_code == 303
    page = text(go(officer, "payment-list", given.pk))
    assert "Ditarik pada" in page
    assert "salah" in page


def test_the_paper_and_the_lists_name_who_is_paid_and_no_number_of_anybody(go, activity):
    given = make.payment_list(activity)
    officer = cast.provincial_officer()
    paper = go(officer, "payment-paper", given.pk)
    assert paper.content.startswith(b"%PDF")
    for name in ("payment-lists", "payment-entries", "payment-list"):
        page = text(go(officer, name, *([given.pk] if name == "payment-list" else [])))
        assert make.nik(1) not in page
    sheet = go(officer, "payment-entries")
    assert "Peserta 2" in text(sheet)


def test_an_auditor_walks_from_the_sp2d_to_the_bast_and_back(go, activity):
    sp2d = bought_material(activity)
    item = make.item(activity)
    make.bought(item, 500, 2_000_000, payment="2006K")
    handover = make.handover(item, 500)
    auditor = cast.auditor()
    page = text(go(auditor, "of-posting", sp2d.pk))
    assert reverse("delivery:handover", args=[handover.pk]) in page
    assert "500 potong" in page
    page = text(go(auditor, "handover", handover.pk))
    assert reverse("budget:posting", args=[sp2d.pk]) in page
    assert reverse("delivery:money", args=[activity.pk]) in page
    page = text(go(auditor, "money", activity.pk))
    assert reverse("budget:line", args=[line_of(activity).pk]) in page
    assert reverse("budget:posting", args=[sp2d.pk]) in page


def test_an_auditor_follows_links_from_a_mask_to_the_line_that_paid_for_its_cloth(go, activity):
    sp2d = bought_material(activity)
    [cohort] = activity.cohorts.all()
    cloth, mask = make.item(activity, "Kain"), make.item(activity)
    make.bought(cloth, 100, 2_000_000, payment="2006K")
    by = {"by": cast.provincial_officer(), "today": make.LAST}
    goods.move(cloth, kind="issued", quantity=100, day=make.FIRST, **by)
    made = zip(cohort.sessions.order_by("day"), (300, 200), (60, 40), strict=True)
    for session, pieces, used in made:
        goods.make_batch(mask, quantity=pieces, material=cloth, used=used, day=make.LAST,
                         session=session, **by)  # fmt: skip
    goods.move(mask, kind="passed", quantity=500, day=make.LAST, **by)
    handover = make.handover(mask, 500)
    auditor = cast.auditor()
    page = text(go(auditor, "handover", handover.pk))
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "300 potong · Kain: 60 potong Rp1.200.000" in shown
    assert "200 potong · Kain: 40 potong Rp800.000" in shown
    steps = [
        reverse("delivery:goods", args=[activity.pk]),
        reverse("budget:posting", args=[sp2d.pk]),
        reverse("budget:line", args=[line_of(activity, "521211").pk]),
    ]
    for step in steps:
        assert f'href="{step}"' in page
    goods_page, line_page = text(go.client.get(steps[0])), text(go.client.get(steps[2]))
    assert f'href="{steps[1]}"' in goods_page
    assert f'href="{steps[2]}"' in text(go.client.get(steps[1]))
    assert "2.000.000" in line_page


def test_what_a_paid_list_shows(go, activity):
    committed(activity)
    given = make.payment_list(activity)
    requested(given)
    sp2d = paid(given)
    page = text(go(cast.auditor(), "payment-list", given.pk))
    assert reverse("budget:posting", args=[sp2d.pk]) in page
    assert "Rp440.000</b> dibayar menurut buku besar" in page
    page = text(go(cast.auditor(), "of-posting", sp2d.pk))
    assert reverse("delivery:payment-list", args=[given.pk]) in page


def test_without_money_set_aside_the_page_says_what_is_missing(go):
    activity = make.activity()
    page = text(go(cast.provincial_officer(), "money", activity.pk))
    assert "Belum ada dana yang dicadangkan" in page


def test_the_page_of_money_says_what_one_participant_and_lesson_hour_cost_beside_the_plan(go):
    activity = make.payable(5)
    given = make.payment_list(activity)
    committed(activity)
    requested(given)
    paid(given)
    page = re.sub(
        r"<[^>]+>|\s+", " ", text(go(hand(activity, Post.TREASURER), "money", activity.pk))
    )
    costs = re.search(r"Biaya satu .*? Dokumen", page)[0].split()
    assert "3.100.000" in costs  # Approved for one participant.
    assert "220.000" in costs  # 110,000 a day, both days, for each.
    assert "13.750" in costs  # For each of the 16 lesson hours.
