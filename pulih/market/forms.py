"""What offices type about makers. The same forms serve the pages and the API."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, Level
from pulih.classifications import certificates
from pulih.web.bounds import DayField, KeyField
from pulih.web.money_field import MoneyField

from .models import GroupKind, Product, Standard

LARGEST_ORDER = 10**7  # Units: more than the country makes of anything in a week.


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, "%Y-%m-%d")


class CapacityForm(forms.Form):
    """What a firm makes of a product, in the words of the trade."""

    product = forms.ModelChoiceField(
        Product.objects.none(), to_field_name="code", label=_("Product"), empty_label=None
    )
    words = forms.CharField(
        max_length=200,
        label=_("How much it can make"),
        help_text=_("Number, unit and period: 500 lembar/hari, 5 kodi/minggu, 2 ton/bulan."),
    )
    price = MoneyField(
        min_value=1,
        required=False,
        label=_("Price a unit, rupiah"),
        help_text=_("Without one, the usual price of the product is offered."),
    )
    lot = forms.IntegerField(
        min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Units a lot")
    )
    min_order = forms.IntegerField(
        min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Smallest order, units")
    )
    free_from = DayField(required=False, widget=day_input(), label=_("Free from"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        listed = Product.objects.filter(valid_to=None).order_by("name_id")
        self.fields["product"].queryset = listed  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    """A certificate that the office has seen."""

    kind = forms.ChoiceField(label=_("Kind"))
    standard = forms.ModelChoiceField(
        Standard.objects.none(),
        required=False,
        label=_("Issued for the standard"),
        empty_label=_("none"),
    )
    number = forms.CharField(max_length=80, label=_("Number"))
    valid_from = DayField(required=False, widget=day_input(), label=_("From"))
    valid_to = DayField(
        required=False, widget=day_input(), label=_("Last day"), help_text=_("Blank: no end.")
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = (get_language() or "id")[:2]
        kinds = [(one.code, one.name(language)) for one in certificates.LIST.entries]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        listed = Standard.objects.filter(valid_to=None).order_by("code")
        self.fields["standard"].queryset = listed  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """A group with its hub."""

    name = forms.CharField(max_length=120, label=_("Name"))
    kind = forms.ChoiceField(choices=GroupKind.choices, label=_("Kind"))
    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency or city"))
    fee = MoneyField(min_value=0, initial=0, label=_("Fee a unit, rupiah"))
    min_order = forms.IntegerField(
        min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Smallest order, units")
    )
    valid_from = DayField(widget=day_input(), label=_("From"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        regencies = Area.objects.filter(level=Level.REGENCY, valid_to=None).order_by("sort_key")
        self.fields["regency"].queryset = regencies  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """A firm that joins a group."""

    enterprise = KeyField(label=_("Number of the firm"))
    since = DayField(widget=day_input(), label=_("From"))


class EndForm(forms.Form):
    """The day on which something ends."""

    on = DayField(widget=day_input(), label=_("Until before"))
