"""What a treasurer types about the books. The same form serves the page and the API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.budget.forms import DAY, MONEY
from pulih.web.bounds import DayField
from pulih.web.money_field import MoneyField

from .models.books import CASH_MOVES


class CashForm(forms.Form):
    """Cash fetched from the bank, or brought there."""

    kind = forms.ChoiceField(choices=CASH_MOVES, label=_("What was done"))
    rupiah = MoneyField(min_value=1, label=_("Amount, rupiah"))
    day = DayField(label=_("Date"), widget=DAY)
    number = forms.CharField(max_length=60, label=_("Number of the cheque or slip"))

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["rupiah"].widget.attrs.update(MONEY)
