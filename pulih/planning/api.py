"""Planning for programs: the same forms, actions and walls as the pages."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from ninja.errors import HttpError

from pulih.lists.programs import serve
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, require
from pulih.web.addresses import with_query
from pulih.web.bounds import LARGEST_KEY
from pulih.web.programs import cleaned
from pulih.web.shortened import shorten

from . import actions
from .forms import RuleForm, ScenarioForm
from .lists import ADOPTED_LINES, PLAN_LINES
from .models import Scenario, ScenarioRule
from .shown.composition import BrokenShown, broken_shown
from .views.editing import years_of
from .views.lookups import province_rows, scenario_or_404, with_plan_or_404
from .views.what_if import answer_of, form_of

A_PAGE = 200  # Scenarios of one answer.
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


class RuleOut(Schema):
    """A rule. minimum, maximum: rupiah, percent or units, as `basis` says; area: empty: all."""

    name: str
    table: str
    basis: str
    area: str
    measures: list[str]
    minimum: Decimal | None
    maximum: Decimal | None
    reason: str


class BrokenOut(Schema):
    """A rule of composition that a plan breaks. measure: its code; empty: the plan as a whole."""

    rule: str
    measure: str
    title: str
    told: str
    basis: str
    reason: str
    written_by: str


class MovedOut(Schema):
    """A province in the answer to a question. Money in whole rupiah, coverage as a share."""

    code: str
    before: int
    after: int
    coverage: float | None


class WhatIfOut(Schema):
    """What would follow: an estimate with its two ends. `…_most`: what no plan can pass."""

    ceiling: int
    after: int
    worst: float | None
    worst_most: float | None
    relief: float
    relief_most: float
    provinces: list[MovedOut]


@router.get("scenarios", response=list[ScenarioOut], url_name="planning-scenarios")
def scenarios(
    request: PersonRequest,
    response: HttpResponse,
    before: Annotated[int | None, Query(ge=1, le=LARGEST_KEY)] = None,
) -> Any:
    """List the scenarios, the newest first, 200 a page; the header Link leads to the next page.

    before: the key of the last scenario of the page before.
    """
    require(request.user, Permission.SEE_SCENARIOS, None)
    every = Scenario.objects.visible_to(request.user).order_by("-pk")
    rows = every if before is None else every.filter(pk__lt=before)
    page = shorten(rows, A_PAGE)
    response["X-Total-Count"] = str(every.count())
    if page.more:
        address = with_query(request.path, {"before": page.rows[-1].pk})
        response["Link"] = f'<{request.build_absolute_uri(address)}>; rel="next"'
    return page.rows


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


@router.get("scenarios/{pk}/rules", response=list[RuleOut], url_name="planning-rules")
def rules(request: PersonRequest, pk: int) -> Any:
    """List the floors, caps, earmarks and limits of a scenario."""
    require(request.user, Permission.SEE_SCENARIOS, None)
    return [_rule(rule) for rule in scenario_or_404(request, pk).rules.select_related("area")]


@router.post("scenarios/{pk}/rules", response={201: RuleOut}, url_name="planning-add-rule")
def add_rule(request: PersonRequest, pk: int) -> Any:
    """Add a rule to a draft from the fields of the form, sent as a form."""
    require(request.user, Permission.PLAN, None)
    found = scenario_or_404(request, pk)
    form = RuleForm(request.POST, on=found.as_of)
    cleaned(form)
    return Status(201, _rule(actions.add_rule(found, form.given(), by=request.user)))


@router.get("scenarios/{pk}/composition", response=list[BrokenOut], url_name="planning-composition")
def composition(request: PersonRequest, pk: int) -> Any:
    """List the rules of composition that a plan breaks, each with the reason written for it."""
    require(request.user, Permission.SEE_SCENARIOS, None)
    return [_broken(one) for one in broken_shown(with_plan_or_404(request, pk), request.user)]


@router.post("scenarios/{pk}/composition", response=list[BrokenOut], url_name="planning-explain")
def explain(request: PersonRequest, pk: int) -> Any:
    """Write why a plan breaks a rule, from `rule`, `measure` and `reason`, sent as a form."""
    require(request.user, Permission.PLAN, None)
    found = with_plan_or_404(request, pk)
    rule, measure, reason = (
        request.POST.get(name, "").replace("\x00", "") for name in ("rule", "measure", "reason")
    )
    actions.explain_composition(found, rule, measure, reason, by=request.user)
    return [_broken(one) for one in broken_shown(found, request.user)]


def _broken(one: BrokenShown) -> dict[str, Any]:
    written = one.written
    return {
        **vars(one),
        "reason": written.reason if written else "",
        "written_by": written.written_by.name if written else "",
    }


def _rule(rule: ScenarioRule) -> dict[str, Any]:
    return rule.as_given() | {"area": rule.area.name if rule.area else ""}


@router.get("scenarios/{pk}/what-if", response=WhatIfOut, url_name="planning-what-if")
def what_if(request: PersonRequest, pk: int) -> Any:
    """Answer within a second what would follow; the fields are those of the page's form."""
    require(request.user, Permission.SEE_SCENARIOS, None)
    found = with_plan_or_404(request, pk)
    form = form_of(request.GET, found)
    cleaned(form)
    answer = answer_of(found, form.moved())
    if isinstance(answer, str):
        raise HttpError(409, answer)
    columns = ("code", "before", "after", "coverage")
    rows = [dict(zip(columns, row, strict=True)) for row in answer.figures["provinces"]]
    return {**answer.figures, "provinces": rows}
