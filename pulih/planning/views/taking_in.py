"""A case folder comes in: it becomes a draft, or its faults are listed."""

from datetime import date

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web import numbers
from pulih.web.answers import carried_out
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import actions
from ..actions.taking_in import TakenIn
from ..forms import TakeInForm
from .editing import years_of

SHOWN = 200  # Faults on the page; the rest is counted.


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN)
def take_in(request: PersonRequest) -> HttpResponseBase:
    """Make a draft of a case folder, or list what is wrong with it."""
    form = TakeInForm(
        request.POST or None,
        request.FILES or None,
        years=years_of(request.user),
        initial={"as_of": as_of(request).day},
    )

    def act(as_of: date, **_typed: object) -> TakenIn:
        assert form.case is not None  # A form without one is not valid.
        return actions.take_in(form.case, as_of, by=request.user)

    if taken := carried_out(form, act, at="file"):
        _tell(request, taken.differing)
        return go_to(request, reverse("planning:scenario", args=[taken.scenario.pk]))
    context = {
        "form": form,
        "faults": [(fault, say(fault.message)) for fault in form.faults[:SHOWN]],
        "more_faults": max(0, len(form.faults) - SHOWN),
    }
    return render_page(request, "planning/take_in.html", "planning/_take_in.html", context)


def _tell(request: PersonRequest, differing: dict[str, int]) -> None:
    """Say in which tables the case and the house differ: the house's own rows count."""
    messages.success(request, _("The case is a draft now; its numbers and rules were taken."))
    if differing:
        rows = ", ".join(f"{name} {numbers.whole(count)}" for name, count in differing.items())
        messages.warning(
            request,
            _("Rows that differ from what Pulih holds, where Pulih’s count: %(rows)s.")
            % {"rows": rows},
        )
