"""What a page that shows a decision answers: propose it, decide it, take the proposal back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, View, permission_required
from pulih.web.page import go_to

from . import actions
from .decisions import DecisionKind
from .forms import DecisionForm
from .models import Decision
from .typed_again import back_with_typed


@dataclass(frozen=True)
class DecisionPage:
    """Where decisions of one kind are taken.

    area_of: the area of a subject, for whom may see it; else it raises 404. back: the address of
    the subject's page. approved: says what an approval did.
    """

    kind: DecisionKind
    area_of: Callable[[PersonRequest, int], Area | None]
    back: Callable[[int], str]
    approved: Callable[[Decision], str]


def decision_views(page: DecisionPage) -> tuple[View, View, View]:
    """Return the views that propose, decide, and take a proposal back."""
    proposer, decider = page.kind.propose, page.kind.decide

    @require_POST
    @permission_required(proposer)
    def propose(request: PersonRequest, pk: int) -> HttpResponseBase:
        area, form = page.area_of(request, pk), DecisionForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            actions.propose_decision(page.kind, pk, area=area, reason=reason, by=request.user)
            messages.success(
                request, _("Proposed. Somebody else decides; nothing changes until then.")
            )
        return _answered(request, page, pk, form)

    @require_POST
    @permission_required(decider)
    def decide(request: PersonRequest, pk: int) -> HttpResponseBase:
        decision, form = _newest(request, page, pk), DecisionForm(request.POST)
        if form.is_valid():
            approve, reason = form.cleaned_data["approve"], form.cleaned_data["reason"]
            actions.decide(decision, approve=approve, reason=reason, by=request.user)
            refused = _("Refused. Who proposed it reads your reason.")
            messages.success(request, page.approved(decision) if approve else refused)
        return _answered(request, page, pk, form)

    @require_POST
    @permission_required(proposer)
    def withdraw(request: PersonRequest, pk: int) -> HttpResponseBase:
        decision, form = _newest(request, page, pk), DecisionForm(request.POST)
        if form.is_valid():
            actions.withdraw_decision(decision, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Withdrawn. It can be proposed again."))
        return _answered(request, page, pk, form)

    return propose, decide, withdraw


def _newest(request: PersonRequest, page: DecisionPage, pk: int) -> Decision:
    """Return the newest proposal of a subject; one that is decided refuses by itself. May refuse:
    nobody has proposed anything, as where a page was opened before a backup was restored.
    """
    page.area_of(request, pk)
    of_it = Decision.objects.filter(kind=page.kind.key, subject_id=pk).order_by("-pk")
    newest: Decision | None = of_it.first()
    if newest is None:
        raise Refusal(_("Nobody has proposed this yet, so there is nothing to decide."))
    return newest


def _answered(
    request: PersonRequest, page: DecisionPage, pk: int, form: DecisionForm
) -> HttpResponseBase:
    errors = [str(error) for errors in form.errors.values() for error in errors]
    if errors:
        return back_with_typed(request, " ".join(errors), page.back(pk))
    return go_to(request, page.back(pk))
