"""What people type about budgets. The same forms serve the pages and the API."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.measures.models import Measure
from pulih.web.money_field import MoneyField


class TagForm(forms.Form):
    """Which measure a line pays for; empty for none."""

    measure = forms.ModelChoiceField(
        Measure.objects.none(), required=False, to_field_name="code", label=_("Measure")
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.measure_field
        field.queryset = Measure.objects.filter(is_active=True).order_by("code")
        field.empty_label = _("none")

    @property
    def measure_field(self) -> "forms.ModelChoiceField[Measure]":
        """The field as what it is: forms give it back as any field."""
        return cast("forms.ModelChoiceField[Measure]", self.fields["measure"])


class BulkTagForm(TagForm):
    """Which measure all lines of a filter pay for."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.measure_field.required = True
        self.measure_field.empty_label = _("choose a measure")


class ProtectForm(forms.Form):
    """Whether plans may touch a line, and why."""

    is_protected = forms.BooleanField(required=False, label=_("Keep plans away from this line"))
    reason = forms.CharField(max_length=300, label=_("Reason"))


class HoldForm(forms.Form):
    """A block or its release, by a document."""

    kind = forms.ChoiceField(
        choices=[("block", _("Block")), ("release", _("Release of a block"))], label=_("What")
    )
    rupiah = MoneyField(min_value=1, label=_("Amount, rupiah"))
    number = forms.CharField(max_length=80, label=_("Number of the document"))
    effective_on = forms.DateField(
        label=_("In effect on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    reason = forms.CharField(max_length=500, label=_("Reason, as the document gives it"))


class LineFilter(forms.Form):
    """The filters of the list of lines, all in the address."""

    year = forms.IntegerField(required=False)
    province = forms.IntegerField(required=False)
    unit = forms.IntegerField(required=False)
    measure = forms.CharField(required=False)
    account = forms.RegexField(r"^\d{1,6}$", required=False)
    q = forms.CharField(required=False)
    only = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("All lines")),
            ("untagged", _("Without a measure")),
            ("blocked", _("Blocked")),
            ("protected", _("Protected")),
            ("physical", _("Physical, warned of")),
        ],
    )
