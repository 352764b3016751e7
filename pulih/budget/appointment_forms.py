"""What is typed of who holds which post of a unit. The same forms serve the pages and the API."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.people.models import User
from pulih.people.permissions import ROLES, Permission
from pulih.web.bounds import DayField

from .forms import DAY
from .models import (
    Post,
    SpendingUnit,
)


class AppointForm(forms.Form):
    """Somebody's post in a unit, by decree."""

    post = forms.ChoiceField(choices=Post.choices, label=_("Appointed as"))
    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    nip = forms.CharField(
        max_length=24, required=False, label="NIP", help_text=_("Stands under what is signed.")
    )
    nik = forms.CharField(
        max_length=24,
        required=False,
        label="NIK",
        help_text=_("Kept encrypted and never shown: nobody is to pay oneself through a list."),
    )
    decree = forms.CharField(max_length=80, label=_("Number of the decree"))
    valid_from = DayField(label=_("From"), widget=DAY)
    valid_to = DayField(
        required=False,
        label=_("Until before"),
        widget=DAY,
        help_text=_("Empty: until it is ended."),
    )
    reason = forms.CharField(
        max_length=300,
        required=False,
        label=_("Reason, if it begins before today"),
    )

    def __init__(self, *arguments: Any, unit: SpendingUnit, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast("forms.ModelChoiceField[User]", self.fields["person"])
        field.queryset = User.objects.filter(is_active=True, pk__in=_staff(unit)).order_by("name")


class EndForm(forms.Form):
    """The first day on which an appointment no longer holds."""

    on = DayField(label=_("First day without it"), widget=DAY)
    reason = forms.CharField(
        max_length=300, required=False, label=_("Reason, if it ends before today")
    )


def _staff(unit: SpendingUnit) -> list[int]:
    """Return whose reach is the unit's own area and who may write its documents."""
    roles = [role for role, may in ROLES.items() if Permission.POST_DOCUMENTS in may]
    people = User.objects.filter(role__in=roles, reaches__area=unit.province_id)
    return list(people.values_list("pk", flat=True))
