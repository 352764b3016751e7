"""What people type about grants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import DayField, KeyField

from .states import KEYS


class StepForm(forms.Form):
    """The paper of the step that a grant waits for. seen: the last step that the page showed."""

    number = forms.CharField(max_length=80, label=_("Number of the paper"))
    dated = DayField(label=_("Dated"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    note = forms.CharField(max_length=300, required=False, label=_("Note"))
    step = forms.ChoiceField(choices=[(one, one) for one in KEYS], widget=forms.HiddenInput)
    seen = KeyField(required=False, widget=forms.HiddenInput)
