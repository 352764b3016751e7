"""Which lines carry an approved proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web import numbers
from pulih.web.bounds import DayField, KeyField
from pulih.web.money_field import MoneyField

from .models import BudgetLine


class FundingForm(forms.Form):
    """The decision's number and day, and rupiah for each line that may carry it."""

    seen = KeyField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(max_length=80, label=_("Number of the decision"))
    effective_on = DayField(
        label=_("Takes effect on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(
        self,
        *arguments: Any,
        lines: list[BudgetLine],
        amounts: dict[int, int],
        measure: int,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.lines = lines
        for line in lines:
            self.fields[f"line_{line.pk}"] = MoneyField(
                required=False,
                min_value=0,
                initial=amounts.get(line.pk, 0),
                label=" · ".join([line.line_key, *([line.detail] if line.detail else [])]),
                help_text=_free(line, measure),
            )

    def amounts(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data[f"line_{line.pk}"] or 0 for line in self.lines}


def _free(line: BudgetLine, measure: int) -> str:
    """Say what is free on a line, and where it is meant for another measure."""
    said = _("%(free)s free, of %(unit)s")
    if line.measure_id not in (None, measure):
        said = _("%(free)s free, of %(unit)s, for another measure")
    return str(said % {"free": numbers.rupiah(line.amounts.free), "unit": line.unit})
