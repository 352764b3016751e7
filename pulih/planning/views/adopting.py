"""Adopting a plan: one planner proposes, another decides, and until then it can be withdrawn."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web import numbers
from pulih.web.page import go_to
from pulih.workflow import actions as workflow
from pulih.workflow.forms import DecisionForm
from pulih.workflow.models import Decision

from ..decisions import ADOPTING
from ..models import Adoption
from .found import scenario_or_404


@require_POST
@permission_required(Permission.ADOPT_PLAN)
def propose_adoption(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Ask a second planner to adopt a plan."""
    scenario, form = scenario_or_404(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _ill_formed(request, pk, form)
    reason = form.cleaned_data["reason"]
    workflow.propose_decision(ADOPTING, scenario.pk, area=None, reason=reason, by=request.user)
    messages.success(request, _("Proposed. Another planner decides; nothing changes until then."))
    return _back(request, pk)


@require_POST
@permission_required(Permission.ADOPT_PLAN)
def decide_adoption(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Adopt the plan that another planner proposed, or refuse it with a reason."""
    decision, form = _open_of(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _ill_formed(request, pk, form)
    approve, reason = form.cleaned_data["approve"], form.cleaned_data["reason"]
    workflow.decide(decision, approve=approve, reason=reason, by=request.user)
    if approve:
        messages.success(request, _done(Adoption.objects.get(solution__scenario=pk)))
    else:
        messages.success(request, _("Refused. Who proposed it reads your reason."))
    return _back(request, pk)


@require_POST
@permission_required(Permission.ADOPT_PLAN)
def withdraw_adoption(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a proposal to adopt back before it is decided."""
    decision, form = _open_of(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _ill_formed(request, pk, form)
    workflow.withdraw_decision(decision, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Withdrawn. The plan can be proposed again."))
    return _back(request, pk)


def _open_of(request: PersonRequest, pk: int) -> Decision:
    """Return the newest proposal to adopt a scenario; one that is decided refuses by itself."""
    scenario = scenario_or_404(request, pk)
    of_it = Decision.objects.filter(kind=ADOPTING.key, subject_id=scenario.pk)
    newest: Decision | None = of_it.order_by("-pk").first()
    if newest is None:
        raise Http404
    return newest


def _ill_formed(request: PersonRequest, pk: int, form: DecisionForm) -> HttpResponseBase:
    errors = [str(error) for errors in form.errors.values() for error in errors]
    messages.error(request, " ".join(errors))
    return _back(request, pk)


def _back(request: PersonRequest, pk: int) -> HttpResponseBase:
    return go_to(request, reverse("planning:scenario", args=[pk]))


def _done(adoption: Adoption) -> str:
    return ngettext(
        "Scenario adopted; %(count)s draft revision made. No money moves until it is in force.",
        "Scenario adopted; %(count)s draft revisions made. No money moves until they are in force.",
        adoption.revisions,
    ) % {"count": numbers.whole(adoption.revisions)}
