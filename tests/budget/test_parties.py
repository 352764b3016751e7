"""An officer fixes what the rule says of a payee; releases made later follow."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pulih.budget import actions
from pulih.budget.models import PartyRuling
from pulih.budget.reads.parties import kind_on
from pulih.budget.rules.parties import PartyKind
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.portal.standards import reading
from tests.make import budget as make_budget
from tests.make import ledger as make
from tests.people import cast

pytestmark = pytest.mark.django_db
LAST = date(2020, 12, 31)


def contract(party="Perusahaan Uji", line=None):
    return make.contract(line or make_budget.line(ceiling=10_000), 100, party=party)


def rule(posting, kind="body", reason="Badan usaha menurut akta", by=None):
    by = by or cast.provincial_officer()
    return actions.rule_party(posting, kind=kind, reason=reason, by=by)


def payees(known_at=None):
    return [one.payee for one in reading.ledger(LAST, known_at or timezone.now()).documents]


def test_without_a_word_the_rule_decides():
    line = make_budget.line(ceiling=10_000)
    found = kind_on(contract(line=line))
    assert (found.kind, found.ruling) == (PartyKind.UNKNOWN, None)
    assert kind_on(contract(party="  ", line=line)) is None
    assert payees() == [None, None]


def test_an_officers_word_names_a_body_on_all_its_documents_however_written():
    line = make_budget.line(ceiling=10_000)
    first, second = contract(line=line), contract(party="  perusahaan   UJI ", line=line)
    rule(first)
    assert kind_on(second).kind is PartyKind.BODY
    assert payees() == ["Perusahaan Uji", "perusahaan UJI"]


def test_a_name_is_kept_back_again_and_earlier_releases_stay():
    posting = contract(party="CV Sagu")
    before = timezone.now()
    rule(posting, kind="person", reason="Usaha perorangan")
    assert payees() == [None]
    assert payees(before) == ["CV Sagu"]
    rule(posting, kind="body")
    assert payees() == ["CV Sagu"]
    assert PartyRuling.objects.count() == 2


@pytest.mark.parametrize(
    ("party", "kind", "reason", "sentence"),
    [
        ("", "body", "x", "tidak menyebut penerima"),
        ("Perusahaan Uji", "body", "  ", "Tulis alasannya"),
        ("CV Sagu", "body", "x", "sudah dihitung demikian"),
    ],
)
def test_what_cannot_be_stated_is_refused_and_writes_nothing(party, kind, reason, sentence):
    posting = contract(party=party)
    with pytest.raises(Refusal, match=sentence):
        rule(posting, kind=kind, reason=reason)
    assert not PartyRuling.objects.exists()


def test_another_provinces_officer_and_an_auditor_state_nothing():
    posting = contract()
    for stranger in (cast.provincial_officer("Bali"), cast.auditor()):
        with pytest.raises(PermissionDenied):
            rule(posting, by=stranger)


def test_a_payee_of_any_length_can_be_stated():
    posting = contract(party="Perusahaan Uji " * 1_000)
    assert rule(posting, kind="list").kind == "list"


def test_another_province_sees_no_word_of_it():
    rule(contract())
    with speaking_for(cast.provincial_officer("Bali")):
        assert not PartyRuling.objects.exists()


def test_the_page_shows_the_kind_takes_a_word_and_gives_a_refusal_back(client):
    posting, officer = contract(), cast.provincial_officer()
    client.force_login(officer)
    address = reverse("budget:posting", args=[posting.pk])
    assert "belum pasti, tidak dinamai" in client.get(address).content.decode()
    send = reverse("budget:rule-party", args=[posting.pk])
    refused = client.post(send, {"kind": "unknown", "reason": "Uji"}).content.decode()
    assert "sudah dihitung demikian" in refused
    assert 'value="Uji"' in refused
    assert client.post(send, {"kind": "other", "reason": "Uji"}).status_code == 200
    assert client.post(send, {"kind": "body", "reason": "Akta"}).status_code in (302, 303)
    page = client.get(address).content.decode()
    assert "badan, namanya diumumkan" in page
    assert "Akta" in page
