"""What an office types about what was made, and about tools for a whole class."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.budget.models import DESCRIPTION_KINDS
from pulih.web.bounds import WholeField
from pulih.web.forms import FormBesideOthers

from .forms import GiverForm, day_field
from .models import Activity, Cohort, Item, Session
from .rules.goods import LARGEST_QUANTITY

LARGEST_EACH = 1_000
LONGEST_NUMBER = 54  # A stroke and the number in the class follow.


class BatchForm(FormBesideOthers):
    """What was made, and out of what."""

    product = forms.ModelChoiceField(Item.objects.none(), label=_("Product"))
    quantity = WholeField(min_value=1, max_value=LARGEST_QUANTITY, label=_("Pieces made"))
    material = forms.ModelChoiceField(Item.objects.none(), required=False, label=_("Material"))
    used = WholeField(
        min_value=0, max_value=LARGEST_QUANTITY, required=False, label=_("Material used")
    )
    makers = forms.ModelMultipleChoiceField(
        Cohort.objects.none(), label=_("Made by the classes"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One or several that worked on it together."),
    )  # fmt: skip
    standard = forms.CharField(
        max_length=80, required=False, label=_("By the standard"),
        help_text=_("With its version, such as SNI 8914:2020; blank where there was none yet."),
    )  # fmt: skip
    session = forms.ModelChoiceField(
        Session.objects.none(), required=False, label=_("In the session")
    )
    day = day_field(label=_("Day"))

    def __init__(self, activity: Activity, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = fields["material"].queryset = activity.items.order_by("name")
        fields["makers"].queryset = activity.cohorts.order_by("name", "pk")
        sessions = Session.objects.filter(cohort__activity=activity).select_related("cohort")
        fields["session"].queryset = sessions.order_by("cohort__name", "day", "starts_at")
        fields["session"].label_from_instance = lambda one: f"{one.cohort} · {one}"

    def clean_used(self) -> int:
        return self.cleaned_data["used"] or 0


class ItemNameForm(FormBesideOthers):
    """What the name of a good speaks of, and why the rule errs."""

    item = forms.ModelChoiceField(Item.objects.none(), label=_("Goods item"))
    kind = forms.ChoiceField(choices=DESCRIPTION_KINDS, label=_("The name speaks of"))
    reason = forms.CharField(max_length=300, label=_("Reason"))

    def __init__(self, activity: Activity, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = activity.items.order_by("name")


class KitForm(GiverForm):
    """The same for everybody of a class."""

    number = forms.CharField(
        max_length=LONGEST_NUMBER, label=_("Number of the BAST"),
        help_text=_("One each; the number in the class follows: BAST-7/1, BAST-7/2."),
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
