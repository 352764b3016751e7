"""Promises: the list of what is reserved, setting money aside, releasing it."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pulih.lists import pages
from pulih.lists.listing import each
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission

from .. import actions
from ..forms import FollowForm, ReserveForm
from ..lists import PROMISES, year_asked
from ..models import DocumentKind, Promise
from ..models.promises import OF_PROPOSALS
from ..reads.promises import left_of_promise
from .written import answer, line_page, line_seen, today


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_promises(request: PersonRequest) -> HttpResponseBase:
    """List what is reserved for proposals, line by line."""
    asked = pages.ask(request, PROMISES)
    context = {
        "total": sum(row.left for row in each(PROMISES.rows(asked))),
        "year": year_asked(asked),
        "seen": asked.seen,
    }
    return pages.answer(request, PROMISES, "budget/promises.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RESERVE_MONEY)
def reserve_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Set part of the line aside for a proposal, by a decision's number."""
    line = line_seen(request, pk)
    form = ReserveForm(request.POST or None, line=line, initial=today(request))

    def act(values: dict[str, Any]) -> actions.Posted:
        subject = actions.Subject(OF_PROPOSALS, values.pop("proposal"), values.pop("title"))
        amounts, year = {line.pk: values.pop("rupiah")}, line.fiscal_year
        return actions.reserve(
            line.unit, amounts, subject=subject, fiscal_year=year, by=request.user, **values
        )

    return answer(request, form, act, line_page(line, _("Reserve for a proposal")))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RESERVE_MONEY)
def release_promise(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Release money that is reserved for a proposal, with a reason."""
    every = Promise.objects.visible_to(request.user).select_related("unit__province")
    promise: Promise = get_object_or_404(every, pk=pk)
    lines = left_of_promise(promise)
    kind = DocumentKind.UNRESERVE
    form = FollowForm(request.POST or None, kind=kind, lines=lines, initial=today(request))

    def act(values: dict[str, Any]) -> actions.Posted:
        said = {name: values[name] for name in form.said()}
        return actions.unreserve(promise, form.amounts(), by=request.user, **said)

    context = {
        "title": _("Release reserved money"),
        "unit": promise.unit,
        "line": None,
        "parent": promise,
        "total": sum(one.left for one in lines),
        "back_url": reverse("budget:promises"),
    }
    return answer(request, form, act, context, page="budget/release.html")
