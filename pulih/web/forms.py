"""Forms that share a page, and what stands against one where the page says it elsewhere."""

from typing import Any

from django import forms


class FormBesideOthers(forms.Form):
    """Several forms stand on one page: the ids of each begin with its own name."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"auto_id": f"{type(self).__name__}_%s", **named})


def problem_of(form: forms.BaseForm) -> str:
    """Return every error of a form as one text."""
    return " ".join(str(one) for errors in form.errors.values() for one in errors)
