from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import COUNTRY, Area
from pulih.web.forms import FormBesideOthers
from pulih.web.versions import EditForm

from .models import Role


def area_field(today: date, **options: Any) -> "forms.ModelChoiceField[Area]":
    """Return a choice among the provinces, regencies and cities of today, and the country."""
    areas = Area.objects.valid_on(today).order_by("level", "sort_key")
    return forms.ModelChoiceField(areas, label=_("Area"), **options)


def role_field() -> forms.ChoiceField:
    roles = [choice for choice in Role.choices if choice[0] != Role.SYSTEM]
    return forms.ChoiceField(label=_("Role"), choices=roles)


class PersonForm(forms.Form):
    """A new person: who, what role, and for which area."""

    username = forms.SlugField(label=_("User name"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = role_field()

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["area"] = area_field(
            today,
            required=False,
            help_text=_("Officers need one; planners and auditors see the whole country."),
        )


class RoleForm(EditForm, forms.Form):
    """Another role for a person, and why."""

    anew = ("area", "reason")

    role = role_field()
    reason = forms.CharField(max_length=200, label=_("Reason"))

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["area"] = area_field(
            today,
            required=False,
            help_text=_("Blank keeps the areas that fit the new role."),
        )
        self.order_fields(["role", "area", "reason"])


class ReachForm(FormBesideOthers):
    """One more area for a person."""

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["area"] = area_field(today, initial=COUNTRY)
