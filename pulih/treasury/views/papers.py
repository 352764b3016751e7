"""Papers of an SPP: giving one its code, and printing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.kept_files import made_file
from pulih.web.page import go_to

from .. import actions
from ..documents.payment import pdf
from ..lists import told
from ..reads.papers import papers_of
from .requests import request_seen


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def prepare(request: PersonRequest, pk: int, kind: str, of: int) -> HttpResponseBase:
    """Give a paper its code and go to its print."""
    asked = request_seen(request, pk)
    try:
        actions.prepare_paper(asked, kind, of, by=request.user)
    except Refusal as refusal:
        messages.error(request, told(refusal.message))
        return go_to(request, reverse("treasury:request", args=[pk]))
    return go_to(request, reverse("treasury:paper", args=[pk, kind, of]))


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show(request: PersonRequest, pk: int, kind: str, of: int) -> HttpResponseBase:
    """Answer a paper that has its code as PDF; one with taxes stated since is prepared first."""
    for one in papers_of(request_seen(request, pk)):
        if (one.key, one.of.pk) == (kind, of) and one.is_current:
            name = f"{kind}-{one.of.document_number}.pdf".replace("/", "-")
            return made_file(pdf(one), name, shown=True)
    raise Http404
