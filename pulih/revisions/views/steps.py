"""The steps of a revision: each asks one action and comes back to the page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pulih.budget.rules.offices import Office
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import is_done
from pulih.web.page import go_to
from pulih.web.words import language

from .. import actions
from ..forms import ApproveForm, ForceForm, ProposeForm, ReasonForm
from ..models import Revision
from .revision import revision_or_404, revision_page


def _taken(
    request: PersonRequest,
    revision: Revision,
    name: str,
    form: Form,
    act: Callable[..., Any],
    done: str,
) -> HttpResponseBase:
    """Do what the form asks and come back; or show the page with what is wrong."""
    if is_done(form, partial(act, revision, by=request.user)):
        messages.success(request, done)
        return go_to(request, reverse("revisions:revision", args=[revision.pk]))
    return revision_page(request, revision, **{name: form})


@require_POST
@permission_required(Permission.REVISE_BUDGET)
def propose_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Propose a draft to those who decide."""
    form = ProposeForm(request.POST)
    done = _("Proposed. Nothing was sent by itself: hand the matrix over by letter.")
    return _taken(request, revision_or_404(request, pk), "propose", form, actions.propose, done)


@require_POST
@permission_required(Permission.APPROVE_REVISIONS)
def approve_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Record the decision of the office that approved."""
    revision = revision_or_404(request, pk)
    required = Office[revision.authority] if revision.authority else Office.DJA
    form = ApproveForm(required, language(), request.POST)
    done = _("Approval recorded. No money has moved yet.")
    return _taken(request, revision, "approve", form, actions.approve, done)


@require_POST
@permission_required(Permission.APPROVE_REVISIONS)
def return_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a revision back with the reason."""
    form = ReasonForm(request.POST, auto_id="return_%s")
    done = _("Returned with your reason. The office can change it and propose it again.")
    return _taken(request, revision_or_404(request, pk), "return", form, actions.return_, done)


@require_POST
@permission_required(Permission.APPROVE_REVISIONS)
def force_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Put an approved revision in force."""
    form = ForceForm(request.POST)
    done = _("In force: the ceilings have moved, by one posting.")
    return _taken(request, revision_or_404(request, pk), "force", form, actions.put_in_force, done)


@require_POST
@permission_required(Permission.REVISE_BUDGET)
def withdraw_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take back a revision that is not in force."""
    form = ReasonForm(request.POST, auto_id="withdraw_%s")
    done = _("Withdrawn. It stays readable; no money has moved.")
    return _taken(request, revision_or_404(request, pk), "withdraw", form, actions.withdraw, done)
