"""What people type about scans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import KeyField


class SearchForm(forms.Form):
    """Which paper a page belongs to."""

    q = forms.CharField(
        max_length=160,
        required=False,
        label=_("Number of the paper, or its code"),
        help_text=_("A part of the number is enough."),
    )


class AttachForm(forms.Form):
    paper = KeyField()


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Reason"))
