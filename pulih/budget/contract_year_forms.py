"""What is typed of a multi-year contract: a letter with its years, and where the next part goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web import numbers
from pulih.web.bounds import DayField, YearField
from pulih.web.money_field import MoneyField

from .carrying_forms import lines_after
from .forms import DAY, MONEY
from .models import BudgetLine, Posting

AMOUNTS = (
    ("rupiah_1", _("Amount of the first year, rupiah")),
    ("rupiah_2", _("Amount of the second year, rupiah")),
    ("rupiah_3", _("Amount of the third year, rupiah")),
    ("rupiah_4", _("Amount of the fourth year, rupiah")),
    ("rupiah_5", _("Amount of the fifth year, rupiah")),
)


class ContractYearsForm(forms.Form):
    """A letter: the contract, the first year, and the most of each year from that on."""

    number = forms.CharField(max_length=80, label=_("Number of the contract"))
    letter = forms.CharField(max_length=80, label=_("Number of the letter"))
    office = forms.CharField(max_length=80, label=_("Office that wrote it"))
    effective_on = DayField(label=_("Takes effect on"), widget=DAY)
    first_year = YearField(label=_("First year"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for place, (name, label) in enumerate(AMOUNTS):
            self.fields[name] = MoneyField(min_value=0, required=place < 2, label=label)
            self.fields[name].widget.attrs.update(MONEY)

    def clean(self) -> dict[str, Any]:
        """Put the amounts together as `years`, rupiah by year; none may be left out between."""
        values = super().clean() or {}
        first = values.pop("first_year", None)
        amounts = [values.pop(name, None) for name, _label in AMOUNTS]
        while amounts and amounts[-1] is None:
            amounts.pop()
        for (name, _label), amount in zip(AMOUNTS, amounts, strict=False):
            if amount is None and not self.has_error(name):
                self.add_error(name, _("A year without payment gets 0."))
        if first is not None:
            values["years"] = dict(enumerate((one or 0 for one in amounts), first))
        return values


class PartForm(forms.Form):
    """The line of the next year that carries the contract's part."""

    to = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Line of the next year"))
    effective_on = DayField(label=_("In effect on"), widget=DAY)

    def __init__(self, *arguments: Any, contract: Posting, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["to"]
        field.queryset = lines_after(contract)
        field.label_from_instance = lambda one: (
            f"{one.line_key} · {numbers.rupiah(one.amounts.free)}"
        )
