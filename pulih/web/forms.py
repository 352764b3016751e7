"""Forms that share a page, and what stands against one where the page says it elsewhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NameField(forms.CharField):
    """What something is called: a sum, a day or a row of dashes is none."""

    def validate(self, value: str) -> None:
        """Refuse what has no letter of any script."""
        super().validate(value)
        if value and not any(sign.isalpha() for sign in value):
            raise ValidationError(_("A name has at least one letter."))


class FormBesideOthers(forms.Form):
    """Several forms stand on one page: the ids of each begin with its own name."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"auto_id": f"{type(self).__name__}_%s", **named})


def problem_of(form: forms.BaseForm) -> str:
    """Return every error of a form as one text."""
    return " ".join(str(one) for errors in form.errors.values() for one in errors)
