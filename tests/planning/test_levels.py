"""A scenario that is fair beyond its worst province: the form, the plan and what its page says."""

from decimal import Decimal

import pytest

from pulih.common.errors import Refusal
from pulih.planning import actions, jobs
from pulih.planning.models import Scenario
from pulih.planning.repeating import repeated
from tests.make import areas
from tests.make import planning as make
from tests.people import cast
from tests.planning.asking import page, visitor
from tests.planning.test_pages import FORM

pytestmark = pytest.mark.django_db


def coverage(scenario: Scenario) -> dict[str, float]:
    return dict(scenario.solution.province_rows.values_list("province__name", "coverage_after"))


def test_a_province_that_can_rise_no_further_is_held_and_named():
    make.country()
    planner = cast.planner()
    client = visitor(planner)
    given = FORM | {"title": "Adil", "beyond_worst": "on", "floor_percent": "", "cap_percent": ""}
    assert client.post(page("new"), given).status_code == 303
    scenario = Scenario.objects.get(title="Adil")
    assert scenario.beyond_worst
    banten = areas.province("Banten")
    none = make.rule(
        table="limits", basis="units", area=banten, measures=["test_masks"], minimum=None,
        maximum=Decimal(0),
    )  # fmt: skip
    actions.add_rule(scenario, none, by=planner)
    actions.request_solution(scenario, by=planner)
    jobs.solve_scenario(scenario_id=scenario.pk, person_id=planner.pk)
    scenario = Scenario.objects.get(pk=scenario.pk)
    assert scenario.state == "solved"
    reached = coverage(scenario)
    assert reached["Banten"] == 0
    assert reached["Jawa Barat"] == 1
    assert len(scenario.solution.explanation["levels"][0]["held"]) == 1
    shown = client.get(page("scenario", scenario.pk)).content.decode()
    assert "1 provinsi tidak dapat naik lagi dan ditahan." in shown
    assert "Banten 0,00" in shown
    assert list(repeated(scenario.solution)) == []
    with pytest.raises(Refusal, match="waktu lebih lama"):
        actions.prove_further(scenario, by=planner)
