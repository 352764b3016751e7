"""No list of scenarios ends in silence: programs are led on, and who compares is told."""

from datetime import date

import pytest

from pulih.planning import api
from pulih.planning.models import Scenario
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenarios(monkeypatch):
    monkeypatch.setattr(api, "A_PAGE", 2)
    by = cast.planner()
    return [
        Scenario.objects.create(
            title=f"S{n}", fiscal_year=2020, as_of=date(2020, 6, 15), ceiling=1, made_by=by
        )
        for n in range(5)
    ]


def test_programs_follow_the_header_through_every_scenario(client, scenarios):
    client.force_login(cast.planner())
    address, seen = "/api/v1/planning/scenarios", []
    while address:
        answer = client.get(address)
        assert answer.headers["X-Total-Count"] == "5"
        seen += [one["id"] for one in answer.json()]
        link = answer.headers.get("Link", "")
        address = link.partition(">")[0].removeprefix("<http://testserver") if link else ""
    assert seen == [one.pk for one in reversed(scenarios)]


@pytest.mark.parametrize("before", ["-1", "9" * 30, "x"])
def test_a_key_that_is_none_is_refused(client, before):
    client.force_login(cast.planner())
    assert client.get("/api/v1/planning/scenarios", {"before": before}).status_code == 422
