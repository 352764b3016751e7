"""Across programmes: who stands on more than one list, by firm, owner, household; numbers cut."""

from datetime import date

import pytest
from django.urls import reverse

from tests.make import inbox as make_inbox
from tests.make import registry as make_registry
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
NIK = make_inbox.nik(1)
JUNE = date(2020, 6, 30)


@made_once(language="en")
def lists():
    """Two lists: one firm on both, one owner with another firm on the second."""
    indramayu = make_registry.indramayu()
    first = make_inbox.read(
        make_inbox.firm(nik=NIK, phone="081911200001"),
        make_inbox.firm("Batik Aat", owner="Aat", nik=make_inbox.nik(2)),
        **indramayu,
    )
    second = make_inbox.read(
        make_inbox.firm(nik=NIK, phone="081911200001"),
        make_inbox.firm("Kerupuk Aat", owner="Aat", nik=make_inbox.nik(2), product="Kerupuk"),
        as_of=JUNE,
        kind="impact",
        **indramayu,
    )
    return first, second


def see(client, person, *lists, **asked):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("registry:twice"), {"list": [one.pk for one in lists], **asked})


def test_a_firm_on_both_lists_is_found_and_an_owner_of_two_firms_as_an_owner(client, lists):
    page = see(client, cast.regency_officer(), *lists)
    assert page.context["counts"] == {"enterprise": 1, "owner": 2, "household": 0}


@pytest.mark.parametrize("way", ["enterprise", "owner", "household"])
def test_no_number_of_a_person_is_shown_whole(client, lists, way):
    text = see(client, cast.planner(), *lists, by=way).content.decode()
    assert NIK not in text
    assert "081911200001" not in text


def test_one_list_alone_is_compared_with_none(client, lists):
    assert "counts" not in see(client, cast.planner(), lists[0]).context


def test_where_there_is_but_one_list_the_page_says_what_is_missing(client):
    make_inbox.read(make_inbox.firm(nik=NIK), **make_registry.indramayu())
    client.cookies["pulih_language"] = "en"
    text = see(client, cast.regency_officer()).content.decode()
    assert "There is one list only" in text
    assert "Compare the chosen lists" not in text


def test_lists_of_another_area_are_not_offered_and_not_compared(client, lists):
    page = see(client, cast.regency_officer("Kota Bandung"), *lists)
    assert page.context["offered"] == []
    assert "counts" not in page.context


def test_the_export_holds_all_that_was_found(client, lists):
    answer = see(client, cast.regency_officer(), *lists, by="owner", format="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Jumlah baris: 2" in text
    assert NIK not in text
