"""Lines: their list, and bulk tagging of what it is filtered by."""

from typing import cast

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.lists import pages
from pulih.lists.filters import Asked
from pulih.lists.listing import Dressed
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web.page import go_to

from .. import actions
from ..forms import BulkTagForm
from ..line_lists import POK_LINES
from ..lists import year_asked
from ..models.lines import BudgetLineQuerySet


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_lines(request: PersonRequest) -> HttpResponseBase:
    """List lines, untagged money first."""
    year = year_asked(pages.ask(request, POK_LINES))
    asked = pages.ask(request, POK_LINES, {"year": year})
    context = {
        "year": year,
        "day": asked.seen.day,
        "bulk": BulkTagForm(),
        "query": request.GET.urlencode(),
        "may_tag": holds(request.user, Permission.TAG_LINES),
    }
    return pages.answer(
        request, POK_LINES, "budget/lines.html", "budget/_lines.html", context, {"year": year}
    )


@require_POST
@permission_required(Permission.TAG_LINES)
def tag_lines(request: PersonRequest) -> HttpResponseBase:
    """Say of all lines that the address filters that they pay for one measure."""
    asked, form = pages.ask(request, POK_LINES), BulkTagForm(request.POST)
    back = f"{reverse('budget:lines')}?{request.GET.urlencode()}"
    if asked.faults:  # More lines than the page was asked for would be tagged.
        messages.error(request, " ".join([*asked.faults, _("Nothing was saved.")]))
        return go_to(request, back)
    if not form.is_valid():
        messages.error(request, _("Choose a measure first. Nothing was saved."))
        return go_to(request, back)
    lines = _lines(asked)
    done = actions.tag_many(lines, measure=form.cleaned_data["measure"], by=request.user)
    text = ngettext("%(n)s line tagged.", "%(n)s lines tagged.", done.tagged) % {"n": done.tagged}
    if done.unfit:
        text += " " + _("%(n)s left: their account may not pay for it.") % {"n": done.unfit}
    messages.success(request, text)
    return go_to(request, back)


def _lines(asked: Asked) -> BudgetLineQuerySet:
    """The lines that the list leaves, without what their rows show beside them."""
    return cast(BudgetLineQuerySet, cast(Dressed, POK_LINES.rows(asked)).objects)
