"""One difference between a list and the ledger, and what an officer decides of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web import numbers
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import actions as reconciling
from .. import jobs
from ..lists import TONES, told
from ..models import Difference, DifferenceKind
from ..states import DIFFERENCE
from .reconciliations import batch_of

LARGE = 20_000  # Rows from which a list is compared in the background.


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_difference(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show both values of a difference, its lines, why it cannot be posted, and its decisions."""
    one = _difference(request, pk)
    may_act = may(request.user, Permission.POST_DOCUMENTS, one.province)
    content = one.content if isinstance(one.content, dict) else {}
    moves = {move.key for move in DIFFERENCE.allowed(one.state)}
    context = {
        "difference": one,
        "why": told(one.why),
        "tone": TONES[DifferenceKind(one.kind)],
        "lines": _named(content.get("lines") or []),
        "covered": _named(content.get("covered") or []),
        "content": content,
        "may_post": may_act and "post" in moves and one.can_post,
        "may_explain": may_act and "explain" in moves,
        "may_reopen": may_act and "reopen" in moves,
        "history": one.events.order_by("-pgh_created_at")[:20],
    }
    return render_page(request, "treasury/difference.html", "treasury/_difference.html", context)


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def post_difference(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Post the document that the ledger lacks."""
    return _decide(request, pk, reconciling.post_difference, _("Posted."))


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def explain_difference(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Keep a difference with its reason."""
    note = request.POST.get("note", "")[:1_000]

    def explain(one: Difference, **named: Any) -> Difference:
        return reconciling.explain(one, note=note, **named)

    return _decide(request, pk, explain, _("Explained. It no longer waits for anybody."))


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def reopen_difference(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let an explained difference wait again."""
    return _decide(request, pk, reconciling.reopen, _("It waits for a decision again."))


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def post_missing(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Post all documents of a list that the ledger lacks and could take."""
    batch = batch_of(request, pk)
    try:
        done = reconciling.post_missing(batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
        return go_to(request, reverse("treasury:reconciliation", args=[pk]))
    if not done.is_done:
        jobs.post_missing_soon(batch, request.user)
        messages.info(request, _("The rest is posted in the background; open this page anew."))
    text = ngettext("%(n)s document posted.", "%(n)s documents posted.", done.posted)
    messages.success(request, text % {"n": numbers.whole(done.posted)})
    if done.refused:
        refused = ngettext(
            "%(n)s was refused by the ledger; its reason stands beside it.",
            "%(n)s were refused by the ledger; their reasons stand beside them.",
            done.refused,
        )
        messages.warning(request, refused % {"n": numbers.whole(done.refused)})
    return go_to(request, reverse("treasury:reconciliation", args=[pk]))


@require_POST
@permission_required(Permission.SEE_BUDGET, Permission.DELIVER_FILES)
def compare_again(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Compare a stored list with the ledger as it is now."""
    batch = batch_of(request, pk)
    if batch.rows > LARGE:
        jobs.compare_soon(batch, request.user)
        messages.info(request, _("The list is compared in the background; open this page anew."))
        return go_to(request, reverse("treasury:reconciliation", args=[pk]))
    try:
        counts = reconciling.reconcile_again(batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
    else:
        found = counts.get("treasury_found", 0)
        text = ngettext(
            "Compared anew: %(n)s difference.", "Compared anew: %(n)s differences.", found
        )
        messages.success(request, text % {"n": numbers.whole(found)})
    return go_to(request, reverse("treasury:reconciliation", args=[pk]))


def _decide(
    request: PersonRequest, pk: int, action: Callable[..., Difference], done: str
) -> HttpResponseBase:
    one = _difference(request, pk)
    try:
        action(one, by=request.user)
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
    else:
        messages.success(request, done)
    return go_to(request, reverse("treasury:difference", args=[pk]))


def _difference(request: PersonRequest, pk: int) -> Difference:
    related = ("unit", "province", "line", "posting", "decided_by", "last_seen__batch", "closed_by")
    rows = Difference.objects.visible_to(request.user).select_related(*related)
    found: Difference = get_object_or_404(rows, pk=pk)
    return found


def _named(lines: list[dict[str, int]]) -> list[tuple[BudgetLine | None, int]]:
    known = BudgetLine.objects.in_bulk([one["line_id"] for one in lines if one["line_id"]])
    return [(known.get(one["line_id"]), one["rupiah"]) for one in lines]
