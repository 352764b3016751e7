"""What waits for a person is the same on the badge, the list, the first page and in mail."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from pulih.people.scope import speaking_for
from pulih.workflow import digests, tasks
from pulih.workflow.actions import NewDuty, start
from tests.architecture.world import build
from tests.make import portal as make_portal
from tests.make import registry as make_registry
from tests.make.workflow import PAPER
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEGUN = datetime(2020, 6, 15, 2, tzinfo=UTC)
PEOPLE = {
    "planner": cast.planner,
    "jabar": cast.provincial_officer,
    "indramayu": cast.regency_officer,
    "auditor": cast.auditor,
    "reviewer": lambda: cast.person("reviewer"),
    "steward": make_portal.steward,
}


def number(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    return int(found[1].replace(".", "")) if found else 0


def counts(client, person) -> dict[str, int]:
    client.force_login(person)
    board = client.get(reverse("workflow:tasks"))
    rooms = sum(one.count for one in board.context["rooms"])
    desk = client.get(reverse("portal:home")).context["waiting"]
    shown = len(desk.duties) + desk.more + sum(one.count for one in desk.elsewhere)
    with speaking_for(person):
        mail = digests.of_a_day(person, [], "id", datetime.now(UTC)).body
        total = tasks.total(person)
    menu = next(
        (link.count or 0)
        for _heading, links in board.context["frame"].menu
        for link in links
        if link.url == reverse("workflow:tasks")
    )
    return {
        "badge": menu,
        "total": total,
        "list": board.context["list"].page.total + rooms,
        "desk": desk.total,
        "desk rows": shown,
        "mail": number(mail, r"Menunggu Anda sekarang \((\d+)\)"),
    }


def test_badge_list_first_page_and_mail_count_alike(client):
    build()
    officer = cast.provincial_officer()
    for subject in range(7):
        start(
            PAPER, subject, area=officer.home, by=officer, duty=NewDuty(person=officer), now=BEGUN
        )
    found = {name: counts(client, make()) for name, make in PEOPLE.items()}
    assert {
        name: set(one.values()) for name, one in found.items() if len(set(one.values())) > 1
    } == {}
    assert found["jabar"]["badge"] >= 7
    assert found["planner"]["badge"] > 0
    assert found["auditor"]["badge"] == 0


def test_what_waits_is_registered_by_each_room():
    keys = {
        *("registry_doubles", "inbox_unfinished", "planning_undecided"),
        *("revisions_waiting", "treasury_differences"),
    }
    assert keys <= tasks._rooms.keys()


def test_doubles_wait_for_those_who_answer_them_alone():
    firms = make_registry.firms(2, **make_registry.indramayu())
    make_registry.review(*firms)
    waiting = {
        name: [one.count for one in tasks.of_rooms(make()) if one.tasks.key == "registry_doubles"]
        for name, make in PEOPLE.items()
    }
    assert waiting["indramayu"] == [1]
    assert waiting["auditor"] == waiting["reviewer"] == []
