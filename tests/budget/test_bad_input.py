"""Bad input through the pages: one clear sentence each, and nothing half posted."""

import pytest
from django import forms
from django.urls import reverse

from pulih.budget.models import Entry, Posting
from pulih.revisions import actions as revisions
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import Revision, RevisionMovement, RevisionStep
from tests.make import budget as make
from tests.make import ledger
from tests.make import revisions as make_revisions
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
CONTRACT = {"number": "K-1", "rupiah": "1.000", "party": "CV A", "effective_on": "2020-06-15"}


@made_once
def line():
    return make.line(ceiling=1_000_000)


def kept():
    every = (Posting, Entry, Revision, RevisionMovement, RevisionStep)
    return {one.__name__: list(one.objects.order_by("pk").values()) for one in every}


def said_by(answer):
    """Return what the forms of a page say is wrong."""
    values = [one for layer in answer.context for part in layer for one in part.values()]
    bound = {id(one): one for one in values if isinstance(one, forms.BaseForm) and one.is_bound}
    return [text for form in bound.values() for errors in form.errors.values() for text in errors]


@pytest.fixture
def refused(client):
    """Send a form as somebody; return the one sentence of the page; nothing is kept."""

    def send(by, address, **typed):
        client.force_login(by)
        before = kept()
        answer = client.post(address, typed)
        assert answer.status_code == 200
        assert kept() == before
        (sentence,) = said_by(answer)
        return sentence

    return send


def test_what_others_built_on_is_not_taken_back(line, refused):
    contract = ledger.contract(line, 500_000)
    ledger.asked(line, 200_000, commitment=contract)
    typed = {"number": "KOR-1", "effective_on": "2020-07-01", "reason": "Salah ketik"}
    by = ledger.officer(line, "ppk")
    said = refused(by, reverse("budget:reverse", args=[contract.pk]), **typed)
    assert "Balik dokumen itu lebih dahulu" in said


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"effective_on": "2021-01-04"}, "Tahun anggaran 2020 tidak berlaku pada 4 Jan 2021"),
        ({"effective_on": "2019-09-30"}, "Tahun anggaran 2020 tidak berlaku pada 30 Sep 2019"),
        ({"effective_on": "2020-02-30"}, "tanggal"),
        ({"number": "K\0001"}, "null"),
        ({"number": "K" * 81}, "80"),
        ({"rupiah": "9" * 40}, "Rp1.000.000.000.000.000"),
        ({"rupiah": "-5"}, ""),
        ({"rupiah": "1.000.001"}, "Rp1"),
    ],
)
def test_a_contract_of_another_year_text_or_amount(line, refused, changed, sentence):
    by = ledger.officer(line, "ppk")
    said = refused(by, reverse("budget:commit-line", args=[line.pk]), **CONTRACT | changed)
    assert sentence in said


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"token": "x" * 100}, "40"),
        ({"title": "a\0b"}, "null"),
        ({"title": "x" * 300}, "200"),
        ({"key_0": "bukan kunci"}, "Bentuknya 3038.001.051.A.521211"),
        ({"judged_on": "2031-01-01"}, "tidak berlaku pada 1 Jan 2031"),
    ],
)
def test_a_revision_of_broken_texts_or_days(refused, client, changed, sentence):
    one, _other = make_revisions.two_lines()
    officer, address = cast.provincial_officer(), reverse("revisions:new", args=[one.unit_id, 2020])
    client.force_login(officer)
    form = client.get(address, {"per": "2020-06-15"}).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"title": "Geser", f"after_{one.pk}": "900", "amount_0": "100"}
    typed |= {"key_0": "3038.001.051.A.521241"}
    assert sentence in refused(officer, address, **typed | changed)


def test_a_revision_does_not_take_effect_before_its_letter(refused):
    one, other = make_revisions.two_lines()
    draft = make_revisions.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    approved = make_revisions.approved(draft)  # By a letter of 20 June.
    address = reverse("revisions:force", args=[approved.pk])
    said = refused(cast.planner(), address, effective_on="2020-05-20")
    assert "bertanggal 20 Jun 2020" in said


def test_a_letter_dated_after_the_year_is_refused(refused):
    one, other = make_revisions.two_lines()
    draft = make_revisions.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    revisions.propose(draft, by=cast.provincial_officer())
    typed = {"office": "KPA", "letter_number": "S-1", "letter_date": "2030-06-19"}
    address = reverse("revisions:approve", args=[draft.pk])
    assert "paling lambat 27 Des 2020" in refused(cast.planner(), address, **typed)
