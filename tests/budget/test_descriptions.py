"""An officer says what a description speaks of; releases made later follow."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pulih.budget import actions
from pulih.budget.models import DescriptionRuling
from pulih.budget.reads.descriptions import DescriptionRulings, described
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from tests.make import budget as make
from tests.people import cast

pytestmark = pytest.mark.django_db
DOUBTFUL = "Honor narasumber Ahmad Fauzi"


def rule(line, kind="things", reason="Nama paket, bukan orang", by=None):
    by = by or cast.provincial_officer()
    return actions.rule_description(line, kind=kind, reason=reason, by=by)


def public(line, known_at=None):
    return DescriptionRulings(known_at or timezone.now()).public(line.province_id, line.detail)


def test_an_officers_word_counts_for_the_text_in_releases_made_later():
    line = make.line(detail=DOUBTFUL)
    before = timezone.now()
    assert public(line) is None
    rule(line)
    assert public(line) == DOUBTFUL
    assert public(line, before) is None
    rule(line, kind="somebody", reason="Ternyata nama orang")
    assert public(line) is None
    assert DescriptionRuling.objects.count() == 2


@pytest.mark.parametrize(
    ("detail", "kind", "reason", "sentence"),
    [
        ("", "things", "x", "tidak punya uraian"),
        (DOUBTFUL, "things", "  ", "Tulis alasannya"),
        ("Bahan masker", "things", "x", "sudah dihitung demikian"),
    ],
)
def test_what_cannot_be_stated_is_refused_and_writes_nothing(detail, kind, reason, sentence):
    with pytest.raises(Refusal, match=sentence):
        rule(make.line(detail=detail), kind=kind, reason=reason)
    assert not DescriptionRuling.objects.exists()


def test_strangers_state_nothing_and_another_province_reads_nothing():
    line = make.line(detail=DOUBTFUL)
    for stranger in (cast.provincial_officer("Bali"), cast.auditor()):
        with pytest.raises(PermissionDenied):
            rule(line, by=stranger)
    rule(line)
    with speaking_for(cast.provincial_officer("Bali")):
        assert not DescriptionRuling.objects.exists()
    assert described(line.province_id, " honor NARASUMBER ahmad  fauzi ").ruling is not None


def test_the_page_asks_and_keeps_what_is_said(client):
    line = make.line(detail=DOUBTFUL)
    client.force_login(cast.provincial_officer())
    page = reverse("budget:line", args=[line.pk])
    assert "belum pasti, tidak diumumkan" in client.get(page).content.decode()
    send = reverse("budget:rule-description", args=[line.pk])
    refused = client.post(send, {"kind": "unknown", "reason": "Uji"}).content.decode()
    assert "sudah dihitung demikian" in refused
    assert 'value="Uji"' in refused
    assert client.post(send, {"kind": "things", "reason": "Nama paket"}).status_code == 303
    assert "Nama paket" in client.get(page).content.decode()
