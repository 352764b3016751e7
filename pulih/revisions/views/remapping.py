"""Moving a unit's lines to accounts of the pandemic: what can move, and the officer's choice."""

import re
import uuid
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.budget.models import SpendingUnit
from pulih.budget.reads import AccountNames, words_of
from pulih.classifications.remapping import QUESTION, REASONS
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import actions
from ..forms import DayForm


@require_http_methods(["GET", "POST"])
@permission_required(Permission.REVISE_BUDGET)
def remap_lines(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Choose the lines to move and their accounts; a draft revision comes of it."""
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    on = DayForm(request.POST or request.GET).day(as_of(request).day)
    found = actions.remap_choices(unit, year, on)
    problem, token = "", _token(request)
    if request.method == "POST":
        asked = ((one.line.line_id, request.POST.get(f"to_{one.line.line_id}")) for one in found)
        chosen = {line: account for line, account in asked if account}
        try:
            revision = actions.remap(unit, year, on=on, by=request.user, chosen=chosen, token=token)
        except Refusal as refusal:
            problem = say(refusal.message)
        else:
            messages.success(request, _("Draft saved. No money moves until it is in force."))
            return go_to(request, reverse("revisions:revision", args=[revision.pk]))
    names = AccountNames(on)
    details = dict(unit.lines.filter(fiscal_year=year).values_list("pk", "detail"))
    context = {
        "unit": unit,
        "year": year,
        "on": on,
        "rows": [_row(request, one, names, details.get(one.line.line_id, "")) for one in found],
        "problem": problem,
        "token": token,
        "question": say(QUESTION),
        "reasons": [say(text) for text in REASONS.values()],
    }
    return render_page(request, "revisions/remap.html", "revisions/_remap.html", context)


def _token(request: PersonRequest) -> str:
    """Return what tells this form from others: what it was sent with, or a new one."""
    sent = request.POST.get("token", "")
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else uuid.uuid4().hex


def _row(request: PersonRequest, choice: Any, names: AccountNames, detail: str) -> dict[str, Any]:
    line = choice.line
    name = f"to_{line.line_id}"
    return {
        "line": line,
        "free": choice.free,
        "words": words_of(names(line.account), detail),
        "name": name,
        "is_asked": choice.must_be_asked,
        "chosen": request.POST.get(name, ""),
        "targets": [
            (one.to_account, names(one.to_account), one.verified) for one in choice.targets
        ],
    }
