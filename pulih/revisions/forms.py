"""What people type about revisions, page III and rows of lines."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.budget.models import BudgetLine
from pulih.budget.rules.keys import NOT_SAID, Funding
from pulih.budget.rules.months import MONTHS
from pulih.budget.rules.offices import NAMES, Office
from pulih.web.bounds import DayField
from pulih.web.money_field import MoneyField
from pulih.web.versions import EditForm

from .actions import DraftLine
from .models import OutputVolume

NEW_ROWS = 4
FUND_CHOICES = [
    ("", _("as the lines nearest to it")),
    *((code, code) for code in ("RM", "PNP", "BLU", "PLN", "HLN", "RMP", "SBSN")),
]
DETAIL_ROWS = 4
LARGEST_PLAN_BYTES = 5 * 2**20
DATE = forms.DateInput({"type": "date"}, "%Y-%m-%d")


class SignedMoneyField(MoneyField):
    """Whole rupiah that may be taken away: `-1.250.000`."""

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip().replace("−", "-") if isinstance(value, str) else value
        if isinstance(text, str) and text.startswith("-"):
            amount = super().to_python(text[1:])
            return None if amount is None else -amount
        return super().to_python(text)


class DraftForm(EditForm, forms.Form):
    """A revision by hand: what each line of a unit is to become, and lines to be opened."""

    anew = ("token",)

    title = forms.CharField(max_length=200, label=_("Title"))
    reason = forms.CharField(
        max_length=2000, required=False, label=_("Reason"), widget=forms.Textarea({"rows": 2})
    )
    declared_total = SignedMoneyField(initial=0, label=_("Change of the unit's ceiling, rupiah"))
    judged_on = DayField(label=_("Planned day of effect"), widget=DATE)
    volume = forms.ChoiceField(
        choices=OutputVolume.choices, required=False, label=_("Volume of outputs")
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        lines: Sequence[BudgetLine],
        *arguments: Any,
        asked: Iterable[DraftLine] = (),
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.lines = list(lines)
        self.fields["token"].initial = uuid.uuid4().hex
        wanted = list(asked)
        after = {one.line_id: one.after for one in wanted if one.line_id}
        for line in self.lines:
            self.fields[f"after_{line.pk}"] = MoneyField(
                min_value=0, initial=after.get(line.pk, line.ceiling), label=line.line_key
            )
        new = [one for one in wanted if not one.line_id]
        for row in range(max(NEW_ROWS, len(new) + 1)):
            self._add_new_row(row, new[row] if row < len(new) else None)
        self.new_count = max(NEW_ROWS, len(new) + 1)

    def _add_new_row(self, row: int, one: DraftLine | None) -> None:
        self.fields[f"key_{row}"] = forms.CharField(
            max_length=40, required=False, label=_("Key"), initial=one.key if one else ""
        )
        self.fields[f"detail_{row}"] = forms.CharField(
            max_length=300, required=False, label=_("Description"),
            initial=one.detail if one else "",
        )  # fmt: skip
        said = one.funding if one else NOT_SAID
        self.fields[f"fund_{row}"] = forms.ChoiceField(
            choices=FUND_CHOICES, required=False, label=_("Fund source"), initial=said.fund_source,
            widget=forms.Select({"class": "form-select"}),
        )  # fmt: skip
        self.fields[f"programme_{row}"] = forms.CharField(
            max_length=20, required=False, label=_("Programme"), initial=said.programme
        )
        self.fields[f"amount_{row}"] = MoneyField(
            min_value=0, required=False, label=_("Amount, rupiah"),
            initial=one.after if one else None,
        )  # fmt: skip

    @property
    def line_rows(self) -> list[tuple[BudgetLine, forms.BoundField]]:
        return [(line, self[f"after_{line.pk}"]) for line in self.lines]

    @property
    def new_rows(self) -> list[tuple[forms.BoundField, ...]]:
        names = ("key", "detail", "fund", "programme", "amount")
        return [tuple(self[f"{name}_{row}"] for name in names) for row in range(self.new_count)]

    def asked(self) -> list[DraftLine]:
        """Return what is asked of each line whose ceiling changes, and of each to be opened."""
        values = self.cleaned_data
        found = [
            DraftLine(values[f"after_{line.pk}"], line.pk)
            for line in self.lines
            if values.get(f"after_{line.pk}") not in (None, line.ceiling)
        ]
        for row in range(self.new_count):
            if values.get(f"key_{row}") and values.get(f"amount_{row}"):
                key, detail = values[f"key_{row}"], values.get(f"detail_{row}", "")
                fund, programme = values.get(f"fund_{row}", ""), values.get(f"programme_{row}", "")
                said = Funding(fund, programme, "")
                amount = values[f"amount_{row}"]
                found.append(DraftLine(amount, key=key, detail=detail, funding=said))
        return found

    def values(self) -> dict[str, Any]:
        """Return what is said of the whole, as the actions take it."""
        names = ("title", "reason", "declared_total", "judged_on", "volume")
        return {name: self.cleaned_data[name] for name in names}


class ProposeForm(forms.Form):
    """Sending a draft: the letter, if there is one already."""

    letter_number = forms.CharField(max_length=80, required=False, label=_("Letter number"))
    letter_date = DayField(required=False, label=_("Letter date"), widget=DATE)
    note = forms.CharField(max_length=500, required=False, label=_("Note"))


class ReasonForm(forms.Form):
    """Why a revision is returned or withdrawn."""

    reason = forms.CharField(max_length=1000, label=_("Reason"))


class ApproveForm(forms.Form):
    """The decision of an office, by its letter."""

    office = forms.ChoiceField(label=_("Approved by"))
    letter_number = forms.CharField(max_length=80, label=_("Letter number"))
    letter_date = DayField(label=_("Letter date"), widget=DATE)

    def __init__(self, required: Office, language: str, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["office"]
        field.choices = [
            (office.name, NAMES[office].in_language(language))
            for office in Office
            if office >= required
        ]


class ForceForm(forms.Form):
    """The day on which an approved revision takes effect."""

    effective_on = DayField(label=_("In effect on"), widget=DATE)


class DetailsForm(EditForm, forms.Form):
    """What a moved line is to be made of: rows of volume × unit × unit cost."""

    def __init__(self, rows: Sequence[dict[str, Any]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.count = len(rows) + DETAIL_ROWS
        for place in range(self.count):
            row = rows[place] if place < len(rows) else {}
            self.fields[f"text_{place}"] = forms.CharField(
                max_length=300, required=False, label=_("Description"), initial=row.get("text")
            )
            self.fields[f"volume_{place}"] = forms.DecimalField(
                max_digits=13, decimal_places=3, min_value=0, required=False, localize=True,
                label=_("Volume"), initial=row.get("volume"), widget=forms.TextInput,
            )  # fmt: skip
            self.fields[f"unit_{place}"] = forms.CharField(
                max_length=40, required=False, label=_("Unit"), initial=row.get("unit")
            )
            self.fields[f"unit_cost_{place}"] = MoneyField(
                min_value=0, required=False, label=_("Unit price"), initial=row.get("unit_cost")
            )

    @property
    def shown(self) -> list[tuple[forms.BoundField, ...]]:
        names = ("text", "volume", "unit", "unit_cost")
        return [tuple(self[f"{name}_{place}"] for name in names) for place in range(self.count)]

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows that are filled, each with its amount in whole rupiah."""
        found = []
        for place in range(self.count):
            text, volume, unit, cost = (
                self.cleaned_data.get(f"{name}_{place}")
                for name in ("text", "volume", "unit", "unit_cost")
            )
            if text and volume and cost:
                amount = int((Decimal(volume) * cost).to_integral_value())
                found.append(
                    {
                        "text": text,
                        "volume": str(volume.normalize()),
                        "unit": unit or "",
                        "unit_cost": cost,
                        "rupiah": amount,
                    }
                )
        return found


