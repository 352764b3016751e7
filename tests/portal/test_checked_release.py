"""The pages of a release that is checked and not published yet: what was found, and what to do.

All these tests begin with one release, which is counted and checked once.
"""

import re

import pytest
from django.urls import reverse

from pulih.portal.checking import checks, refusal
from pulih.portal.findings import in_words
from pulih.portal.models import Release, ReleaseWork, Scope
from pulih.portal.reads import releases as reads
from tests.make import portal as make
from tests.portal.test_release_pages import step

pytestmark = pytest.mark.django_db
BY_STATUS, WHY_LEFT = "affected_firms|status", "Satu sel tidak dapat dilindungi."


def test_a_cell_that_cannot_be_protected_is_named_in_words(django_assert_max_num_queries, checked):
    cell = {"measure": "affected_firms", "period": "2020", "area": "32", "dimension": "status",
            "category": "CLOSED"}  # fmt: skip
    code = " / ".join(cell.values())
    checked.words = {"status": {"CLOSED": {"id": "tutup", "en": "closed"}}}
    means = checked.measures["affected_firms"]
    told = {**cell, "message_id": f"Sel {code}.", "message_en": f"Cell {code}."}
    checked.explanation = {"findings": [told] * 9}
    with django_assert_max_num_queries(4):  # However many there are.
        found, *others = in_words(checked)
    assert others == [found] * 8
    assert found.id == f"Sel “{means['label_id']}, Jawa Barat, tutup”."
    assert found.en == f"Cell “{means['label_en']}, Jawa Barat, closed”."
    checked.explanation = {"findings": [{**cell, "message_id": code, "message_en": code}]}
    (failed,) = (one for one in checks(checked) if one.name.en == "Every small cell is protected")
    assert "affected_firms" not in refusal([failed]).id


def test_who_made_a_release_is_sent_to_another_steward_unless_it_is_money_alone(client, checked):
    client.force_login(make.steward())
    for scope, is_sent in ((Scope.MONEY, False), (Scope.PROVINCES, True)):
        Release.objects.filter(pk=checked.pk).update(scope=scope)
        shown = client.get(reverse("portal:release", args=[checked.pk])).content.decode()
        assert ("walidata lain yang menerbitkannya" in shown) is is_sent
        assert bool(re.search(r'value="publish"', shown)) is not is_sent
        if is_sent:
            assert "Belum ada walidata lain" in shown
            make.steward("walidata_b")
            again = client.get(reverse("portal:release", args=[checked.pk])).content.decode()
            assert f"Yang boleh: {make.steward('walidata_b')}" in again


def test_who_made_it_finds_the_table_of_the_finding_chosen_and_goes_on(client, checked):
    Release.objects.filter(pk=checked.pk).update(
        explanation={
            "findings": [
                {
                    "measure": "affected_firms",
                    "period": "2020",
                    "area": "32",
                    "dimension": "status",
                    "category": "CLOSED",
                    "message_id": "Sel.",
                    "message_en": "Cell.",
                }
            ]
        }
    )
    address = reverse("portal:leave-out", args=[checked.pk])
    client.force_login(make.steward())
    shown = client.get(reverse("portal:release", args=[checked.pk])).content.decode()
    assert f'<option value="{BY_STATUS}" selected>' in shown
    missing = client.post(address, {"table": BY_STATUS})
    assert missing.status_code == 200
    answer = client.post(address, {"table": BY_STATUS, "reason": WHY_LEFT})
    goes_on = Release.objects.latest("pk")
    assert answer["Location"] == reverse("portal:release", args=[goes_on.pk])
    assert ReleaseWork.objects.get(release=goes_on).state == "waiting"
    assert WHY_LEFT in client.get(answer["Location"]).content.decode()
    client.force_login(make.steward("walidata_b"))
    other = client.get(reverse("portal:release", args=[goes_on.pk])).content.decode()
    assert "Tahan satu tabel" not in other


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_was_found_is_told_in_the_language_of_the_page(client, language, checked):
    finding = {"message_id": "Tidak dapat disamarkan.", "message_en": "Cannot be hidden."}
    Release.objects.filter(pk=checked.pk).update(explanation={"findings": [finding]})
    client.force_login(make.steward())
    client.cookies["pulih_language"] = language
    address = reverse("portal:release", args=[checked.pk])
    shown = client.get(address, headers={"Accept-Language": language}).content.decode()
    assert (finding["message_id"] in shown, finding["message_en"] in shown) == (
        language == "id", language == "en",
    )  # fmt: skip


def test_an_unknown_step_changes_nothing(client, checked):
    client.force_login(make.steward("walidata_b"))
    assert step(client, checked, "replace").status_code == 200
    assert step(client, checked, "discard").status_code == 200  # A reason is missing.
    assert reads.state_of_release(checked) == "checked"
    assert step(client, checked, "discard", reason="Salah tanggal").status_code == 303
    assert reads.state_of_release(checked) == "discarded"


def test_throwing_a_release_away_is_never_the_first_thing_offered(client, checked):
    """Who made a release may only discard it; that button stood out as if it were the way on."""
    client.force_login(make.steward())
    page = client.get(reverse("portal:release", args=[checked.pk])).content.decode()
    assert re.search(r'btn-quiet"\s+name="move" value="discard"', page)
    client.force_login(make.steward("walidata_b"))
    page = client.get(reverse("portal:release", args=[checked.pk])).content.decode()
    assert re.search(r'btn-primary"\s+name="move" value="publish"', page)


def test_the_address_of_a_step_leads_back_to_its_release(client, checked):
    """A refused step leaves it in the address bar, from where it is reloaded and sent to others."""
    client.force_login(make.steward())
    answer = client.get(reverse("portal:move-release", args=[checked.pk]))
    assert answer["Location"] == reverse("portal:release", args=[checked.pk])
    assert reads.state_of_release(checked) == "checked"
