"""What people type about their views of lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60
LONGEST_KEPT = 4_000  # Signs of what a list's form carries.


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=LONGEST_NAME)


class SaveForm(NameForm):
    """kept: what the list was asked, as `saved.token` wrote it."""

    kept = forms.CharField(max_length=LONGEST_KEPT, widget=forms.HiddenInput)
