"""What people type about budgets. The same forms serve the pages and the API."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.measures.models import Measure
from pulih.web import numbers
from pulih.web.bounds import DayField
from pulih.web.forms import FormBesideOthers
from pulih.web.money_field import MoneyField
from pulih.web.versions import EditForm

from .models import (
    DESCRIPTION_KINDS,
    PARTY_KINDS,
    BudgetLine,
    DocumentKind,
    PaymentMethod,
    Posting,
    Promise,
)
from .reads.documents import blocks_of
from .reads.limits import Left
from .reads.promises import standing_on
from .rules.offices import Office

DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")
MONEY = {"class": "money n", "inputmode": "numeric", "autocomplete": "off"}
IMPREST_METHODS = [choice for choice in PaymentMethod.choices if choice[0] != PaymentMethod.DIRECT]


class TagForm(EditForm, forms.Form):
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


class ProtectForm(EditForm, forms.Form):
    """Whether plans may touch a line, and why."""

    anew = ("reason",)

    is_protected = forms.BooleanField(required=False, label=_("Keep plans away from this line"))
    reason = forms.CharField(max_length=300, label=_("Reason"))


class PartyForm(forms.Form):
    """What the payee of a document is, and why the rule errs."""

    kind = forms.ChoiceField(choices=PARTY_KINDS, label=_("The payee is a"))
    reason = forms.CharField(max_length=300, label=_("Reason"))


class DescriptionForm(FormBesideOthers):
    """What the description of a line speaks of, and why the rule errs."""

    kind = forms.ChoiceField(choices=DESCRIPTION_KINDS, label=_("The description speaks of"))
    reason = forms.CharField(max_length=300, label=_("Reason"))


class DocumentForm(forms.Form):
    """What every document has: its number and the day on which it takes effect."""

    number = forms.CharField(max_length=80, label=_("Number of the document"))
    effective_on = DayField(label=_("In effect on"), widget=DAY)


class LineDocumentForm(DocumentForm):
    """A document of one line and one amount; the limit stands above the field."""

    rupiah = MoneyField(min_value=1, label=_("Amount, rupiah"))
    field_order: tuple[str, ...] = (
        *("kind", "office", "blocked_by", "rupiah", "number", "effective_on"),
    )

    def __init__(self, *arguments: Any, line: BudgetLine | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["rupiah"].widget.attrs.update(MONEY)
        if line:
            self.fields["rupiah"].help_text = self.limit(line)

    def limit(self, line: BudgetLine) -> str:
        free = numbers.rupiah(line.amounts.free)
        return _("At most {free}: neither blocked, committed nor reserved.").format(free=free)


class HoldForm(LineDocumentForm):
    """A block or its release, by the letter of the office that decided."""

    kind = forms.ChoiceField(
        choices=[("block", _("Block")), ("release", _("Release of a block"))], label=_("What")
    )
    office = forms.ChoiceField(
        choices=[(one.name, one.name) for one in reversed(Office)], label=_("Office of the letter")
    )
    blocked_by = forms.ModelChoiceField(
        Posting.objects.none(), required=False, label=_("Block that is released")
    )
    reason = forms.CharField(max_length=500, label=_("Reason, as the document gives it"))

    def __init__(self, *arguments: Any, line: BudgetLine, **named: Any) -> None:
        super().__init__(*arguments, line=line, **named)
        field = cast("forms.ModelChoiceField[Posting]", self.fields["blocked_by"])
        field.queryset = blocks_of(line)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == "release" and not values.get("blocked_by"):
            self.add_error("blocked_by", _("Choose the block that the letter releases."))
        return values

    def limit(self, line: BudgetLine) -> str:
        return _("At most {free} can be blocked, and {blocked} released.").format(
            free=numbers.rupiah(line.amounts.free), blocked=numbers.rupiah(line.blocked)
        )


class ReserveForm(LineDocumentForm):
    """Money of a line set aside for a proposal; the document is the decision."""

    proposal = forms.CharField(max_length=80, label=_("Number of the proposal"))
    title = forms.CharField(max_length=200, label=_("Title of the proposal"))
    reason = forms.CharField(max_length=500, required=False, label=_("Note of the decision"))
    field_order = ("proposal", "title", "rupiah", "number", "effective_on")


class PromisedForm(LineDocumentForm):
    """A document that may be made for a proposal; asked where the line reserves money for one."""

    promise = forms.ModelChoiceField(
        Promise.objects.none(),
        required=False,
        label=_("Made for a proposal"),
        empty_label=_("none: it takes free money"),
        help_text=_("It draws what is reserved for the proposal first."),
    )

    def __init__(self, *arguments: Any, line: BudgetLine | None = None, **named: Any) -> None:
        super().__init__(*arguments, line=line, **named)
        if line is None or not line.reserved:
            del self.fields["promise"]
        else:
            field = cast("forms.ModelChoiceField[Promise]", self.fields["promise"])
            field.queryset = standing_on(line)


class CommitForm(PromisedForm):
    """A contract, an order or another commitment."""

    party = forms.CharField(max_length=200, label=_("With whom"))
    reason = forms.CharField(max_length=500, required=False, label=_("For what"))


class ImprestForm(PromisedForm):
    """A request for payment without a commitment before it."""

    method = forms.ChoiceField(choices=IMPREST_METHODS, label=_("Way of payment"))
    party = forms.CharField(max_length=200, label=_("Paid to"))


class FollowForm(DocumentForm):
    """A document that follows another: an amount for each of its lines, at most what is left."""

    def __init__(
        self, *arguments: Any, kind: DocumentKind, lines: Sequence[Left], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.lines = [one for one in lines if one.left > 0]
        for one in self.lines:
            self.fields[f"line_{one.line.pk}"] = _amount_field(one)
        if kind is DocumentKind.REQUEST:
            self.fields["method"] = forms.ChoiceField(
                choices=PaymentMethod.choices, label=_("Way of payment")
            )
        if kind not in (DocumentKind.RETURN, DocumentKind.UNRESERVE):
            self.fields["party"] = forms.CharField(max_length=200, label=_("Paid to"))
        else:
            self.fields["reason"] = forms.CharField(max_length=500, label=_("Reason"))
        self.order_fields([f"line_{one.line.pk}" for one in self.lines])

    def amounts(self) -> dict[int, int]:
        """Return the rupiah of each line that has any."""
        typed = {one.line.pk: self.cleaned_data[f"line_{one.line.pk}"] for one in self.lines}
        return {line: rupiah for line, rupiah in typed.items() if rupiah}

    def said(self) -> list[str]:
        """Return the fields that are no amounts."""
        return [name for name in self.fields if not name.startswith("line_")]


class ReverseForm(DocumentForm):
    """A correction that takes a document back as a whole."""

    reason = forms.CharField(max_length=500, label=_("Reason"))


def _amount_field(one: Left) -> MoneyField:
    limit = _("At most {left} of {held}.").format(
        left=numbers.rupiah(one.left), held=numbers.rupiah(one.held)
    )
    field = MoneyField(
        min_value=0,
        required=False,
        label=" · ".join(filter(None, (one.line.line_key, one.line.detail))),
        help_text=limit,
        initial=one.left,
    )
    field.widget.attrs.update(MONEY)
    return field
