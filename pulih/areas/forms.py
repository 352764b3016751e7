"""What a person may ask of the list of areas and of the picker."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Area, Level


class AreaFilter(forms.Form):
    """Half a name, a level, and the area that they lie in; what is not understood is no filter."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All levels")), *Level.choices]
    )
    within = forms.ModelChoiceField(
        Area.objects.filter(level=Level.PROVINCE).order_by("sort_key"),
        label=_("Province"),
        required=False,
        empty_label=_("All provinces"),
    )
