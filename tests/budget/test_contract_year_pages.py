"""Multi-year contracts on pages and for programs: letters, the list, the next year's part."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from pulih.budget import actions
from pulih.budget.models import ContractYear, Posting
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
TYPED = {"number": "K-7", "letter": "S-7", "office": "Menteri Keuangan", "first_year": "2020",
         "effective_on": "2020-01-02", "rupiah_1": "500", "rupiah_2": "700"}  # fmt: skip


@made_once
def line():
    return make.line(ceiling=10_000)


@made_once
def after(line):
    return make.line(ceiling=10_000, fiscal_year=2021)


@made_once
def ppk(line):
    return ledger.officer(line, "ppk")


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def letter(line, years, number="K-7", name="S-7", on=date(2020, 1, 2)):
    return actions.record_contract_years(
        line.unit, number, years, letter=name, office="Menteri Keuangan", effective_on=on,
        by=make.system(),
    )  # fmt: skip


def test_the_page_takes_a_letter_and_shows_each_year(client, line, ppk):
    address = reverse("budget:contract-years", args=[line.unit_id])
    client.force_login(ppk)
    assert "Record a letter" not in client.get(address).content.decode()
    assert client.post(address, TYPED).status_code == 403
    client.force_login(cast.planner())
    assert address in client.get(reverse("budget:unit", args=[line.unit_id])).content.decode()
    for wrong, said in [
        ({"rupiah_2": ""}, "required"),
        ({"rupiah_4": "9"}, "A year without payment gets 0."),
        ({"first_year": "2003"}, "no known fiscal years"),
        ({"number": "\x00"}, "Null characters"),
    ]:
        page = client.post(address, TYPED | wrong).content.decode()
        assert said in page, wrong
    assert not ContractYear.objects.exists()
    assert client.post(address, TYPED).status_code == 303
    ledger.contract(line, 300, number="K-7")
    letter(line, {2020: 10, 2021: 20}, number="A-1", name="S-1")
    letter(line, {2020: 400, 2021: 900}, name="S-8")
    page = client.get(address).content.decode()
    assert "2 multi-year contracts" in page
    for said in ("Rp400", "Rp300", "Rp100", "Rp900", "Rp1,300 in all years", "S-7", "S-1"):
        assert said in page, said
    assert page.count("<h2>K-7</h2>") == page.count("<h2>A-1</h2>") == 1


def test_the_contracts_page_offers_the_next_part_once(client, line, after, ppk):
    signed = ledger.contract(line, 500, number="K-7", party="CV Sagu")
    page = reverse("budget:posting", args=[signed.pk])
    address = reverse("budget:commit-part", args=[signed.pk])
    client.force_login(ppk)
    assert address not in client.get(page).content.decode()
    letter(line, {2020: 500, 2021: 700})
    assert address in client.get(page).content.decode()
    typed = {"to": after.pk, "effective_on": "2021-01-04"}
    assert (
        "takes effect in 2021"
        in client.post(address, typed | {"effective_on": "2020-12-31"}).content.decode()
    )
    assert client.post(address, typed).status_code == 303
    part = Posting.objects.get(fiscal_year=2021, document_kind="commitment")
    assert (part.document_number, part.party) == ("K-7", "CV Sagu")
    assert address not in client.get(page).content.decode()


def test_programs_record_a_letter_list_years_and_commit_the_part(client, line, after, ppk):
    signed = ledger.contract(line, 500, number="K-7")
    address = f"/api/v1/budget/units/{line.unit_id}/contract-years"

    def send(where, by, **body):
        client.force_login(by)
        return client.post(where, body, content_type="application/json")

    planner = cast.planner()
    assert send(address, ppk, **TYPED).status_code == 403
    assert send(address, planner, **TYPED | {"rupiah_1": -1}).status_code == 422
    refused = send(address, planner, **TYPED | {"rupiah_1": 499})
    assert (refused.status_code, "Rp500 committed" in refused.content.decode()) == (409, True)
    made = send(address, planner, **TYPED, rupiah_3=0)
    assert made.json()["years"] == [
        {"year": 2020, "rupiah": 500}, {"year": 2021, "rupiah": 700}, {"year": 2022, "rupiah": 0}
    ]  # fmt: skip
    rows = client.get("/api/v1/budget/contract-years?year=2021").json()["rows"]
    assert [(row["contract"], row["rupiah"], row["edition"]) for row in rows] == [("K-7", 700, 1)]
    page = client.get(reverse("budget:all-contract-years"), {"q": "S-7"}).content.decode()
    assert reverse("budget:contract-years", args=[line.unit_id]) in page
    next_part = f"/api/v1/budget/postings/{signed.pk}/next-part"
    posted = send(next_part, ppk, to=after.pk, effective_on="2021-01-04")
    assert Posting.objects.get(pk=posted.json()["posting_id"]).fiscal_year == 2021
    client.force_login(cast.provincial_officer("Bali"))
    assert client.get("/api/v1/budget/contract-years").json()["rows"] == []
