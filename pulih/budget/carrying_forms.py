"""Which line of the next year carries what a contract did not get paid."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pulih.web import numbers
from pulih.web.money_field import MoneyField

from .actions.carrying_over import unpaid_of
from .forms import MONEY, DocumentForm
from .models import BudgetLine, Posting


class CarryOverForm(DocumentForm):
    """The line of the next year, the sum, and the addendum that says so."""

    to = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Line of the next year"))
    rupiah = MoneyField(min_value=1, label=_("Amount, rupiah"))
    field_order = ("to", "rupiah", "number", "effective_on")

    def __init__(self, *arguments: Any, contract: Posting, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["to"]
        field.queryset = lines_after(contract)
        field.label_from_instance = lambda one: (
            f"{one.line_key} · {numbers.rupiah(one.amounts.free)}"
        )
        self.fields["number"].label = _("Number of the addendum")
        left = sum(one.left for one in unpaid_of(contract))
        self.fields["rupiah"].initial = left
        self.fields["rupiah"].widget.attrs.update(MONEY)
        self.fields["rupiah"].help_text = _("At most {left}: not asked for yet.").format(
            left=numbers.rupiah(left)
        )


def lines_after(contract: Posting) -> QuerySet[BudgetLine]:
    """Return the lines of the unit in the year after a contract's."""
    of_unit = BudgetLine.objects.filter(unit=contract.unit_id)
    return of_unit.filter(fiscal_year=contract.fiscal_year + 1).order_by("line_key")
