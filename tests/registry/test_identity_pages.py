"""Odd identities on a page and as a file: for the office whose firms they are, every NIK cut."""

import pytest
from django.urls import reverse

from pulih.audit.models import Event
from pulih.registry.models import Enterprise
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once(language="en")
def firms():
    """Three firms, two of which bear one NIK beside the names of two people."""
    found = make.firms(3, **make.indramayu())
    Enterprise.objects.filter(pk=found[1].pk).update(nik=found[0].nik)
    return found


def see(client, person, language="id", headers=None, **asked):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["pulih_language"] = language
    return client.get(reverse("registry:identities"), asked, headers=headers)


def test_one_nik_of_two_people_leads_to_both_firms_and_is_cut(client, firms):
    page = see(client, cast.regency_officer(), kind="several_owners")
    text = page.content.decode()
    assert page.context["counts"]["several_owners"] == 1
    for firm in firms[:2]:
        assert reverse("registry:enterprise", args=[firm.pk]) in text
        assert firm.owner_name in text
    assert firms[0].nik.whole not in text
    assert str(firms[0].nik) in text


def test_every_kind_stands_at_first_and_what_is_no_kind_is_said_to_be_none(client, firms):
    page = see(client, cast.regency_officer())
    assert page.context["list"].page.total == sum(page.context["counts"].values())
    assert not page.context["list"].faults
    assert len(see(client, cast.regency_officer(), kind="x").context["list"].faults) == 1


def test_without_anything_odd_the_page_says_so(client):
    make.firms(1, **make.indramayu())
    Enterprise.objects.update(owner_sex=None)
    text = see(client, cast.regency_officer(), "en").content.decode()
    assert "No NIK here contradicts itself" in text


def test_a_stranger_finds_no_other_area_and_nothing_in_her_own(client, firms):
    stranger = cast.regency_officer("Kota Bandung")
    for asked in ({"area": cast.area("Kab. Indramayu").pk}, {"area": "x"}):
        assert see(client, stranger, **asked).status_code == 404
        assert see(client, stranger, format="csv", **asked).status_code == 404
    assert sum(see(client, stranger).context["counts"].values()) == 0


def test_the_export_is_recorded_cut_and_holds_what_the_page_counts(client, firms):
    page = see(client, cast.provincial_officer())
    answer = see(client, cast.provincial_officer(), format="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert Event.objects.filter(verb="registry.export").count() == 1
    assert text.count("••••••••") == sum(page.context["counts"].values())
    assert firms[0].nik.whole not in text


def test_the_page_of_quality_takes_one_sentence_of_it(client, firms):
    asked = {"headers": {"HX-Request": "true"}, "part": 1}
    text = see(client, cast.regency_officer(), "en", **asked).content.decode()
    assert "<html" not in text
    assert "1 NIK</b> stands beside several people's names" in text
    client.cookies["pulih_language"] = "en"
    quality = client.get(reverse("registry:quality")).content.decode()
    assert f"{reverse('registry:identities')}?area=" in quality
