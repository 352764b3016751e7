from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import COUNTRY, Area

from .models import Role


class AreaField(forms.ModelChoiceField):
    """A province, regency or city of today, or the country."""

    def __init__(self, today: date, **options: Any) -> None:
        areas = Area.objects.valid_on(today).order_by("level", "sort_key")
        super().__init__(areas, label=_("Area"), **options)


class PersonForm(forms.Form):
    """A new person: who, what role, and for which area."""

    username = forms.SlugField(label=_("User name"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[choice for choice in Role.choices if choice[0] != Role.SYSTEM]
    )

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["area"] = AreaField(
            today,
            required=False,
            help_text=_("Officers need one; planners and auditors see the whole country."),
        )


class ReachForm(forms.Form):
    """One more area for a person."""

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["area"] = AreaField(today, initial=COUNTRY)
