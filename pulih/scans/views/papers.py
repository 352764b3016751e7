"""The signed copy of one paper."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.documents.kinds import name_of, page_of
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.page import render_page

from ..lookups import pages_for, paper_with, papers_for
from ..models import PageState
from .shared import may_bring


@require_safe
@permission_required(Permission.SEE_FILES)
def show_paper(request: PersonRequest, code: str) -> HttpResponseBase:
    """Show the signed copy of a paper, and of its other versions."""
    paper = paper_with(code, request.user)
    if paper is None:
        raise Http404
    same = papers_for(request.user).filter(kind=paper.kind, subject=paper.subject)
    rows = pages_for(request.user).filter(paper__in=same, state=PageState.ATTACHED)
    shown = rows.select_related("paper", "brought_by").order_by("file_id", "number")
    context = {
        "paper": paper,
        "name": name_of(paper.kind),
        "record_url": page_of(paper),
        "copies": [one for one in shown if one.paper_id == paper.pk],
        "others": [one for one in shown if one.paper_id != paper.pk],
        "may_bring": may_bring(request),
    }
    return render_page(request, "scans/paper.html", "scans/_paper.html", context)
