from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.people.identity_numbers import Reason
from pulih.people.models import User
from pulih.web.bounds import KeyField
from pulih.web.versions import EditForm

from .models import Answer


def provinces_of(person: User) -> list[Area]:
    """Return the provinces to choose from."""
    provinces = Area.objects.filter(level="province").order_by("sort_key")
    if not person.sight.country:
        provinces = provinces.filter(pk__in=person.sight.provinces)
    return list(provinces)


def regencies_of(person: User, province: int | None, day: date) -> list[Area]:
    """Return the regencies to choose from: of the chosen province, or of the person's reach."""
    regencies = Area.objects.regencies(day)
    if province is not None:
        within = Area.objects.filter(pk=province).first()
        if within is not None:
            regencies = Area.objects.within(within, day).filter(level="regency")
    elif person.sight.country:
        return []
    if not person.sight.country:
        regencies = regencies.filter(pk__in=person.sight.regencies)
    return list(regencies.order_by("sort_key"))


class AnswerForm(forms.Form):
    """What a person says of a pair; no answer is there by default."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why somebody puts the register right; others must be able to follow."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        error_messages={"required": _("Say why. Nothing was saved.")},
    )


class JoinForm(ReasonForm):
    """What a person says of two enterprises."""

    other = KeyField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=(("same", ""), ("different", "")))


class PinForm(EditForm, ReasonForm):
    """The value that an attribute is to keep."""

    anew = ("reason",)

    value = forms.CharField(label=_("Value"), required=False, max_length=500)

    field_order = ("value", "reason")


class OpeningForm(forms.Form):
    """Why a cut number is opened."""

    reason = forms.ChoiceField(choices=Reason.choices)
