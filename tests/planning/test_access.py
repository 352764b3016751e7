"""Who gets which answer: every address of planning, every person."""

import pytest
from django.test import Client
from django.urls import reverse

from pulih.people.scope import speaking_for
from pulih.planning import actions
from pulih.planning.models import (
    Adoption,
    Scenario,
    Solution,
    SolutionBinding,
    SolutionLine,
    SolutionProvince,
)
from tests.make import planning as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
PEOPLE = {
    "planner": cast.planner,
    "auditor": cast.auditor,
    "administrator": cast.administrator,
    "province": cast.provincial_officer,
    "regency": cast.regency_officer,
}
# Address: what planner, auditor, administrator, provincial and regency officer get.
READ = {
    "list": (200, 200, 403, 403, 403),
    "new": (200, 403, 403, 403, 403),
    "check-ceiling": (200, 403, 403, 403, 403),
    "compare": (200, 200, 403, 403, 403),
    "scenario": (200, 200, 403, 403, 403),
    "edit": (200, 403, 403, 403, 403),
    "rules": (200, 403, 403, 403, 403),
    "progress": (200, 200, 403, 403, 403),
    "lines": (200, 200, 403, 403, 403),
    "lines-export": (200, 200, 403, 403, 403),
    "matrix": (200, 200, 403, 403, 403),
    "case-zip": (200, 200, 403, 403, 403),
    "plan-zip": (200, 200, 403, 403, 403),
    "adopted": (200, 200, 403, 200, 403),
}
WRITE = ("solve", "cancel", "again", "adopt", "decide-adoption", "withdraw-adoption")
BARE = ("list", "new", "check-ceiling", "compare", "adopted")


def read(answer) -> bytes:
    """Return the whole answer: a download ends its request only when it is read."""
    return b"".join(answer) if answer.streaming else answer.content


@made_once
def scenario():
    make.country()
    return make.solved(cast.planner())


@pytest.mark.parametrize("name", READ)
def test_every_page_answers_each_person_as_the_table_says(scenario, name):
    address = reverse(f"planning:{name}", args=[] if name in BARE else [scenario.pk])
    found = []
    for make_person in PEOPLE.values():
        client = Client()
        client.force_login(make_person())
        answer = client.get(address)
        read(answer)
        found.append(answer.status_code)
    assert tuple(found) == READ[name]
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", WRITE)
def test_only_a_planner_writes(scenario, name):
    address = reverse(f"planning:{name}", args=[scenario.pk])
    for who in ("auditor", "administrator", "province", "regency"):
        client = Client()
        client.force_login(PEOPLE[who]())
        assert client.post(address).status_code == 403
    assert Client().post(address).status_code == 302
    assert not Adoption.objects.exists()


def test_a_draft_plan_is_nobody_else_s_even_for_the_database(scenario):
    officer = cast.provincial_officer()
    with speaking_for(officer):
        for model in (Scenario, Solution, SolutionLine, SolutionProvince, SolutionBinding):
            assert not model.objects.exists(), model


def test_an_adopted_plan_shows_each_province_its_own_rows(scenario):
    actions.adopt(scenario, by=cast.planner())
    officer = cast.provincial_officer("Banten")
    with speaking_for(officer):
        assert {row.province.name for row in SolutionProvince.objects.all()} == {"Banten"}
        assert {row.province.name for row in SolutionLine.objects.all()} == {"Banten"}
        assert not Scenario.objects.exists()
    client = Client()
    client.force_login(officer)
    answer = client.get(reverse("planning:adopted-plan", args=[Adoption.objects.get().pk]))
    assert answer.status_code == 200
    assert "Jawa Barat" not in answer.content.decode().replace("Peta", "")
    rows = client.get("/api/v1/planning/adopted-lines").json()["rows"]
    assert {row["province"] for row in rows} == {"Banten"}
    assert client.get("/api/v1/planning/lines").status_code == 403
    assert client.get(reverse("planning:adopted")).status_code == 200


def test_programs_meet_the_same_walls(scenario):
    addresses = ("scenarios", f"scenarios/{scenario.pk}", f"scenarios/{scenario.pk}/provinces")
    for who, status in (("auditor", 200), ("administrator", 403), ("province", 403)):
        client = Client()
        client.force_login(PEOPLE[who]())
        for address in addresses:
            assert client.get(f"/api/v1/planning/{address}").status_code == status, (who, address)
        assert client.post(f"/api/v1/planning/scenarios/{scenario.pk}/solve").status_code in (
            403,
            404,
        )
