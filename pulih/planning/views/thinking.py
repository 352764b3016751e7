"""Thinking a plan over: curves, rivals, what to verify first, and what people say of it."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.lists.files import send_paper
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.page import go_to, render_page

from .. import actions
from ..models import Stance, StudyKind, Variant
from ..rules.what_if import moved_from
from ..shown.studied import ASKED, studied
from ..shown.variants import heading_of
from ..shown.what_if import shown
from .lookups import province_rows, with_plan_or_404


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def think(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what was thought over so far, and offer the rest."""
    scenario = with_plan_or_404(request, pk)
    context = studied(scenario, province_rows(request, scenario)) | {
        "scenario": scenario,
        "may_plan": may(request.user, Permission.PLAN, None),
    }
    return render_page(request, "planning/think.html", "planning/_think.html", context)


@require_POST
@permission_required(Permission.PLAN)
def ask_study(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """Put a study in the queue; its page fills in plan by plan."""
    scenario = with_plan_or_404(request, pk)
    if kind not in ASKED:
        raise Http404
    actions.ask_study(scenario, StudyKind(kind), by=request.user)
    return go_to(request, reverse("planning:think", args=[pk]) + f"#{kind}")


def variant_or_404(request: PersonRequest, pk: int) -> Variant:
    rows = Variant.objects.visible_to(request.user).exclude(plan=None)
    found: Variant = get_object_or_404(rows.select_related("study__scenario__solution"), pk=pk)
    return found


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def variant(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a variant's plan beside the plan of its scenario."""
    found = variant_or_404(request, pk)
    scenario = with_plan_or_404(request, found.study.scenario_id)
    has_plan = bool(found.figures.get("provinces"))
    context = {
        "variant": found,
        "scenario": scenario,
        "heading": heading_of(found),
        "answer": shown(found.figures, province_rows(request, scenario)) if has_plan else None,
        "may_plan": may(request.user, Permission.PLAN, None),
        "may_become": _may_become(found),
    }
    return render_page(request, "planning/variant.html", "planning/_variant.html", context)


def _may_become(found: Variant) -> bool:
    """Whether a scenario can be given what was changed."""
    is_words = found.study.kind in (StudyKind.CEILING, StudyKind.FAIRNESS, StudyKind.EXACT)
    return is_words and moved_from(found.change).is_of_scenario


@require_safe
@permission_required(Permission.SEE_SCENARIOS, Permission.EXPORT)
def variant_zip(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a variant's plan as `pulih refocus` writes it."""
    found = variant_or_404(request, pk)
    return send_paper(
        request, lambda: bytes(found.plan or b""), room="planning", key="variant", kind="zip",
        file_name=f"varian-{pk}", subject=found.study.scenario, variant=pk,
    )  # fmt: skip


@require_POST
@permission_required(Permission.PLAN)
def scenario_from(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Make a new draft of the scenario with what this variant changed."""
    found = variant_or_404(request, pk)
    if not _may_become(found):
        raise Http404
    moved = moved_from(found.change)
    copy = actions.with_changes(found.study.scenario, moved, by=request.user)
    return go_to(request, reverse("planning:scenario", args=[copy.pk]))


@require_POST
@permission_required(Permission.PLAN)
def give_opinion(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Keep a comment, an agreement or an objection."""
    scenario = with_plan_or_404(request, pk)
    stance = request.POST.get("stance", "")
    if stance not in Stance.values:
        stance = Stance.COMMENT
    words = request.POST.get("words", "").replace("\x00", "")[:1_000]
    actions.give_opinion(scenario, Stance(stance), words, by=request.user)
    return go_to(request, reverse("planning:scenario", args=[pk]) + "#opinions")
