"""Planning for programs: the same forms, actions and walls as the pages."""

from datetime import date
from typing import Any

from ninja import Router, Schema, Status

from pulih.lists.programs import serve
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, require
from pulih.web.programs import cleaned

from . import actions
from .forms import ScenarioForm
from .lists import ADOPTED_LINES, PLAN_LINES
from .models import Scenario
from .views.editing import years_of
from .views.found import province_rows, scenario_or_404

router = Router(tags=["planning"])
serve(router, "/lines", PLAN_LINES)
serve(router, "/adopted-lines", ADOPTED_LINES)


class ScenarioOut(Schema):
    """A scenario. Money in whole rupiah."""

    id: int
    title: str
    version: int
    fiscal_year: int
    as_of: date
    ceiling: int
    state: str


class ProvinceOut(Schema):
    """A province before and after. Money in whole rupiah, coverage as a share."""

    code: str
    name: str
    before: int
    after: int
    bound: int
    coverage_before: float | None
    coverage_after: float | None
    held: str


@router.get("scenarios", response=list[ScenarioOut], url_name="planning-scenarios")
def scenarios(request: PersonRequest) -> Any:
    """List the scenarios, the newest first."""
    require(request.user, Permission.SEE_SCENARIOS, None)
    return Scenario.objects.visible_to(request.user)[:200]


@router.post("scenarios", response={201: ScenarioOut}, url_name="planning-make")
def make(request: PersonRequest) -> Any:
    """Make a draft from the fields of the form, sent as a form."""
    require(request.user, Permission.PLAN, None)
    form = ScenarioForm(request.POST, years=years_of(request.user))
    cleaned(form)
    return Status(201, actions.make(form.given(), by=request.user))


@router.get("scenarios/{pk}", response=ScenarioOut, url_name="planning-scenario")
def scenario(request: PersonRequest, pk: int) -> Any:
    require(request.user, Permission.SEE_SCENARIOS, None)
    return scenario_or_404(request, pk)


@router.post("scenarios/{pk}/solve", response={202: ScenarioOut}, url_name="planning-solve")
def solve(request: PersonRequest, pk: int) -> Any:
    """Put a draft in the queue."""
    found = scenario_or_404(request, pk)
    actions.request_solution(found, by=request.user)
    found.refresh_from_db()
    return Status(202, found)


@router.post("scenarios/{pk}/prove", response={202: ScenarioOut}, url_name="planning-prove")
def prove(request: PersonRequest, pk: int) -> Any:
    """Go on from a plan with more time; answers with the version that does so."""
    found = scenario_or_404(request, pk)
    return Status(202, actions.prove_further(found, by=request.user))


@router.get("scenarios/{pk}/provinces", response=list[ProvinceOut], url_name="planning-provinces")
def provinces(request: PersonRequest, pk: int) -> Any:
    """List the provinces of a plan; empty while there is none."""
    require(request.user, Permission.SEE_SCENARIOS, None)
    found = scenario_or_404(request, pk)
    rows = province_rows(request, found) if found.has_plan else []
    return [{**row.__dict__, "name": row.province.name} for row in rows]
