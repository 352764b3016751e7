"""Why a match chose its makers: of one need, and of one firm in the last matches."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.matching import Case
from pulih.matching.grid import Grid
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry.models import Enterprise
from pulih.web.page import render_page

from ..cases import key_of_code
from ..frozen_match import case_of, parts_of
from ..models import Group, Need, Run, RunState
from ..rules.freshness import LEFT_OUT_AFTER_DAYS
from ..rules.passed_over import Judged, judged
from ..wording import DISTANCE_WORDS, REASON_WORDS
from .answers import firm_of
from .needs import need_of
from .runs import run_of

MOST_MAKERS = 200
LAST_RUNS = 3
WORKED_OUT = (RunState.SOLVED, RunState.ADOPTED)


@dataclass(frozen=True)
class MakerRow:
    """One maker as the page shows it."""

    firm: Enterprise
    judged: Judged
    through: Group | None

    @property
    def reason(self) -> Any:
        return REASON_WORDS[self.judged.reason]

    @property
    def distance(self) -> Any:
        return DISTANCE_WORDS[self.judged.distance]


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_run_need(request: PersonRequest, pk: int, need: int) -> HttpResponseBase:
    """Show why each maker of a need's product has work by a match, or was passed over."""
    run, asked = run_of(request, pk), need_of(request, need)
    case = case_of(run)
    if case is None or f"n{need}" not in case.need:
        raise Http404
    found = judged(case, parts_of(run), case.need[f"n{need}"])
    rows = _rows(request, found)
    counts = Counter(one.reason for one in found)
    context = {
        "run": run,
        "need": asked,
        "rows": rows[:MOST_MAKERS],
        "total": len(found),
        "counts": [(REASON_WORDS[key], n) for key, n in counts.most_common()],
    }
    return render_page(request, "market/run_need.html", "market/_run_need.html", context)


def _rows(request: PersonRequest, found: Any) -> list[MakerRow]:
    firms = Enterprise.objects.visible_to(request.user).select_related("regency")
    named = firms.in_bulk([key_of_code(one.firm) for one in found])
    groups = Group.objects.in_bulk([key_of_code(one.through) for one in found if one.through])
    return [
        MakerRow(
            named[key_of_code(one.firm)],
            one,
            groups.get(key_of_code(one.through)) if one.through else None,
        )
        for one in found
        if key_of_code(one.firm) in named
    ]


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_firm_matches(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say of the last matches what each gave a firm, or why it got nothing."""
    firm = firm_of(request, pk)
    runs = Run.objects.visible_to(request.user).filter(state__in=WORKED_OUT)
    matches = [
        (run, _told(request, run, case, f"f{pk}"))
        for run in runs.select_related("frozen").order_by("-pk")[:LAST_RUNS]
        if (case := case_of(run))
    ]
    context = {"firm": firm, "matches": matches, "most": LAST_RUNS, "days": LEFT_OUT_AFTER_DAYS}
    return render_page(request, "market/firm_matches.html", "market/_firm_matches.html", context)


def _told(request: PersonRequest, run: Run, case: Case, firm: str) -> list[tuple[Need, Any, int]]:
    made = {one.product for one in case.capacities if one.firm == firm}
    asked = [one for one in case.needs if one.product in made]
    needs = Need.objects.visible_to(request.user).select_related("buyer", "product")
    named = needs.in_bulk([key_of_code(one.code) for one in asked])
    grid, parts, told = Grid(case), parts_of(run), []
    for one in asked:
        own = next(row for row in judged(case, parts, one, grid, firm) if row.firm == firm)
        if (need := named.get(key_of_code(one.code))) is not None:
            told.append((need, REASON_WORDS[own.reason], own.units))
    return told
