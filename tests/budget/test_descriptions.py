"""An officer says what a description speaks of; releases made later follow."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pulih.budget import actions
from pulih.budget.models import DescriptionRuling
from pulih.budget.reads.descriptions import DescriptionRulings, described
from pulih.common.errors import Refusal
from pulih.people.models import Role
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


def test_officers_find_every_text_that_waits_for_their_word(client):
    line = make.line(detail=DOUBTFUL)
    other = "3038.001.051.A.52215"
    make.line(line.unit, f"{other}1", detail=" honor NARASUMBER ahmad  fauzi ")
    make.line(line.unit, f"{other}2", detail="Bahan masker")
    client.force_login(cast.provincial_officer())
    address = reverse("budget:descriptions")
    page = client.get(address).content.decode()
    assert f'href="{reverse("budget:line", args=[line.pk])}"' in page
    assert page.count("belum pasti, tidak diumumkan") > page.count("Bahan masker") == 0
    (row,) = client.get("/api/v1/budget/descriptions").json()["rows"]
    assert (row["text"], row["lines"]) == (DOUBTFUL, 2)
    rule(line)
    assert DOUBTFUL not in client.get(address).content.decode()
    client.force_login(cast.provincial_officer("Bali"))
    assert DOUBTFUL not in client.get(address).content.decode()


def test_stewards_read_what_public_pages_keep_back_and_nothing_else_of_the_budget(client):
    line = make.line(detail=DOUBTFUL)
    client.force_login(cast.person(Role.STEWARD, cast.planner().home))
    page = client.get(reverse("budget:descriptions")).content.decode()
    assert DOUBTFUL in page
    addresses = (reverse("budget:line", args=[line.pk]), reverse("budget:summary"))
    for address in addresses:
        assert f'href="{address}"' not in page
        assert client.get(address).status_code == 403


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
