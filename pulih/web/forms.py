"""What stands against a form, where the page shows the sentence elsewhere than at the field."""

from django import forms


def problem_of(form: forms.BaseForm) -> str:
    """Return every error of a form as one text."""
    return " ".join(str(one) for errors in form.errors.values() for one in errors)
