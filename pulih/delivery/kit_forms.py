"""What an office types to hand the same tools to a whole class."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import WholeField

from .forms import GiverForm, day_field
from .models import Activity, Cohort, Item

LARGEST_EACH = 1_000
LONGEST_NUMBER = 54  # A stroke and the number in the class follow.


class KitForm(GiverForm):
    """The same for everybody of a class."""

    number = forms.CharField(
        max_length=LONGEST_NUMBER, label=_("Number of the BAST"),
        help_text=_("The number in the class follows: BAST-7/1, BAST-7/2."),
    )  # fmt: skip
    item = forms.ModelChoiceField(Item.objects.none(), label=_("Goods item"))
    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=_("Class"))
    each = WholeField(min_value=1, max_value=LARGEST_EACH, initial=1, label=_("For each"))
    sent_on = day_field(label=_("Sent on"))
    field_order = ("number", "item", "cohort", "each", "sent_on")

    def __init__(self, activity: Activity, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = activity.items.order_by("name")
        fields["cohort"].queryset = activity.cohorts.order_by("name", "pk")
