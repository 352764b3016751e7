"""What people type about requests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import DayField

from .models import Outcome, RequestKind

AREA = forms.Textarea(attrs={"rows": 4})


class RequestForm(forms.Form):
    """What somebody asks, in their own words."""

    kind = forms.ChoiceField(choices=RequestKind.choices, label=_("Asks to"))
    received_on = DayField(
        label=_("Received on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    said = forms.CharField(
        max_length=2_000,
        label=_("What is asked"),
        help_text=_("In the person's words. Whole numbers are cut when it is saved."),
        widget=AREA,
    )


class AnswerForm(forms.Form):
    """How it was settled, and what the person was told."""

    outcome = forms.ChoiceField(choices=Outcome.choices, label=_("How it was settled"))
    said = forms.CharField(
        max_length=2_000,
        label=_("Answer"),
        help_text=_("What was done, or why it was not and which rule says so."),
        widget=AREA,
    )
