"""From a form to an action and back: a refusal stands in the form, success moves on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest
from pulih.registry.models import Enterprise
from pulih.web.page import go_to, render_page
from pulih.web.words import say


def is_done(form: forms.Form, act: Callable[..., object]) -> bool:
    """Run the action with what the form holds; a refusal becomes the form's own error."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, say(refusal.message))
        return False
    return True


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
