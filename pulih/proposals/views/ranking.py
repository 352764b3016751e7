"""The ranking of a round beside the money that is free, and answers to several at once."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from ..actions import batches
from ..answer_forms import TogetherForm
from ..lists import RANKING, round_asked
from ..ranking import ranking
from .rounds import paper_context


@require_safe
@permission_required(Permission.RANK_PROPOSALS)
def show_ranking(request: PersonRequest) -> HttpResponseBase:
    """Rank what is scored, and show where the money ends."""
    round_ = round_asked(pages.ask(request, RANKING))
    context = {
        "round": round_,
        "may_decide": holds(request.user, Permission.DECIDE_PROPOSALS),
        **paper_context(request, round_.pk if round_ else None),
    }
    return pages.answer(request, RANKING, "proposals/ranking.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DECIDE_PROPOSALS)
def decide_together(request: PersonRequest) -> HttpResponseBase:
    """Answer several scored proposals in one step: all of them, or none."""
    round_ = round_asked(pages.ask(request, RANKING))
    ranked = [one for one in ranking(round_) if one.place] if round_ else []
    form = TogetherForm(request.POST or None, ranked=ranked)
    if form.is_valid():
        try:
            batches.decide_together(form.answers(), by=request.user)
        except Refusal as refusal:
            form.add_error(None, say(refusal.message))
        else:
            asked = f"?round={round_.pk}" if round_ else ""
            return go_to(request, reverse("proposals:ranking") + asked)
    context = {"form": form, "round": round_}
    return render_page(request, "proposals/together.html", "proposals/_together_form.html", context)
