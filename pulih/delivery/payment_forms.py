"""What officers type about paying participants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.budget.forms import FollowForm
from pulih.budget.models import DocumentKind, PaymentMethod
from pulih.budget.reads.limits import Left
from pulih.web import numbers
from pulih.web.forms import FormBesideOthers
from pulih.web.money_field import MoneyField

from .forms import day_field
from .models import Participant, Trainer
from .reads.payments import Source


class CommitForm(FollowForm):
    """A contract or decree: an amount for each line that still holds promised money."""

    def __init__(self, lines: Sequence[Left], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, kind=DocumentKind.COMMITMENT, lines=lines, **named)
        for one in self.lines:
            self.fields[f"line_{one.line.pk}"].initial = None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not self.amounts():
            raise forms.ValidationError(_("Give an amount for at least one line."))
        return values


class ListForm(FormBesideOthers):
    """A new nominative list; without names it pays all who can be paid."""

    number = forms.CharField(max_length=60, label=_("Number of the list"))
    only = forms.ModelMultipleChoiceField(
        Participant.objects.none(), required=False, label=_("Only these participants"),
        help_text=_("Choose nobody to pay all who can be paid."),
    )  # fmt: skip

    def __init__(self, participants: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["only"]
        field.queryset = participants
        field.label_from_instance = lambda one: f"{one.cohort}, {one.number}. {one.person}"


class HonorariaForm(FormBesideOthers):
    """A new list of honoraria; without names it pays all who can be paid."""

    number = forms.CharField(max_length=60, label=_("Number of the list"))
    rate = MoneyField(min_value=1, label=_("Rate, rupiah"))
    only = forms.ModelMultipleChoiceField(
        Trainer.objects.none(), required=False, label=_("Only these persons"),
        help_text=_("Choose nobody to pay all who can be paid."),
    )  # fmt: skip

    def __init__(self, trainers: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["only"]
        field.queryset = trainers
        field.label_from_instance = lambda one: f"{one.cohort}: {one}"


class RequestForm(FormBesideOthers):
    """The payment request (SPP) of a list."""

    source = forms.ChoiceField(label=_("Out of"))
    number = forms.CharField(max_length=80, label=_("Number of the SPP"))
    effective_on = day_field(label=_("In effect on"))
    method = forms.ChoiceField(choices=PaymentMethod.choices, label=_("Way of payment"))

    def __init__(self, sources: Sequence[Source], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.sources = {one.key: one for one in sources}
        field: Any = self.fields["source"]
        field.choices = [(one.key, _named(one)) for one in sources]

    def clean_source(self) -> Source:
        return self.sources[self.cleaned_data["source"]]


class WithdrawListForm(FormBesideOthers):
    reason = forms.CharField(max_length=200, label=_("Why"))


def _named(source: Source) -> str:
    left = {"line": source.left.line.line_key, "left": numbers.rupiah(source.left.left)}
    if source.commitment is None:
        return _("Imprest: %(line)s, %(left)s still promised") % left
    return _("%(document)s: %(line)s, %(left)s not requested yet") % {
        "document": source.commitment,
        **left,
    }


class PaperForm(FormBesideOthers):
    """A paper of the pack that the office holds."""

    key = forms.ChoiceField(label=_("Paper"))
    number = forms.CharField(max_length=80, label=_("Number of the paper"))
    dated = day_field(label=_("Dated"))

    def __init__(self, papers: Sequence[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["key"].choices = papers
