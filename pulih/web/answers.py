"""A form's way to an action and back: a refusal stands in the form."""

from collections.abc import Callable
from typing import Any

from django import forms

from pulih.common.errors import Refusal
from pulih.web.words import say


def carried_out(form: forms.BaseForm, act: Callable[..., Any], at: str | None = None) -> Any:
    """Call `act` with what a valid form holds; None where the form is wrong or `act` refuses.

    at: the field that a refusal speaks of, else it stands above the form.
    """
    made: list[Any] = []
    return made[0] if is_done(form, lambda **given: made.append(act(**given)), at) else None


def is_done(form: forms.BaseForm, act: Callable[..., object], at: str | None = None) -> bool:
    """Call `act` with what a valid form holds; say whether it did what was asked."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refusal as refusal:
        form.add_error(at, say(refusal.message))
        return False
    return True


def first_error(form: forms.BaseForm) -> str:
    """Say what is wrong with a form in one sentence, for a page that does not draw its fields."""
    return next((str(words) for errors in form.errors.values() for words in errors), "")


def first_error_named(form: forms.BaseForm) -> str:
    """Say what is wrong with a form in one sentence that begins with the field it speaks of."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else None
        return f"{label}: {errors[0]}" if label else str(errors[0])
    return ""
