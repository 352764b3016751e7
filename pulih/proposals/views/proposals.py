"""The list of proposals, one proposal, and beginning one."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pulih.areas.models import Level
from pulih.documents.lookups import all_in_force
from pulih.documents.models import PaperCode
from pulih.lists import boards, pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web.answers import carried_out
from pulih.web.as_of import as_of
from pulih.web.figures import Tab
from pulih.web.page import go_to, render_page
from pulih.web.words import language

from ..actions import drafts
from ..board import BOARD
from ..clocks import day_in
from ..forms import BeginForm
from ..lists import BY_STATE, EARLIER, EARLIER_ROWS, PROPOSALS
from ..models import Assignment, Declared, Proposal
from ..papers import KINDS
from ..presenters import answer_to, shown_plan
from ..rules.machine import DECIDED
from .lookups import may_write, proposal_or_404
from .rounds import paper_context


@login_not_required
@require_safe
def show_board(request: PersonRequest) -> HttpResponseBase:
    """Show officers in sums what provinces asked for and what became of it.

    Others read the same as the newest release says it: no public figure is live.
    """
    if not request.user.is_authenticated:
        return redirect("/en/asked/" if language() == "en" else "/asked/")
    context = {"year": str(as_of(request).day.year)}
    return pages.answer(request, BOARD, "proposals/board.html", context=context)


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the proposals that the person may see."""
    return pages.answer(request, PROPOSALS, "proposals/list.html", context=_frame(request, "list"))


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_by_state(request: PersonRequest) -> HttpResponseBase:
    """Show the same proposals as cards in columns by state."""
    context = _frame(request, "by-state")
    return boards.answer(request, BY_STATE, "proposals/by_state.html", context)


def _frame(request: PersonRequest, shown: str) -> dict[str, Any]:
    """What stands around the proposals, as a table or by state; both ask the same."""
    query = request.GET.copy()
    for name in ("page", "sort"):
        query.pop(name, None)
    ways = (("list", _("Table")), ("by-state", _("Board by state")))
    return {
        "views": [
            Tab(words, f"{reverse(f'proposals:{name}')}?{query.urlencode()}".rstrip("?"),
                is_on=name == shown)
            for name, words in ways
        ],
        "may_propose": holds(request.user, Permission.PROPOSE),
        "sees_ideas": holds(request.user, Permission.SEE_IDEAS),
        **paper_context(request, pages.ask(request, PROPOSALS)["round"]),
    }  # fmt: skip


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_earlier(request: PersonRequest) -> HttpResponseBase:
    """List what offices asked for in earlier years, as their own sheets say it."""
    return pages.answer(request, EARLIER, "proposals/earlier.html")


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_earlier_rows(request: PersonRequest) -> HttpResponseBase:
    """List the cost rows of earlier proposals."""
    return pages.answer(request, EARLIER_ROWS, "proposals/earlier_rows.html")


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_proposal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one proposal with its cost plan and what was found."""
    return proposal_page(request, proposal_or_404(request, pk))


def proposal_page(
    request: PersonRequest, proposal: Proposal, problem: str = ""
) -> HttpResponseBase:
    """Draw the page of a proposal. problem: why the step that was just asked for is refused."""
    context: dict[str, Any] = {
        "proposal": proposal,
        "problem": problem,
        "plan": shown_plan(proposal, language()),
        "answer": answer_to(proposal, request.user, language()),
        "may_write": may_write(request, proposal),
        "may": _next_forms(request, proposal),
        "papers": _papers(request, proposal),
        "versions": list(proposal.versions.order_by("number")),
        "is_verified": proposal.verifications.exists(),
    }
    return render_page(request, "proposals/proposal.html", "proposals/_proposal.html", context)


def _papers(request: PersonRequest, proposal: Proposal) -> list[tuple[str, PaperCode]]:
    """Return the papers in force with their codes; reviewers see no signed copies."""
    sees = holds(request.user, Permission.SEE_FILES)
    return all_in_force(KINDS, proposal.pk) if sees else []


def _next_forms(request: PersonRequest, proposal: Proposal) -> dict[str, bool]:
    """Tell which form this person may open now, so that no button leads to a refusal."""
    by, state = request.user, proposal.state
    verifies = holds(by, Permission.VERIFY_PROPOSALS)
    named = holds(by, Permission.REVIEW_PROPOSALS) and Assignment.objects.filter(
        proposal=proposal, reviewer=by, submitted_at=None
    ).exclude(declared=Declared.CONFLICT)
    return {
        "verify": verifies and state == "submitted",
        "assign": verifies and state in ("verified", "under_review"),
        "review": bool(named),
        "see_money": holds(by, Permission.SEE_BUDGET),
        "see_activities": holds(by, Permission.SEE_ACTIVITIES),
        "fund": holds(by, Permission.RESERVE_MONEY) and state in DECIDED,
        "decide": holds(by, Permission.DECIDE_PROPOSALS) and state == "scored",
    }


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PROPOSE)
def begin(request: PersonRequest) -> HttpResponseBase:
    """Begin a draft in an open round."""
    home = request.user.home
    if home is None or home.level != Level.PROVINCE:
        raise PermissionDenied
    form = BeginForm(request.POST or None, today=day_in(home.pk))
    if proposal := carried_out(form, partial(drafts.begin, province=home, by=request.user)):
        return go_to(request, reverse("proposals:edit", args=[proposal.pk]))
    context = {"form": form, "home": home}
    return render_page(request, "proposals/begin.html", "proposals/_begin_form.html", context)
