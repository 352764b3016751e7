"""Every number of the menu is the number of rows behind it, for everybody who sees it."""

import pytest
from django.test import RequestFactory
from django.urls import resolve

from pulih.web import navigation
from pulih.workflow import tasks
from tests.architecture.world import build
from tests.make import impact
from tests.people import cast

pytestmark = pytest.mark.django_db
PEOPLE = (
    cast.planner,
    cast.provincial_officer,
    cast.regency_officer,
    cast.auditor,
    cast.administrator,
    lambda: cast.provincial_officer("Bali"),
)


def badges(person):
    """The links of the menu that bear a number, as that person has them."""
    request = RequestFactory().get("/")
    request.user, request.LANGUAGE_CODE = person, "id"
    return [link for _heading, links in navigation.menu(request) for link in links if link.count]


def rows_behind(client, person, link) -> int:
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    answer = client.get(link.count_url)
    assert answer.status_code == 200, link
    # The board lists duties, and beside them what waits in rooms with a number for each.
    return answer.context["list"].page.total + sum(
        one.count for one in answer.context.get("rooms") or ()
    )


def test_every_number_of_the_menu_is_the_number_of_rows_that_it_opens(client):
    build()
    impact.batch(is_stored=False)
    seen, wrong = set(), []
    for make in PEOPLE:
        person = make()
        for link in badges(person):
            seen.add(resolve(link.url).view_name)
            if (rows := rows_behind(client, person, link)) != link.count:
                wrong.append((person.role, link.count_url, link.count, rows))
    assert not wrong
    counted = {name for name, item in navigation._items.items() if item.count}
    assert seen == counted, "The world has none of these: " + ", ".join(counted - seen)


def test_a_line_of_the_menu_and_the_badge_count_the_same_rows():
    page = RequestFactory().get("/desk/")
    page.user = cast.planner()
    badge = list(tasks.badge(page))
    for key in ("inbox_unfinished", "planning_undecided", "registry_doubles"):
        [line] = tasks.in_menu(key)(page)
        assert any(line is one for one in badge)
