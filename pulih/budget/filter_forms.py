"""What is asked of lists of lines and documents. The same forms serve the pages and the API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import KeyField, YearField

from .models import (
    AmountKind,
    DocumentKind,
)

WITHIN = [("provinces", _("Provincial units")), ("centre", _("Head office"))]


class DocumentFilter(forms.Form):
    """The filters of the list of documents, all in the address."""

    year = YearField(required=False)
    province = KeyField(required=False)
    unit = KeyField(required=False)
    line = KeyField(required=False)
    kind = forms.ChoiceField(
        required=False, choices=[("", _("All documents")), *DocumentKind.choices]
    )
    amount = forms.ChoiceField(required=False, choices=[("", ""), *AmountKind.choices])
    q = forms.CharField(required=False)


class LineFilter(forms.Form):
    """The filters of the list of lines, all in the address."""

    year = YearField(required=False)
    province = KeyField(required=False)
    unit = KeyField(required=False)
    measure = forms.CharField(required=False)
    account = forms.RegexField(r"^\d{1,6}$", required=False)
    q = forms.CharField(required=False)
    line = KeyField(required=False)
    within = forms.ChoiceField(required=False, choices=[("", ""), *WITHIN])
    only = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("All lines")),
            ("untagged", _("Without a measure")),
            ("movable", _("That a plan may move")),
            ("blocked", _("Blocked")),
            ("protected", _("Protected")),
            ("physical", _("Physical, warned of")),
        ],
    )
