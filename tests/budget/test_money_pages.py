"""Writing documents on pages, what is owed and blocked, and both days in every answer."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.budget import actions
from pulih.budget.clock import playing_at
from pulih.budget.models import BudgetLine, Post, Posting
from pulih.common.periods import WIB
from pulih.people.models import Role
from pulih.scenarios.covid_2020.money import NEW_YEAR
from pulih.treasury.reads.supporting import missing_of
from pulih.web import facts
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)
JUNE = NEW_YEAR.replace(month=6, day=8, tzinfo=WIB)


@made_once
def line():
    return make.line(ceiling=1_000_000_000)


@made_once
def officers(line):
    """The unit's PPK, PPSPM and treasurer: three people."""
    found = {}
    for post in (Post.COMMITMENT_OFFICER, Post.ORDER_OFFICER, Post.TREASURER):
        area = cast.area("Jawa Barat")
        person = cast.person(Role.PROVINCIAL_OFFICER, area, username=f"{post}-jabar")
        actions.appoint(
            person,
            unit=line.unit,
            post=post,
            decree="SK-1",
            valid_from=date(2020, 1, 2),
            by=make.system(),
        )
        found[post] = person
    return found


@pytest.fixture
def write(client):
    def post(by, name, pk, **typed):
        client.force_login(by)
        usual = {"number": "1", "effective_on": "2020-06-15", "party": "CV Sari Mekar"}
        address = name if ":" in name else f"budget:{name}"
        return client.post(reverse(address, args=[pk]), usual | typed)

    return post


def posting(kind):
    return Posting.objects.get(document_kind=kind)


def papers_named(write, ppk):
    """Name every paper that the account of the SPP asks for."""
    request = posting("spp")
    codes = [one.code for one in missing_of(request)]
    numbers = {f"number_{code}": "BA-1" for code in codes}
    days = {f"dated_{code}": DAY.isoformat() for code in codes}
    return write(ppk, "treasury:name-papers", request.pk, **numbers, **days)


def test_a_contract_goes_its_way_through_three_hands_to_the_payment(line, officers, write):
    ppk, ppspm = officers[Post.COMMITMENT_OFFICER], officers[Post.ORDER_OFFICER]
    field = f"line_{line.pk}"
    answers = [
        write(ppk, "commit-line", line.pk, number="SPK-1", rupiah="74.800.000"),
        write(
            ppk,
            "request-payment",
            posting("commitment").pk,
            number="1/SPP",
            method="LS",
            **{field: "41.600.000"},
        ),
        write(ppk, "treasury:state-taxes", posting("spp").pk, payee="exempt"),
        papers_named(write, ppk),
        write(ppspm, "treasury:examine", posting("spp").pk, ticked=ledger.TICKED),
        write(
            officers[Post.TREASURER],
            "pay",
            posting("spm").pk,
            number="20056",
            **{field: "41.600.000"},
        ),
    ]
    assert [answer.status_code for answer in answers] == [303] * 6
    line.refresh_from_db()
    assert (line.committed, line.realised) == (74_800_000, 41_600_000)


def test_who_asks_for_a_payment_may_not_order_it(line, officers, write):
    ppk = officers[Post.COMMITMENT_OFFICER]
    write(ppk, "commit-line", line.pk, number="SPK-1", rupiah="10.000.000")
    field = f"line_{line.pk}"
    contract = posting("commitment").pk
    write(ppk, "request-payment", contract, number="1/SPP", method="LS", **{field: "10.000.000"})
    answer = write(ppk, "treasury:examine", posting("spp").pk, number="7/SPM", ticked=ledger.TICKED)
    assert answer.status_code == 200
    assert "Anda tidak tercatat sebagai PPSPM" in answer.content.decode()
    assert not Posting.objects.filter(document_kind="spm").exists()


def test_a_refusal_names_the_amount_and_keeps_what_was_typed(line, officers, write):
    ppk = officers[Post.COMMITMENT_OFFICER]
    answer = write(ppk, "commit-line", line.pk, number="SPK-9", rupiah="1.000.000.001")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "sebesar Rp1." in text
    assert "SPK-9" in text
    assert "1.000.000.001" in text
    assert "Paling banyak Rp1.000.000.000" in text


def test_buttons_are_there_only_for_those_who_may(client, line, officers):
    for person, may in [
        (officers[Post.COMMITMENT_OFFICER], True),
        (officers[Post.ORDER_OFFICER], False),
        (cast.auditor(), False),
    ]:
        client.force_login(person)
        page = client.get(reverse("budget:line", args=[line.pk])).content.decode()
        assert (reverse("budget:commit-line", args=[line.pk]) in page) is may


def test_what_is_owed_is_listed_by_age_with_its_party(client, line, officers):
    for number, day in [("SPK-1", date(2020, 6, 1)), ("SPK-2", date(2020, 2, 3))]:
        actions.commit(
            line.unit,
            {line.pk: 5_000_000},
            number=number,
            fiscal_year=2020,
            effective_on=day,
            party="UD Maju Jaya",
            by=officers[Post.COMMITMENT_OFFICER],
        )
    client.force_login(cast.planner())
    url = reverse("budget:commitments")
    old = client.get(url, {"per": DAY, "age": 3}).content.decode()
    assert "SPK-2" in old
    assert "SPK-1" not in old
    assert "UD Maju Jaya" in old
    answer = client.get(url, {"per": DAY, "format": "csv"})
    lines = answer.getvalue().decode().splitlines()
    assert "komitmen-per-2020-06-15.csv" in answer["Content-Disposition"]
    assert lines[-1] == "Jumlah baris: 2"


