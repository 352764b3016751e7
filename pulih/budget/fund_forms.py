"""What is typed of a fund source: the terms of a letter."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import DayField, RateField
from pulih.web.money_field import MoneyField

from .forms import DAY

CURRENCY = RegexValidator("^[A-Z]{3}$", _("Write the three capitals of a currency, such as USD."))
SOURCES = (
    ("PNP", _("PNBP")),
    ("PLN", _("Foreign loan (PLN)")),
    ("HLN", _("Foreign grant (HLN)")),
)


class FundTermForm(forms.Form):
    """PNBP: what was deposited and may be paid; loans: register, currency and rate."""

    fund_source = forms.ChoiceField(choices=SOURCES, label=_("Fund source"))
    letter = forms.CharField(max_length=80, label=_("Number of the letter"))
    office = forms.CharField(max_length=80, label=_("Office that wrote it"))
    effective_on = DayField(label=_("Takes effect on"), widget=DAY)
    deposited = MoneyField(min_value=0, required=False, label=_("PNBP: deposited so far"))
    maximum = MoneyField(
        min_value=0,
        required=False,
        label=_("PNBP: may be paid in this year"),
        help_text=_("All payments of the year together, not what comes to them."),
    )
    register = forms.CharField(max_length=30, required=False, label=_("Loan: register number"))
    currency = forms.CharField(
        max_length=3, required=False, validators=[CURRENCY], label=_("Loan: currency")
    )
    rate = RateField(
        max_digits=14, decimal_places=4, min_value=0, required=False,
        label=_("Loan: rupiah for one unit of it"),
    )  # fmt: skip
