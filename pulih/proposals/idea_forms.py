"""What regencies write of an idea, and how a province takes it up."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.web.bounds import KeyField, WholeField
from pulih.web.money_field import MoneyField

from .models import EDITABLE, Idea, Proposal, Round

LONGEST = 4_000
MOST_PEOPLE = 100_000


class IdeaForm(forms.Form):
    """A regency's idea."""

    round_ = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("Round"),
        error_messages={
            "invalid_choice": _("This round is not open now. What you typed stays on this page.")
        },
    )
    title = forms.CharField(max_length=200, label=_("Title"))
    need = forms.CharField(
        max_length=LONGEST,
        label=_("What is needed and why"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    people = WholeField(min_value=1, max_value=MOST_PEOPLE, label=_("Participants"))
    measure = forms.ModelChoiceField(
        Measure.objects.none(), required=False, label=_("Measure, where known")
    )
    rupiah = MoneyField(
        required=False,
        min_value=1,
        label=_("Estimated cost, rupiah"),
        error_messages={
            "min_value": _("An idea of Rp0 asks for nothing. Leave it empty if nobody knows yet.")
        },
    )

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["round_"].queryset = Round.objects.open_on(today).newest_first()
        fields["measure"].queryset = Measure.objects.usable_on(today)


class TakeUpForm(forms.Form):
    """Where an idea goes, and how much of it."""

    seen = KeyField(required=False, widget=forms.HiddenInput)
    people = WholeField(min_value=1, max_value=MOST_PEOPLE, label=_("Participants taken up"))
    into = forms.ModelChoiceField(
        Proposal.objects.none(),
        required=False,
        label=_("Into a draft"),
        empty_label=_("a new draft"),
    )
    measure = forms.ModelChoiceField(
        Measure.objects.none(), required=False, label=_("Measure of a new draft")
    )
    reason = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("What is left out, and why; the regency reads it"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments: Any, idea: Idea, by: User, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        drafts = Proposal.objects.visible_to(by).filter(
            province=idea.province_id, round=idea.round_id, state__in=EDITABLE
        )
        fields["into"].queryset = drafts.order_by("number")
        fields["measure"].queryset = Measure.objects.usable_on(today)
