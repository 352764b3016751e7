"""A step that somebody asks for by the buttons of `workflow/parts/moves.html`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from pulih.common.errors import Refusal
from pulih.web.answers import first_error_named
from pulih.web.words import say

from .forms import MoveForm


def moved(request: HttpRequest, act: Callable[..., object]) -> str | None:
    """Call `act(move, reason=, seen=)`; return why nothing was done, None where it was.

    Blank where the form is none of ours: the page then says how things stand.
    """
    form = MoveForm(request.POST)
    if not form.is_valid():
        return typed_wrong(form)
    given = form.cleaned_data
    try:
        act(given["move"], reason=given["reason"], seen=given["seen"])
    except Refusal as refusal:
        return say(refusal.message)
    return None


def typed_wrong(form: MoveForm) -> str:
    """Say what is wrong with the words typed beside a button; blank where the button is not ours.

    form: refused.
    """
    return "" if {"move", "seen"} & set(form.errors) else first_error_named(form)
