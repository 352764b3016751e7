"""Two firms, or two delivered rows, side by side: for who sees both, with numbers cut."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.inbox.models import SourceRecord
from pulih.registry import actions
from pulih.registry.models import Enterprise
from tests.make import inbox as make_inbox
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
NIK = make_inbox.nik(7)


@made_once(language="en")
def firms():
    make_inbox.read(
        make_inbox.firm(nik=NIK, phone="081911200001"),
        make_inbox.firm("Sari Wangi Collection", nik=make_inbox.nik(70), product="Gamis"),
    )
    return list(Enterprise.objects.order_by("pk"))


def see(client, person, language="id", **asked):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["pulih_language"] = language
    return client.get(reverse("registry:compare"), asked)


def test_two_firms_show_their_differences_and_the_weight_of_each_evidence(client, firms):
    page = see(client, cast.provincial_officer(), first=firms[0].pk, second=firms[1].pk)
    text = page.content.decode()
    assert page.status_code == 200
    assert "<rect" in text
    assert NIK not in text


def test_two_firms_show_how_far_apart_they_lie_and_a_firm_beside_itself_does_not(client, firms):
    page = see(client, cast.planner(), "en", first=firms[0].pk, second=firms[1].pk)
    assert page.context["distance"] == "same province"
    page = see(client, cast.planner(), "en", first=firms[0].pk, second=firms[0].pk)
    assert page.context["distance"] == ""


def test_two_delivered_rows_are_compared_as_they_were_written(client, firms):
    first, second = SourceRecord.objects.order_by("pk")
    page = see(client, cast.planner(), first_row=first.pk, second_row=second.pk)
    assert "Sari Wangi" in page.content.decode()
    assert NIK not in page.content.decode()


def test_two_that_were_merged_are_still_compared_by_what_their_own_rows_say(client):
    make_inbox.read(make_inbox.firm(nik=NIK, phone="081911200001"))
    make_inbox.read(make_inbox.firm("Sari Collection", product="Gamis"), as_of=date(2020, 6, 30))
    firms = list(Enterprise.objects.order_by("pk"))
    asked = {"first": firms[0].pk, "second": firms[1].pk}
    before = see(client, cast.planner(), **asked).context
    actions.merge(*firms, reason="", by=cast.planner())
    after = see(client, cast.planner(), **asked).context
    assert after["is_one"]
    assert after["drawn"].weight == pytest.approx(before["drawn"].weight)
    assert after["rows"] == before["rows"]
    assert [side.name for side in (after["left"], after["right"])] == [one.name for one in firms]
    text = see(client, cast.planner(), **asked).content.decode()
    assert reverse("registry:joined", args=[firms[0].pk]) in text  # Where it can be taken back.


@pytest.mark.parametrize("which", ["first", "first_row"])
def test_a_record_of_another_province_does_not_exist(client, firms, which):
    pk = firms[0].pk if which == "first" else SourceRecord.objects.earliest("pk").pk
    stranger = cast.provincial_officer("Jawa Tengah")
    assert see(client, stranger, **{which: pk}).status_code == 404


def test_what_is_no_number_does_not_exist(client):
    assert see(client, cast.planner(), first="1; DROP").status_code == 404


def test_one_firm_alone_is_offered_others_by_half_a_name(client, firms):
    page = see(client, cast.provincial_officer(), first=firms[0].pk, q="coll")
    assert f"second={firms[1].pk}" in page.content.decode()


def test_the_page_speaks_both_languages(client, firms):
    asked = {"first": firms[0].pk, "second": firms[1].pk}
    indonesian = see(client, cast.planner(), **asked).content.decode()
    english = see(client, cast.planner(), "en", **asked).content.decode()
    assert "Owner" in english
    assert "Pemilik" in indonesian
