"""Proposals in columns by state: the same rows and filters as the table."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.lists import boards
from pulih.proposals.models import Proposal
from pulih.web.numbers import day
from pulih.workflow import clock
from pulih.workflow.models import PostHolder
from pulih.workflow.post_holders import post_of
from tests.make import areas
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db
BOARD = "/proposals/by-state/"


@pytest.fixture
def planner(client):
    client.force_login(cast.planner())
    return client


def lanes(answer):
    """Each lane's number, sum and titles of cards, as the page shows them."""
    shown = answer.context["list"].lanes
    return {
        one.lane.key: (one.number, one.total, [card.row.pk for card in one.cards]) for one in shown
    }


def test_each_lane_holds_number_sum_and_cards_of_its_state(planner):
    first, second = make.sent(), make.sent()
    done = make.verified()
    answer = planner.get(BOARD)
    found = lanes(answer)
    assert list(found) == ["submitted", "verified"]
    assert found["submitted"] == (
        2, first.asked_rupiah + second.asked_rupiah, [first.pk, second.pk],
    )  # fmt: skip
    assert found["verified"] == (1, done.asked_rupiah, [done.pk])
    page = answer.content.decode()
    assert f'href="{reverse("proposals:proposal", args=[first.pk])}"' in page
    assert "?state=submitted" in page


def test_a_lane_leads_to_all_its_rows_where_it_shows_only_the_first(planner, monkeypatch):
    monkeypatch.setattr(boards, "CARDS", 2)
    every = [make.sent() for _ in range(3)]
    answer = planner.get(f"{BOARD}?q=Bimtek")
    (lane,) = answer.context["list"].lanes
    assert (len(lane.cards), lane.left_out) == (2, 1)
    assert "Semua 3 dalam tabel" in answer.content.decode()
    whole = planner.get(lane.url).context["list"]
    assert {row.pk for row, _cells in whole.lines} == {one.pk for one in every}


def test_filters_are_those_of_the_table_and_go_along_to_it(planner):
    make.sent()
    other = areas.province().pk + 1
    found = planner.get(f"{BOARD}?province={other}")
    assert lanes(found) == {}
    table = reverse("proposals:list")
    assert f'href="{table}?province={other}"' in found.content.decode()
    assert set(lanes(planner.get(f"{BOARD}?state=submitted"))) == {"submitted"}
    assert lanes(planner.get(f"{BOARD}?state=draft")) == {}


def test_an_office_sees_the_cards_of_its_own_province_alone(client):
    own = make.sent()
    client.force_login(cast.provincial_officer())
    assert lanes(client.get(BOARD))["submitted"][2] == [own.pk]
    client.force_login(cast.provincial_officer("Jawa Tengah"))
    assert lanes(client.get(BOARD)) == {}


def test_a_card_says_since_when_and_how_long_it_waits(planner):
    with clock.playing_at(make.SENT):
        make.sent()
    later = (make.SENT + timedelta(days=5)).date()
    page = planner.get(f"{BOARD}?per={later}").content.decode()
    words = re.sub(r"\s+", " ", page)
    assert f"sejak {day(make.SENT.date())}, 5 hari" in words


def test_the_board_asks_as_few_questions_for_many_proposals_as_for_few(planner):
    make.sent()
    planner.get(BOARD)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert planner.get(BOARD).status_code == 200
        return len(queries)

    few = asked()
    for begin in (make.verified, make.sent, make.complete):
        begin()
    assert asked() <= few <= 12
    assert Proposal.objects.count() == 4


def test_its_file_is_the_file_of_the_list(planner):
    proposal = make.sent()
    answer = planner.get(f"{BOARD}?format=csv")
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer) if answer.streaming else answer.content
    assert proposal.number in content.decode()


def test_the_list_says_who_has_each_proposal_since_when_and_until_when(planner):
    draft, sent = make.complete(people=1), make.sent()
    holder = PostHolder.objects.create(
        post=post_of("proposals_verifier", None), person=cast.planner(), since=date(2020, 1, 1)
    )
    rows = {one["number"]: one for one in planner.get("/api/v1/proposals/").json()["rows"]}
    assert (rows[sent.number]["waits_for"], rows[sent.number]["holder"]) == (
        "Verifikator usulan · Indonesia", holder.person.name,
    )  # fmt: skip
    assert rows[sent.number]["since"].startswith("2020-05-28T")
    assert rows[sent.number]["until"] == "2020-06-05"
    assert rows[draft.number]["waits_for"] == "Pengusul · Jawa Barat"
    assert (rows[draft.number]["holder"], rows[draft.number]["until"]) == ("", None)
    page = planner.get("/proposals/").content.decode()
    assert "Verifikator usulan · Indonesia" in page
    assert "terlambat" in page.lower()
