"""Adopting a plan: one planner proposes, another decides, and until then it can be withdrawn."""

from django.urls import reverse
from django.utils.translation import ngettext

from pulih.people.access import PersonRequest
from pulih.web import numbers
from pulih.workflow.decision_pages import DecisionPage, decision_views
from pulih.workflow.models import Decision

from ..decisions import ADOPTING
from ..models import Adoption
from .found import scenario_or_404


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


propose_adoption, decide_adoption, withdraw_adoption = decision_views(
    DecisionPage(ADOPTING, _of_the_country, _back, _done)
)
