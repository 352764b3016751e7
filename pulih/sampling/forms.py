"""What people type about sampling checks. Pages and programs use the same forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import COUNTRY, Area
from pulih.people.models import User
from pulih.web.bounds import DayField, WholeField

from .models import CONFIDENCES, Kind, Outcome, SampleCheck
from .rules.sample import Wanted

LARGEST_COUNT = 10**12


def _day(**named: Any) -> DayField:
    return DayField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **named)


class FreezeForm(forms.Form):
    """A new list. error, confidence, share come to the action as one `Wanted`."""

    title = forms.CharField(max_length=160, label=_("Title"))
    kind = forms.ChoiceField(choices=Kind.choices, label=_("What is checked"))
    province = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    first_day = _day(label=_("First day"))
    last_day = _day(label=_("Last day"))
    error = WholeField(
        min_value=1, max_value=20, initial=10, label=_("Error wanted, percentage points"),
        help_text=_("Half the width of the interval. A smaller error asks for more visits."),
    )  # fmt: skip
    confidence = forms.TypedChoiceField(
        choices=CONFIDENCES, coerce=int, initial=95, label=_("Confidence"),
        help_text=_("How often such an interval holds the truth."),
    )  # fmt: skip
    share = WholeField(
        min_value=1, max_value=99, initial=50, label=_("Share expected, percent"),
        help_text=_("50 where nothing is known yet; it asks for the most visits."),
    )  # fmt: skip

    def __init__(self, by: User, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        areas = Area.objects.filter(level__in=("country", "province")).order_by("level", "sort_key")
        sight = by.sight
        fields["province"].queryset = (
            areas if sight.country else areas.filter(pk__in=sight.provinces)
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            names = ("error", "confidence", "share")
            values["wanted"] = Wanted(**{name: values.pop(name) for name in names})
            if values["province"].pk == COUNTRY:
                values["province"] = None
        return values


class DrawForm(forms.Form):
    seed = forms.CharField(
        min_length=4, max_length=60, label=_("Seed"),
        help_text=_("Drawn now, before the witnesses: such as by dice, one figure after another."),
    )  # fmt: skip
    witness = forms.CharField(max_length=120, label=_("First witness"))
    other_witness = forms.CharField(max_length=120, label=_("Second witness"))


class LinkForm(forms.Form):
    holder = forms.CharField(max_length=120, label=_("Who visits"))
    regencies = forms.ModelChoiceField(
        Area.objects.none(), required=False, label=_("Regency or city"),
        help_text=_("Blank: all that nobody visited yet."),
    )  # fmt: skip

    def __init__(self, sample: SampleCheck, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        drawn = sample.units.filter(drawn__isnull=False, visits=None).values("regency")
        fields["regencies"].queryset = Area.objects.filter(pk__in=drawn).order_by("sort_key")

    def clean_regencies(self) -> list[int]:
        chosen = self.cleaned_data["regencies"]
        return [chosen.pk] if chosen else []


class VisitForm(forms.Form):
    """What a visit found. why: only where a visit is corrected."""

    outcome = forms.ChoiceField(choices=Outcome.choices, label=_("What was found"))
    counted = WholeField(min_value=0, max_value=LARGEST_COUNT, required=False, label=_("Counted"))
    note = forms.CharField(
        max_length=500, required=False, label=_("What was seen or said"),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    visited_on = _day(label=_("Visited on"))
    visitor = forms.CharField(max_length=120, label=_("Who visited"))
    why = forms.CharField(max_length=200, required=False, label=_("Why corrected"))
