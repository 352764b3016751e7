"""The money of a proposal: on which lines it stands, and the documents that moved it."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.proposals.models import Proposal
from pulih.proposals.promised import approved
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from ..models import BudgetLine, Posting, Promise
from ..models.promises import OF_PROPOSALS
from ..reads.promises import promised


@require_safe
@permission_required(Permission.SEE_BUDGET, Permission.SEE_PROPOSALS)
def show_money_of(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what is reserved for a proposal, line by line, and every document that names it."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    promises = Promise.objects.filter(room=OF_PROPOSALS, number=proposal.number)
    postings = Posting.objects.visible_to(request.user).filter(promise__in=promises)
    seen = as_of(request)
    lines = BudgetLine.objects.visible_to(request.user).filter(entries__posting__in=postings)
    rows = [
        one
        for one in promised(lines, seen.day, seen.known)
        if (one.promise.room, one.promise.number) == (OF_PROPOSALS, proposal.number)
    ]
    wanted = approved([proposal]).get(proposal.pk, 0)
    context = {
        "proposal": proposal,
        "approved": wanted,
        "missing": max(0, wanted - sum(one.set_aside for one in rows)),
        "rows": rows,
        "left": sum(one.left for one in rows),
        "postings": postings.order_by("effective_on", "pk"),
    }
    return render_page(request, "budget/money_of.html", "budget/_money_of.html", context)
