"""What an office says of a form for applicants, and what an applicant fills in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, Level
from pulih.areas.rows import area_key_of
from pulih.common.identity_numbers import unparted
from pulih.people.links.address import new_address
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.web.forms import FormBesideOthers

from .actions.applying import Application
from .forms import areas_of, day_field
from .models import Activity, Sex
from .purposes import APPLY
from .rules.roster import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_VILLAGE


class GiveFormForm(FormBesideOthers):
    """A form for applicants that an office gives."""

    holder = forms.CharField(
        max_length=120, label=_("Where it hangs, or who passes it on"),
        help_text=_("Such as a village or an association; the list says it of each applicant."),
    )  # fmt: skip
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Whose people may apply"))
    last_day = day_field(label=_("Last day to apply"))

    def __init__(
        self, by: User, activity: Activity, today: date, *arguments: Any, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["area"].queryset = areas_of(by, "regency", "province")
        fields["area"].initial = area_key_of(activity)
        longest = today + timedelta(APPLY.longest_days - 1)
        fields["last_day"].initial = max(today, min(activity.starts_on, longest))


class PosterForm(forms.Form):
    """The address that was shown once, for the poster."""

    address = forms.CharField(max_length=300)


class ApplyForm(forms.Form):
    """An application. secret: the address of the answer, made with the blank form."""

    name = forms.CharField(max_length=LONGEST_NAME, label=_("Name as on the identity card"))
    nik = forms.CharField(
        max_length=24, required=False, label="NIK",
        help_text=_("16 digits. Without it a place is provisional, and nothing can be paid."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    sex = forms.ChoiceField(choices=[("", "–"), *Sex.choices], label=_("Sex"))
    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency or city"))
    village = forms.CharField(max_length=LONGEST_VILLAGE, label=_("Village"))
    address = forms.CharField(max_length=LONGEST_ADDRESS, required=False, label=_("Address"))
    phone = forms.RegexField(
        r"^\+?[\d\s\-]{6,20}$", required=False, max_length=20, label=_("Phone"),
        widget=forms.TextInput({"inputmode": "tel"}),
    )  # fmt: skip
    has_disability = forms.BooleanField(required=False, label=_("Has a disability"))
    is_laid_off = forms.BooleanField(required=False, label=_("Laid off or sent home"))
    secret = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_address)

    def __init__(
        self, link: Link, activity: Activity, today: date, *arguments: Any, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["regency"].queryset = applying_areas(link, activity, today)
        if link.regency_id or activity.regency_id:
            fields["regency"].initial = link.regency_id or activity.regency_id

    def clean_nik(self) -> str:
        return unparted(self.cleaned_data["nik"])

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        secret = values.pop("secret")
        return {"said": Application(**values), "secret": secret}


def applying_areas(link: Link, activity: Activity, today: date) -> Any:
    """Return the regencies and cities whose people may apply by a link."""
    regencies = Area.objects.valid_on(today).filter(level=Level.REGENCY)
    if one := link.regency_id or activity.regency_id:
        return regencies.filter(pk=one)
    return regencies.within(activity.province, today).order_by("sort_key")
