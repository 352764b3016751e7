"""The list of a round on paper: what it holds, for whom, and its code."""

import hashlib

import pytest
from django.urls import reverse

from pulih.documents.kinds import page_of
from pulih.documents.lookups import in_force, verify
from pulih.people.scope import speaking_for
from pulih.proposals.actions import sending
from pulih.proposals.documents import round_list
from pulih.proposals.papers import ROUND_LIST
from pulih.workflow import clock
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_the_list_has_what_was_sent_with_score_and_sums_but_no_draft():
    round_ = make.round_()
    decided = make.decided(make.complete(round_of=round_))
    sent = make.sent(make.complete(people=15, round_of=round_))
    draft = make.complete(people=1, round_of=round_)
    planner = cast.planner()
    with speaking_for(planner):
        listed = round_list.round_list(round_, by=planner, day=make.SENT.date())
        assert round_list.pdf(listed, "").startswith(b"%PDF")
    by_number = {row[1]: row for row in listed.rows}
    assert [row[0] for row in listed.rows] == ["1", "2"]
    assert draft.number not in by_number
    assert by_number[decided.number][4:8] == ["20", "28.800.000", "28.800.000", "disetujui"]
    assert by_number[decided.number][8] not in ("–", "")
    assert by_number[sent.number][4:] == ["15", "28.800.000", "–", "diajukan", "–"]
    assert listed.totals == ["35", "57.600.000", "28.800.000"]


def test_an_office_signs_its_own_part_and_a_score_shows_when_all_are_in(client):
    round_ = make.round_()
    make.sent(make.complete(round_of=round_))
    office, other = cast.provincial_officer(), cast.provincial_officer("Bali")
    for by, number in ((office, 1), (other, 0)):
        with speaking_for(by):
            listed = round_list.round_list(round_, by=by, day=make.SENT.date())
        assert (len(listed.rows), listed.office) == (number, round_list.office_name(by.home))


def test_a_print_keeps_its_code_until_something_changes(client):
    proposal = make.sent()
    round_, by = proposal.round, proposal.made_by
    client.force_login(by)
    page = reverse("proposals:list-paper", args=[round_.pk])
    bare = client.get(page).content
    assert page in client.post(reverse("proposals:prepare-list", args=[round_.pk])).url
    first = client.get(page).content
    with speaking_for(by):
        paper = in_force(ROUND_LIST, f"{round_.pk}/{by.home.pk}")
    assert paper.fingerprints == [hashlib.sha256(first).hexdigest()]
    assert bare != first
    assert page_of(paper) == f"{reverse('proposals:list')}?round={round_.pk}"
    client.post(reverse("proposals:prepare-list", args=[round_.pk]))
    assert client.get(page).content == first
    with speaking_for(by):
        sending.withdraw(proposal, reason="Batal.", by=by)
    assert client.get(page).content not in (first, bare)
    client.post(reverse("proposals:prepare-list", args=[round_.pk]))
    assert verify(paper.code).state == "replaced"


def test_a_round_with_too_many_proposals_names_the_way_out(client, monkeypatch):
    monkeypatch.setattr(round_list, "MOST", 0)
    proposal = make.sent()
    client.force_login(proposal.made_by)
    page = client.get(reverse("proposals:list-paper", args=[proposal.round_id]), follow=True)
    assert "terlalu banyak untuk PDF" in page.content.decode()


def test_the_ministry_prints_on_the_clock_that_offices_work_by(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: make.SENT)
    round_, planner = make.round_(), cast.planner()
    client.force_login(planner)
    client.post(reverse("proposals:prepare-list", args=[round_.pk]))
    with speaking_for(planner):
        assert in_force(ROUND_LIST, round_.pk).dated == make.SENT.date()


def test_pages_of_a_round_offer_the_paper_and_the_auditor_only_prints(client):
    round_ = make.round_()
    prepare = reverse("proposals:prepare-list", args=[round_.pk])
    client.force_login(cast.planner())
    for name in ("list", "by-state", "ranking"):
        assert (
            prepare
            in client.get(reverse(f"proposals:{name}"), {"round": round_.pk}).content.decode()
        )
    assert (
        "Daftar untuk ditandatangani" not in client.get(reverse("proposals:list")).content.decode()
    )
    client.force_login(cast.auditor())
    assert (
        prepare not in client.get(f"{reverse('proposals:list')}?round={round_.pk}").content.decode()
    )
    assert client.post(prepare).status_code == 403
    assert client.get(reverse("proposals:list-paper", args=[round_.pk])).status_code == 200
