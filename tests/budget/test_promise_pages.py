"""Reserving, drawing and releasing on pages and for programs; the list, its files and the bars."""

import json
from datetime import date

import pytest
from django.urls import reverse

from pulih.budget.models import Posting, Promise
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


@made_once
def line():
    return make.line(ceiling=1_000_000)


@pytest.fixture
def planner(client):
    person = cast.planner()
    client.force_login(person)
    return person


def write(client, name, pk, **typed):
    usual = {"number": "SK 12/2020", "effective_on": "2020-06-15"}
    return client.post(reverse(f"budget:{name}", args=[pk]), usual | typed)


def test_who_decides_reserves_and_releases_on_pages(client, planner, line):
    said = {"proposal": "U-7", "title": "Bimtek APD", "rupiah": "600.000"}
    assert write(client, "reserve-line", line.pk, **said).status_code == 303
    promise = Promise.objects.get(number="U-7")
    page = client.get(reverse("budget:promises")).content.decode()
    assert "Bimtek APD" in page
    assert "600.000" in page
    answer = write(client, "release-promise", promise.pk, number="LP-1",
                   **{f"line_{line.pk}": "100.000", "reason": "kelas dikurangi"})  # fmt: skip
    assert answer.status_code == 303
    line.refresh_from_db()
    assert line.reserved == 500_000
    shown = client.get(reverse("budget:line", args=[line.pk])).content.decode()
    assert "Dicadangkan bagi usulan" in shown
    assert "500.000" in shown
    posting = Posting.objects.get(document_kind="unreserve")
    assert "U-7" in client.get(reverse("budget:posting", args=[posting.pk])).content.decode()


def test_more_than_is_free_is_told_on_the_form(client, planner, line):
    ledger.contract(line, 700_000)
    said = {"proposal": "U-7", "title": "Bimtek APD", "rupiah": "300.001"}
    page = write(client, "reserve-line", line.pk, **said)
    assert "Komitmen dan dana yang dicadangkan Rp1.000.001" in page.content.decode()
    assert not Promise.objects.exists()


def test_a_contract_says_for_which_proposal_it_is_made(client, line):
    promise = ledger.reserved(line, 600_000)
    client.force_login(ledger.officer(line, "ppk"))
    form = client.get(reverse("budget:commit-line", args=[line.pk])).content.decode()
    assert "Bimtek masker (P-1)" in form
    typed = {"rupiah": "650.000", "party": "CV Sari", "promise": promise.pk}
    assert write(client, "commit-line", line.pk, **typed).status_code == 303
    line.refresh_from_db()
    assert (line.reserved, line.committed) == (0, 650_000)


def test_a_line_without_promises_does_not_ask_for_one(client, line):
    client.force_login(ledger.officer(line, "ppk"))
    page = client.get(reverse("budget:commit-line", args=[line.pk])).content.decode()
    assert 'name="promise"' not in page


def test_programs_reserve_draw_and_release_by_the_same_forms(client, planner, line):
    def post(path, **body):
        usual = {"number": "SK 1", "effective_on": "2020-06-15"}
        return client.post(f"/api/v1/budget/{path}", json.dumps(usual | body), "application/json")

    reserved = post(f"lines/{line.pk}/reserve", proposal="U-1", title="Bimtek", rupiah=400_000)
    assert reserved.json()["is_new"]
    promise = Promise.objects.get()
    (row,) = client.get("/api/v1/budget/promises").json()["rows"]
    assert (row["set_aside"], row["drawn"], row["left"]) == (400_000, 0, 400_000)
    amounts = {str(line.pk): 100_000}
    refused = post(f"promises/{promise.pk}/release", amounts=amounts, reason="")
    assert refused.status_code == 422
    done = post(f"promises/{promise.pk}/release", amounts=amounts, reason="batal", number="L")
    assert done.json()["is_new"]
    assert client.get(f"/api/v1/budget/lines/{line.pk}").json()["reserved"] == 300_000


def test_as_of_an_earlier_day_nothing_was_reserved_yet(client, planner, line):
    ledger.reserved(line, 400_000, effective_on=DAY)
    url = reverse("budget:promises")
    assert "Bimtek masker" in client.get(url, {"per": "2020-06-15"}).content.decode()
    assert "Bimtek masker" not in client.get(url, {"per": "2020-06-14"}).content.decode()
