"""The pages on which who taught is recorded and paid, from the class to the PDF and the XLSX."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from pulih.budget.models import Post
from pulih.delivery.documents.honoraria import pdf, values
from pulih.delivery.models import PaymentList, Trainer
from pulih.web import facts
from tests.delivery.paying import DAY, committed, hand, paid, requested
from tests.make import delivery as make
from tests.make import teaching as make_teaching
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june(monkeypatch):
    """Let the pages of activities stand on the day after the training."""
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: DAY)


@pytest.fixture
def go(client):
    def ask(by, name, /, *arguments, **typed):
        client.force_login(by)
        address = reverse(f"delivery:{name}", args=arguments)
        return client.post(address, typed) if typed else client.get(address)

    return ask


@made_once
def activity():
    return make.payable(2, more=[make.TEACHING, make.HELPING])


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_from_the_class_over_the_list_to_its_papers(go):
    activity = make.payable(2, more=[make.TEACHING])
    officer, [cohort] = hand(activity, Post.COMMITMENT_OFFICER), activity.cohorts.all()
    named = {"name": "Wayan Guru", "role": "trainer", "payee": "", "institution": "BPPI"}
    assert go(officer, "add-trainer", cohort.pk, **named).status_code == 303
    who = Trainer.objects.get()
    assert "pajak belum diketahui" in text(go(officer, "cohort", cohort.pk))
    first = cohort.sessions.earliest("day")
    taught = {"trainer": who.pk, "sessions": first.pk, "lesson_hours": "9"}
    refused = text(go(officer, "state-teaching", cohort.pk, **taught))
    assert "hanya 8 JP; tidak ada yang mengajar 9 JP" in refused
    assert go(officer, "state-teaching", cohort.pk, trainer=who.pk).status_code == 303
    assert "mengajar 16 JP" in text(go(officer, "cohort", cohort.pk))
    page = text(go(officer, "teachings"))
    assert "Wayan Guru" in page
    assert reverse("delivery:cohort", args=[cohort.pk]) in page
    row = activity.proposal.decision.rows.get(account="522151")
    page = text(go(officer, "new-honoraria", activity.pk, row.pk))
    assert "0</b> dari 1 instruktur dapat dibayar" in page
    assert "dasar pajaknya belum dicatat" in page
    assert "NIK tidak tercatat" in page
    said = {"trainer": who.pk, "payee": "servant_4", "nik": make.nik(9_001)}
    assert go(officer, "state-payee", cohort.pk, **said).status_code == 303
    page = text(go(officer, "new-honoraria", activity.pk, row.pk))
    assert "1</b> dari 1 instruktur dapat dibayar, seluruhnya Rp10.800.000" in page
    assert "Rp900.000 per orang-jam" in page
    typed = {"number": "DH-1", "rate": "950.000"}
    refused = text(go(officer, "new-honoraria", activity.pk, row.pk, **typed))
    assert "Rp950.000 di atas batas tertinggi SBM: Rp900.000 per orang-jam" in refused
    typed = {"number": "DH-1", "rate": "900.000"}
    assert go(officer, "new-honoraria", activity.pk, row.pk, **typed).status_code == 303
    given = PaymentList.objects.get()
    page = text(go(officer, "payment-list", given.pk))
    assert "Wayan Guru" in page
    assert "1.620.000" in page  # 15 % of a servant of rank IV.
    assert "SK narasumber" in page
    assert go(officer, "payment-paper", given.pk).content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(go(officer, "honoraria-workbook", given.pk).content))
    cells = [cell.value for line in book.active.iter_rows() for cell in line if cell.value]
    assert {"Wayan Guru", 10_800_000, 1_620_000, 9_180_000} <= set(cells)
    said = " ".join(map(str, cells))
    assert "sembilan juta seratus delapan puluh ribu" in said
    assert "DH-1, Jumat, 26 Juni 2020" in said
    assert "Setuju dibayar, Pejabat Pembuat Komitmen: " in said


def test_only_a_list_of_honoraria_has_this_workbook(go):
    given = make.payment_list(make.payable(2))
    assert go(cast.provincial_officer(), "honoraria-workbook", given.pk).status_code == 404


def test_the_page_of_money_offers_rows_for_who_teaches_and_shows_what_was_paid(go, activity):
    make_teaching.taught(activity)
    officer = hand(activity, Post.TREASURER)
    for row in activity.proposal.decision.rows.filter(account="522151"):
        page = text(go(officer, "money", activity.pk))
        assert reverse("delivery:new-honoraria", args=[activity.pk, row.pk]) in page
    committed(activity, 14_400_000, "522151")
    given = make_teaching.honoraria_list(activity)
    requested(given, "SPP-H")
    sp2d = paid(given)
    assert given.number in text(go(officer, "money", activity.pk))
    assert reverse("delivery:payment-list", args=[given.pk]) in text(
        go(cast.auditor(), "of-posting", sp2d.pk)
    )
    make_teaching.teaching(
        activity.cohorts.get().trainers.get(name__startswith="Made"), hours=4, why="setengah hari"
    )
    page = re.sub(r"\s+", " ", text(go(officer, "payment-list", given.pk)))
    assert 'Made Pengajar, Angkatan Kab. Indramayu</span><span class="n">Rp2.700.000' in page
    assert "tidak diajar atau tidak berlangsung" in page


def test_the_paper_names_each_session_and_keeps_its_sums(go, activity):
    make_teaching.taught(activity)
    given = make_teaching.honoraria_list(activity, make.HELPING[0])
    said = values(given)
    people, sessions = said["tables"]
    assert people["rows"][0][5:10] == [2, 150_000, 300_000, 0, 300_000]
    assert people["foot"][7:10] == [300_000, 0, 300_000]
    assert [row[4] for row in sessions["rows"]] == [8, 8]
    assert pdf(given) == pdf(given)
