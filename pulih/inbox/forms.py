from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import COUNTRY, Area
from pulih.people.models import User
from pulih.web.bounds import DayField

from .models import Kind, Verdict


def offices_of(person: User) -> "list[Area]":
    """Return the areas for which a person may deliver: their own first, then what lies in it."""
    areas = Area.objects.valid_on(timezone.localdate()).order_by("sort_key")
    sight = person.sight
    if sight.country:
        chosen = areas.filter(level="province")
        country = Area.objects.filter(pk=COUNTRY)
        return [*country, *chosen]
    keys = sight.provinces | sight.regencies
    found = list(areas.filter(pk__in=keys))
    home = person.home
    return sorted(found, key=lambda area: (area != home, area.level != "province", area.sort_key))


class DeliveryForm(forms.Form):
    """One or several files for one office."""

    kind = forms.ChoiceField(label=_("Content"), choices=Kind.choices, initial=Kind.AUTO)
    office = forms.ModelChoiceField(Area.objects.none(), label=_("Office"), empty_label=None)
    as_of = DayField(
        label=_("Data as of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day for which the list speaks, not the day you send it."),
    )

    def __init__(self, *arguments: Any, person: User, day: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offices = offices_of(person)
        field = self.fields["office"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in offices])
        field.choices = [(area.pk, area.name) for area in offices]
        field.initial = person.home.pk if person.home else None
        self.fields["as_of"].initial = day

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if not date(2010, 1, 1) <= day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day between 2010 and today."))
        return day


class RowFilter(forms.Form):
    verdict = forms.ChoiceField(choices=Verdict.choices, required=False)
    q = forms.CharField(required=False, max_length=100)
