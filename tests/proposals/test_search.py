"""Searching proposals, and the numbers that are searched for."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pulih.people.scope import speaking_for
from pulih.proposals.actions import drafts
from pulih.proposals.lists import PROPOSALS
from pulih.proposals.models import Proposal
from pulih.proposals.views import proposals as views
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_a_search_finds_its_rows_on_every_page_and_says_how_many(client):
    numbers = [make.complete(people=people).number for people in (1, 2, 3, 4, 5)]
    draft = make.complete()
    with speaking_for(draft.made_by):
        drafts.save_sections(draft, {"title": "Wastafel"}, seen=draft.version, by=draft.made_by)
    client.force_login(cast.planner())
    shown, page = [], ""
    while page is not None:
        answer = client.get("/api/v1/proposals/", {"q": "MASKER", "size": 2, "page": page}).json()
        assert (answer["total"], answer["sums"]) == (5, {"asked": 5 * 28_800_000})
        shown += [one["number"] for one in answer["rows"]]
        page = answer["next"]
    assert shown == numbers[::-1]
    assert client.get("/api/v1/proposals/", {"q": "wasta"}).json()["total"] == 1


def test_words_with_letters_are_looked_for_in_titles_and_others_in_numbers_too(client):
    one, other = make.complete(people=1), make.complete(people=2)
    with speaking_for(other.made_by):
        title = {"title": f"Wastafel 5% É {one.number}"}
        drafts.save_sections(other, title, seen=other.version, by=other.made_by)
    client.force_login(cast.planner())

    def found(words):
        rows = client.get("/api/v1/proposals/", {"q": words}).json()["rows"]
        return {row["number"] for row in rows}

    both = {one.number, other.number}
    assert found(one.number) == both
    assert found(f"masker {one.number}") == {one.number}
    for words in ("5%", "É", "WASTAFEL 2020"):
        assert found(words) == {other.number}, words
    assert found("9999-2020") == set()


def test_numbers_go_on_after_the_thousandth_and_hold_no_letter():
    round_ = make.round_()
    for last in ("999", "1000"):
        draft = make.draft(round_of=round_)
        prefix, _hyphen, _number = draft.number.rpartition("-")
        Proposal.objects.filter(pk=draft.pk).update(number=f"{prefix}-{last}")
    number = make.draft(round_of=round_).number
    assert number == f"{prefix}-1001"
    assert not any(sign.isalpha() for sign in number)


def test_a_province_with_more_than_a_page_of_every_state_asks_twelve_statements(
    client, monkeypatch
):
    *_others, decided = make.complete(), make.sent(), make.assigned(), make.decided()
    monkeypatch.setattr(views, "PROPOSALS", replace(PROPOSALS, size=2))
    client.force_login(cast.planner())
    for _again in range(2):  # What is kept for a while is asked for at first.
        with CaptureQueriesContext(connection) as queries:
            shown = client.get("/proposals/", {"province": decided.province_id}).content.decode()
    assert "Jawa Barat" in shown
    assert len(queries) <= 12, [one["sql"] for one in queries]
