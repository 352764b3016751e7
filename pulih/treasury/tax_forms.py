"""What people type about taxes of payment requests. The same forms serve the pages and the API."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.budget.forms import DAY, MONEY
from pulih.web import numbers
from pulih.web.bounds import DayField, KeyField
from pulih.web.money_field import MoneyField
from pulih.web.words import say

from .models.taxes import PAYEES
from .reads.taxes import Difference
from .rules import taxes
from .rules.taxes import Way


class PayeeForm(forms.Form):
    """What the payee is to the tax office; the rule's sums follow from it."""

    payee = forms.ChoiceField(choices=PAYEES, label=_("The payee is a"))
    has_number = forms.BooleanField(required=False, label=_("The payee shows an NPWP"))
    withheld_on = DayField(required=False, label=_("Withheld on"), widget=DAY)
    is_cash = forms.BooleanField(required=False, label=_("Paid in cash"))

    def __init__(self, *arguments: Any, way: Way, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if way == Way.ORDER:
            del self.fields["withheld_on"], self.fields["is_cash"]


class TaxesForm(PayeeForm):
    """The rupiah of each tax, and why they are otherwise than the rule says."""

    seen = KeyField(required=False, min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=300, required=False, label=_("Reason, if it is otherwise than the rule")
    )

    def __init__(self, *arguments: Any, way: Way, rule: Sequence[Difference], **named: Any) -> None:
        super().__init__(*arguments, way=way, **named)
        self.taxes = [one.tax for one in rule]
        for one in rule:
            self.fields[one.tax] = _tax_field(one)
        self.order_fields([*PayeeForm.base_fields, *self.taxes, "reason"])

    def values(self) -> dict[str, Any]:
        """Return what the action takes: rupiah by tax, and the rest by its name."""
        typed = dict(self.cleaned_data)
        amounts = {tax: typed.pop(tax) or 0 for tax in self.taxes}
        return {"amounts": amounts, **typed}


def _tax_field(one: Difference) -> MoneyField:
    field = MoneyField(
        min_value=0,
        required=False,
        label=say(taxes.taxes()[one.tax].words),
        initial=one.rupiah,
        help_text=_("By the rule: %(rupiah)s") % {"rupiah": numbers.rupiah(one.suggested)},
    )
    field.widget.attrs.update(MONEY)
    return field


class ProofForm(forms.Form):
    """The receipt of a tax that was paid in."""

    ntpn = forms.CharField(max_length=40, label=_("NTPN (16 signs)"))
    paid_on = DayField(label=_("Paid in on"), widget=DAY)


class WithdrawProofForm(forms.Form):
    """Why a receipt number is withdrawn."""

    reason = forms.CharField(max_length=300, label=_("Reason"))
