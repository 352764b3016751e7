"""A form's way to an action and back: a refusal stands in the form."""

from collections.abc import Callable
from typing import Any

from django import forms

from pulih.common.errors import Refusal
from pulih.web.words import say


def carried_out(form: forms.Form, act: Callable[..., Any]) -> Any:
    """Call `act` with what a valid form holds; None where the form is wrong or `act` refuses."""
    made: list[Any] = []
    return made[0] if is_done(form, lambda **given: made.append(act(**given))) else None


def is_done(form: forms.Form, act: Callable[..., object]) -> bool:
    """Call `act` with what a valid form holds; say whether it did what was asked."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, say(refusal.message))
        return False
    return True


def first_error(form: forms.Form) -> str:
    """Say what is wrong with a form in one sentence, for a page that does not draw its fields."""
    return next((str(words) for errors in form.errors.values() for words in errors), "")
