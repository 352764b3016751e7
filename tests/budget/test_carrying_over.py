"""What a contract did not get paid goes over into the next year, whole or not at all."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.budget import actions, reconcile
from pulih.budget.models import Posting
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once

pytestmark = pytest.mark.django_db
JANUARY = date(2021, 1, 4)


@made_once
def line():
    return make.line(ceiling=1_000)


@made_once
def after(line):
    return make.line(ceiling=500, fiscal_year=2021)


@made_once
def ppk(line):
    return ledger.officer(line, "ppk")


@made_once
def contract(line):
    """A contract of 600 of which 400 is asked for."""
    found = ledger.contract(line, 600, party="CV Sagu")
    ledger.asked(line, 400, commitment=found, method="LS")
    return found


def carried(contract, to, by, rupiah=200, **values):
    usual = {"number": "ADD-1", "effective_on": JANUARY}
    with speaking_for(by):
        posted = actions.carry_over(contract, to, rupiah, by=by, **{**usual, **values})
    return Posting.objects.get(pk=posted.posting_id)


def test_what_nobody_asked_for_moves_into_the_next_year_under_the_same_number(
    line, after, ppk, contract
):
    made = carried(contract, after, ppk)
    assert (made.fiscal_year, made.document_number) == (2021, contract.document_number)
    assert (made.party, made.settles_id) == ("CV Sagu", None)
    line.refresh_from_db()
    after.refresh_from_db()
    assert (line.committed, after.committed) == (400, 200)
    addendum = Posting.objects.get(document_number="ADD-1")
    assert (addendum.settles_id, addendum.effective_on) == (contract.pk, date(2020, 12, 31))
    assert list(reconcile.messages()) == []


@pytest.mark.parametrize("of_new_year", [True, False])
def test_what_was_carried_over_is_taken_back_in_both_years_whichever_is_named(
    line, after, ppk, contract, of_new_year
):
    made = carried(contract, after, ppk)
    addendum = Posting.objects.get(document_number="ADD-1")
    named, other = (made, addendum) if of_new_year else (addendum, made)
    with speaking_for(ppk):
        ledger.reversed_by(named, number="KOR-9", effective_on=named.effective_on, by=ppk)
    assert {one.reverses for one in Posting.objects.filter(document_number="KOR-9")} == {
        named, other
    }  # fmt: skip
    line.refresh_from_db()
    after.refresh_from_db()
    assert (line.committed, after.committed) == (600, 0)
    assert list(reconcile.messages()) == []
    again = carried(contract, after, ppk, 150, number="ADD-2")
    assert (again.document_number, again.edition) == (contract.document_number, 2)


@pytest.mark.parametrize("of_new_year", [True, False])
def test_where_one_year_cannot_take_it_back_neither_does(line, after, ppk, contract, of_new_year):
    """Somebody asked already for the payment of what stands in the new year."""
    made = carried(contract, after, ppk)
    asked = ledger.asked(after, 1, commitment=made, method="LS", effective_on=JANUARY)
    addendum = Posting.objects.get(document_number="ADD-1")
    named = made if of_new_year else addendum
    with pytest.raises(Refusal, match=r"Other documents stand on|dokumen lain yang berdasar"):
        ledger.reversed_by(named, effective_on=named.effective_on)
    assert not Posting.objects.filter(document_kind="correction").exists()
    line.refresh_from_db()
    after.refresh_from_db()
    assert (line.committed, after.committed, asked.fiscal_year) == (400, 200, 2021)


@pytest.mark.parametrize(
    ("rupiah", "values", "said"),
    [
        (201, {}, "Rp200"),
        (200, {"effective_on": date(2020, 12, 31)}, "2021"),
        (100, {"number": "K-lama"}, "sudah dibukukan|already"),
    ],
)
def test_what_cannot_be_carried_over_leaves_both_years_as_they_are(
    line, after, ppk, contract, rupiah, values, said
):
    if "number" in values:  # The addendum's number is that of another one in the books.
        ledger.contract(line, -100, number="K-lama", addendum_to=contract, party="CV Sagu",
                        effective_on=date(2020, 12, 31))  # fmt: skip
    line.refresh_from_db()
    before = line.committed
    with pytest.raises(Refusal, match=said):
        carried(contract, after, ppk, rupiah, **values)
    line.refresh_from_db()
    after.refresh_from_db()
    assert (line.committed, after.committed) == (before, 0)


def test_a_line_of_another_year_or_unit_and_an_addendum_are_refused(line, after, ppk, contract):
    other = make.line(make.unit(code="028888"), ceiling=500, fiscal_year=2021)
    for wrong in (line, other):
        with pytest.raises(Refusal, match="tahun 2021"):
            carried(contract, wrong, ppk)
    addendum = ledger.contract(line, 10, addendum_to=contract)
    with pytest.raises(Refusal, match="bukan kontrak"):
        carried(addendum, after, ppk)
    small = make.line(key="3038.001.051.A.522191", ceiling=1, fiscal_year=2021)
    with pytest.raises(Refusal, match="above the ceiling"):
        carried(contract, small, ppk)


def test_the_page_offers_it_once_the_next_year_has_lines(client, line, ppk, contract):
    address = reverse("budget:carry-over", args=[contract.pk])
    client.force_login(ppk)
    page = reverse("budget:posting", args=[contract.pk])
    assert address not in client.get(page).content.decode()
    after = make.line(ceiling=500, fiscal_year=2021)
    assert address in client.get(page).content.decode()
    assert 'value="200"' in client.get(address).content.decode()
    typed = {"to": after.pk, "rupiah": "201", "number": "ADD-1", "effective_on": "2021-01-04"}
    assert "Rp200" in client.post(address, typed).content.decode()
    assert client.post(address, typed | {"rupiah": "200"}).status_code == 303
    assert address not in client.get(page).content.decode()
    treasurer = ledger.officer(line, "treasurer")
    client.force_login(treasurer)
    refused = client.post(address, typed)
    assert refused.status_code == 200


def test_programs_carry_over_too(client, line, after, ppk, contract):
    client.force_login(ppk)
    address = f"/api/v1/budget/postings/{contract.pk}/carry-over"
    typed = {"to": after.pk, "rupiah": 200, "number": "ADD-1", "effective_on": "2021-01-04"}
    wrong = client.post(address, typed | {"to": line.pk}, content_type="application/json")
    assert wrong.status_code == 422
    made = client.post(address, typed, content_type="application/json").json()
    assert Posting.objects.get(pk=made["posting_id"]).fiscal_year == 2021
    assert client.post(address, typed, content_type="application/json").status_code == 409
