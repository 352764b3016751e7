"""Who may come from where: asked for, approved by place, and as an amendment leaves it."""

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.reads.proposed import places_of
from pulih.people.scope import speaking_for
from pulih.planning.wishes import wishes
from pulih.proposals.actions import amending, deciding
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.amended import approved_content
from pulih.proposals.documents import answer as letter
from pulih.proposals.models import Amendment, DecidedPlace, Outcome, ProposalDecision
from tests.make import areas
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def in_two_places(first=45, second=7):
    proposal = make.draft(class_size=first + second)
    make.row(proposal)
    make.place(proposal, people=first)
    make.place(proposal, "Kota Bandung", people=second)
    return make.again(proposal)


def decided(people, **values):
    return make.decided(in_two_places(**values), Outcome.PARTLY, people=people)


def by_place(content):
    return [(one["regency"], one["people"]) for one in content["places"]]


def test_a_decider_says_by_place_how_many_may_come(client):
    proposal = make.scored(in_two_places())
    client.force_login(make.second_planner())
    address = reverse("proposals:decide", args=[proposal.pk])
    assert "Kota Bandung" in client.get(address).content.decode()
    typed = {"outcome": "partly_approved", "reason": "Kuota provinsi.", "people_1": "46"}
    wrong = client.post(address, typed).content.decode()
    assert "Kab. Indramayu: peserta yang disetujui harus 0 sampai 45, bukan 46." in wrong
    typed |= {"people_1": "40", "people_2": "0"}
    assert client.post(address, typed).status_code == 303
    page = client.get(reverse("proposals:proposal", args=[proposal.pk])).content.decode()
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Kab. Indramayu: 40 / 45" in said
    assert "Kota Bandung: 0 / 7" in said
    whole = client.get(f"/api/v1/proposals/{proposal.pk}").json()["decision"]
    assert whole["approved_people"] == 40
    assert [(one["people_asked"], one["people"]) for one in whole["places"]] == [(45, 40), (7, 0)]
    values = letter.values(ProposalDecision.objects.get(proposal=proposal))
    assert values["places"] == [["Kab. Indramayu", "45", "40"], ["Kota Bandung", "7", "0"]]
    assert letter.answer_letter(ProposalDecision.objects.get(proposal=proposal))[:4] == b"%PDF"


def test_a_program_decides_by_place_and_learns_which_place_is_not_there(client):
    proposal = make.scored(in_two_places())
    client.force_login(make.second_planner())
    body = {"outcome": "partly_approved", "reason": "Kuota.", "people": {"3": 1}}
    ask = {"content_type": "application/json"}
    address = f"/api/v1/proposals/{proposal.pk}/decide"
    wrong = client.post(address, body, **ask)
    assert (wrong.status_code, wrong.json()) == (422, {"detail": "Tidak dikenal di sini: 3."})
    answer = client.post(address, body | {"people": {"2": 5}}, **ask).json()
    assert answer["decision"]["approved_people"] == 50


def test_a_decider_cuts_the_volume_of_a_row_with_its_reason(client):
    proposal = make.scored()
    client.force_login(make.second_planner())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    address = reverse("proposals:decide", args=[proposal.pk])
    typed = {"outcome": "partly_approved", "reason": "Kuota.", "why_1": "Dua hari cukup."}
    for volume, words in (
        ("30 hari", "Write it with the units that were asked for: 32 OJ."),
        ("30 OJ × 2 hari", "Write it with the units that were asked for: 32 OJ."),
        ("0 OJ", "the number must be 1 to 1,000,000, not 0"),
        ("33 OJ", "33 OJ is more than was asked, 32 OJ"),
    ):
        page = client.post(address, typed | {"factors_1": volume}).content.decode()
        assert words in page, volume
        assert f'value="{volume}"' in page  # What was typed stays.
    ask = {"content_type": "application/json"}
    body = {"outcome": "partly_approved", "reason": "Kuota.", "rows": {"1": {"factors": "31"}}}
    refused = client.post(f"/api/v1/proposals/{proposal.pk}/decide", body, **ask)
    assert "changed without a reason" in refused.json()["refused"]
    assert client.post(address, typed | {"factors_1": "30"}).status_code == 303
    (row,) = ProposalDecision.objects.get(proposal=proposal).rows
    assert (row.counts, row.rupiah, row.rupiah_asked) == ([30], 27_000_000, 28_800_000)
    page = client.get(reverse("proposals:proposal", args=[proposal.pk])).content.decode()
    said = re.sub(r"\s+", " ", page)
    assert "Rp28,800,000 → Rp27,000,000 (30 OJ × Rp900,000). Dua hari cukup." in said


def test_a_rejection_with_approved_rows_or_people_is_asked_about():
    proposal, by = make.scored(), make.second_planner()
    for less in ({"cuts": {1: Cut(1, "X")}}, {"people": {1: 3}}):
        with pytest.raises(Refusal, match="has no approved rows or participants"):
            deciding.decide(proposal, Outcome.REJECTED, reason="X", by=by, **less)


def test_what_is_approved_by_place_is_what_plans_and_activities_take():
    proposal = decided({1: 40, 2: 0})
    assert by_place(approved_content(proposal)) == [("Kab. Indramayu", 40)]
    assert [(one.name, one.people) for one in places_of(proposal)] == [("Kab. Indramayu", 40)]
    found = {one.regency: one.approved for one in wishes(2020, ["mask_training"], cast.planner())}
    indramayu, bandung = areas.regency("Kab. Indramayu"), areas.regency("Kota Bandung")
    assert found == {indramayu.pk: 40, bandung.pk: 0}


def test_an_amendment_of_other_things_leaves_the_approved_people_as_they_are():
    proposal = decided({1: 40, 2: 0})
    amendment = make.amendment(proposal)
    assert amendment.topics == ["words"]
    with speaking_for(cast.planner()):
        amending.accept(Amendment.objects.get(pk=amendment.pk), by=cast.planner())
    amended = make.again(proposal)
    assert by_place(approved_content(amended)) == [("Kab. Indramayu", 40)]
    (found,) = wishes(2020, ["mask_training"], cast.planner())
    assert (found.asked, found.approved) == (40, 40)  # No share of a share.
    assert [one.people for one in places_of(amended)] == [40]


@pytest.mark.parametrize(("people", "places"), [(50, [43, 7]), (26, [23, 3]), (1, [1, 0])])
def test_decisions_from_before_share_their_people_and_lose_none(people, places):
    proposal, by = make.scored(in_two_places()), make.second_planner()
    with speaking_for(by):
        ProposalDecision.objects.create(
            proposal=proposal, version=proposal.versions.get(), outcome=Outcome.PARTLY, by=by,
            reason="X", asked_rupiah=1, approved_rupiah=1, asked_people=52, approved_people=people,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(import_module("pulih.proposals.migrations.0007_decided_places").FILL)
        shared = DecidedPlace.objects.in_force(proposal.pk)
        assert [one.people for one in shared] == places
    assert sum(places) == people