class CashPlanForm(EditForm, forms.Form):
    """Page III: rupiah by spending type and month."""

    def __init__(
        self,
        plan: dict[str, dict[int, int]],
        *arguments: Any,
        stored: dict[str, dict[int, int]] | None = None,
        **named: Any,
    ) -> None:
        """plan: what stands in the form; stored: what stands on page III, where a file differs."""
        super().__init__(*arguments, **named)
        self.types = sorted(plan)
        self.read_values = {
            f"m_{name}_{month}": (plan if stored is None else stored).get(name, {}).get(month, 0)
            for name in self.types
            for month in MONTHS
        }
        for name in self.types:
            for month in MONTHS:
                self.fields[f"m_{name}_{month}"] = MoneyField(
                    min_value=0, initial=plan[name].get(month, 0), label=f"{name} {month}"
                )

    def cells(self, month: int) -> list[forms.BoundField]:
        """Return the inputs of one month, a spending type each."""
        return [self[f"m_{name}_{month}"] for name in self.types]

    def months(self) -> dict[str, dict[int, int]]:
        """Return what was typed, by spending type and month."""
        return {
            name: {month: self.cleaned_data[f"m_{name}_{month}"] for month in MONTHS}
            for name in self.types
        }


class PlanSheetForm(forms.Form):
    """A sheet of page III, which fills the form and saves nothing."""

    file = forms.FileField(
        label=_("Sheet of page III"),
        help_text=_("XLSX, XLS, ODS or CSV: a row for a spending type or a line, twelve months."),
    )

    def clean_file(self) -> Any:
        """Refuse what no page III can be as large as."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_PLAN_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Send page III alone."))
        return file


class DayForm(forms.Form):
    """A day in the address."""

    on = DayField(required=False)

    def day(self, usual: date) -> date:
        """Return the day asked for, or the usual one."""
        self.is_valid()
        found: date | None = self.cleaned_data.get("on")
        return found or usual
