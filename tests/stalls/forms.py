"""What people type about stalls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import DayField, WholeField


class AskForm(forms.Form):
    name = forms.CharField(max_length=80, label=_("Name"))
    day = DayField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    metres = WholeField(label=_("Metres"), min_value=1, max_value=20)