def test_a_page_and_its_export_answer_for_both_days(client, line):
    with playing_at(JUNE):
        actions.block(
            line,
            rupiah=77_777_777,
            number="S-212",
            effective_on=date(2020, 6, 1),
            reason="Hemat",
            office="DJA",
            by=make.system(),
        )
    client.force_login(cast.planner())
    page = reverse("budget:blocks")
    late = client.get(page, {"per": "2020-06-01", "diketahui": "2020-06-15"}).content.decode()
    early = client.get(page, {"per": "2020-06-01", "diketahui": "2020-06-07"}).content.decode()
    assert "77.777.777" in late
    assert "Hemat" in late
    assert "77.777.777" not in early
    asked = {"per": "2020-06-01", "diketahui": "2020-06-15", "format": "csv"}
    answer = client.get(page, asked)
    assert "blokir-per-2020-06-01-diketahui-2020-06-15.csv" in answer["Content-Disposition"]
    assert "diketahui per 15 Jun 2020" in answer.getvalue().decode()


def test_a_document_shows_its_chain_and_can_be_taken_back(client, line, officers, write):
    ppk = officers[Post.COMMITMENT_OFFICER]
    write(ppk, "commit-line", line.pk, number="SPK-1", rupiah="10.000.000")
    contract = posting("commitment")
    page = client.get(reverse("budget:posting", args=[contract.pk])).content.decode()
    assert bytes(contract.hash).hex() in page
    assert reverse("budget:reverse", args=[contract.pk]) in page
    answer = write(ppk, "reverse", contract.pk, number="BA-1", reason="Salah ketik")
    assert answer.status_code == 303
    assert BudgetLine.objects.get(pk=line.pk).committed == 0
    page = client.get(reverse("budget:posting", args=[contract.pk])).content.decode()
    assert "BA-1" in page
    assert reverse("budget:request-payment", args=[contract.pk]) not in page


def test_somebody_is_appointed_once_and_duties_stay_apart(client, line, officers):
    planner = cast.planner()
    client.force_login(planner)
    url = reverse("budget:appointments", args=[line.unit_id])
    ppk = officers[Post.COMMITMENT_OFFICER]
    typed = {"post": "ppspm", "person": ppk.pk, "decree": "SK-9", "valid_from": "2020-02-01"}
    typed["reason"] = "SK terlambat diterima"
    answer = client.post(url, typed)
    assert answer.status_code == 200
    assert "SK-9" in answer.content.decode()
    officer = cast.provincial_officer()
    assert client.post(url, typed | {"post": "kpa", "person": officer.pk}).status_code == 303
    assert "SK-9" in client.get(url).content.decode()


def test_programs_write_and_read_the_same_documents(client, line, officers):
    ppk = officers[Post.COMMITMENT_OFFICER]
    client.force_login(ppk)
    contract = {"rupiah": 9_000_000, "number": "SPK-1", "party": "CV A", "reason": ""}
    answer = client.post(
        f"/api/v1/budget/lines/{line.pk}/commit",
        contract | {"effective_on": "2020-06-02"},
        content_type="application/json",
    )
    assert answer.json()["is_new"]
    pk = answer.json()["posting_id"]
    asks = {"number": "1/SPP", "effective_on": "2020-06-03", "party": "CV A", "method": "LS"}
    url = f"/api/v1/budget/postings/{pk}/request"
    more = client.post(
        url, asks | {"amounts": {line.pk: 9_000_001}}, content_type="application/json"
    )
    assert more.status_code == 409
    asked = client.post(
        url, asks | {"amounts": {line.pk: 9_000_000}}, content_type="application/json"
    ).json()
    whole = client.get(f"/api/v1/budget/postings/{asked['posting_id']}").json()
    assert whole["chain"] == [pk, asked["posting_id"]]
    owed = client.get("/api/v1/budget/commitments?year=2020&per=2020-06-15").json()
    assert [(one["number"], one["unpaid"], one["age"]) for one in owed["rows"]] == [
        ("SPK-1", 9_000_000, 13)
    ]
    before = client.get("/api/v1/budget/commitments?year=2020&per=2020-06-15&diketahui=2020-06-15")
    assert before.json()["rows"] == []  # It was learned only today.


def test_what_follows_a_document_is_proposed_for_no_day_before_it(
    line, officers, write, client, monkeypatch
):
    monkeypatch.setitem(facts._tellers, "day", lambda _request: DAY)
    ppk, later = officers[Post.COMMITMENT_OFFICER], date(2020, 9, 1)
    write(ppk, "commit-line", line.pk, number="K-1", rupiah="10.000.000", effective_on="2020-09-01")
    contract = posting("commitment").pk
    for name in ("request-payment", "reverse"):
        page = client.get(reverse(f"budget:{name}", args=[contract]))
        assert page.context["form"].initial["effective_on"] == later
    write(ppk, "request-payment", contract, number="1/SPP", method="LS", effective_on="2020-09-02",
          **{f"line_{line.pk}": "10.000.000"})  # fmt: skip
    client.force_login(officers[Post.ORDER_OFFICER])
    page = client.get(reverse("treasury:request", args=[posting("spp").pk]))
    assert page.context["examine_form"].initial["effective_on"] == date(2020, 9, 2)


def test_pages_of_money_read_each_thing_once(client, line, django_assert_max_num_queries):
    """A line, its unit and the country: a fifth of these queries belongs to every page."""
    ledger.contract(line, 100)
    client.force_login(cast.planner())
    for most, address in (
        (32, reverse("budget:line", args=[line.pk])),
        (31, reverse("budget:unit", args=[line.unit_id])),
        (32, reverse("budget:summary")),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
