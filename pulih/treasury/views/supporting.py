"""Naming the papers that an SPP needs by the checklist of its accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page

from .. import actions
from ..forms import PapersForm
from ..reads.supporting import checklist_of
from .requests import request_seen


@require_http_methods(["GET", "POST"])
@permission_required(Permission.POST_DOCUMENTS)
def name_papers(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take number and date of each paper, or why it is not there."""
    asked = request_seen(request, pk)
    papers = [one for one in checklist_of(asked) if one.code]
    form = PapersForm(papers, request.POST or None)

    def act(**_typed: Any) -> bool:
        actions.name_papers(asked, form.named(), by=request.user)
        return True

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, _("The papers are recorded."))
        return go_to(request, reverse("treasury:request", args=[pk]))
    context = {"asked": asked, "form": form}
    return render_page(request, "treasury/papers_of.html", "treasury/_papers_of.html", context)
