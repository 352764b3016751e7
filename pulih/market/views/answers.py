"""A page that is one form, and the firm that a page is of."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from pulih.people.access import PersonRequest
from pulih.registry.models import Enterprise
from pulih.web.answers import is_done
from pulih.web.page import go_to, render_page


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., object],
    back: str | Callable[[Any], str],
    **context: Any,
) -> HttpResponseBase:
    """Answer a page that is one form. back: where it leads, or leads with what was made.

    context: title, crumb, crumb_url, answer, button.
    """
    made: list[object] = []
    if request.method == "POST" and is_done(form, lambda **given: made.append(act(**given))):
        return go_to(request, back if isinstance(back, str) else back(made[0]))
    return render_page(request, "market/form.html", "market/_form.html", {"form": form, **context})


def firm_of(request: PersonRequest, pk: int) -> Enterprise:
    """Return the firm if the person sees it; 404 otherwise, as if it were not there."""
    rows = Enterprise.objects.visible_to(request.user).select_related("province", "regency")
    found: Enterprise = get_object_or_404(rows, pk=pk)
    return found
