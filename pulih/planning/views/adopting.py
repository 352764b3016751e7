"""Adopting a plan: one planner proposes, another decides, and what is adopted can be taken back
while no money has moved.
"""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web import numbers
from pulih.web.page import go_to
from pulih.workflow.decision_pages import DecisionPage, decision_views
from pulih.workflow.forms import DecisionForm
from pulih.workflow.models import Decision

from .. import actions
from ..decisions import ADOPTING
from ..models import Adoption
from .lookups import scenario_or_404


def _of_the_country(request: PersonRequest, pk: int) -> None:
    scenario_or_404(request, pk)


def _back(pk: int) -> str:
    return reverse("planning:scenario", args=[pk])


def _done(decision: Decision) -> str:
    adoption = Adoption.objects.get(solution__scenario=decision.subject_id)
    return ngettext(
        "Scenario adopted; %(count)s draft revision made. No money moves until it is in force.",
        "Scenario adopted; %(count)s draft revisions made. No money moves until they are in force.",
        adoption.revisions,
    ) % {"count": numbers.whole(adoption.revisions)}


@require_POST
@permission_required(Permission.ADOPT_PLAN)
def withdraw_adopted(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take back an adopted plan with its drafts, while none of them is in force."""
    found, form = scenario_or_404(request, pk), DecisionForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    withdrawn = actions.withdraw_adopted(found, reason=reason, by=request.user)
    done = ngettext(
        "Plan withdrawn, with %(count)s draft revision. No money has moved.",
        "Plan withdrawn, with %(count)s draft revisions. No money has moved.",
        withdrawn.drafts,
    )
    messages.success(request, done % {"count": numbers.whole(withdrawn.drafts)})
    return go_to(request, _back(pk))


propose_adoption, decide_adoption, withdraw_adoption = decision_views(
    DecisionPage(ADOPTING, _of_the_country, _back, _done)
)
