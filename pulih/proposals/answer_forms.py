"""What verifiers, reviewers and deciders type; most fields follow from declared items and rows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.people.models import Role, User
from pulih.web.bounds import KeyField, WholeField, row_key
from pulih.web.money_field import MoneyField
from pulih.web.words import say
from pulih.workflow.reads import last_steps

from .actions.batches import Answered
from .actions.deciding import Cut
from .forms import FactorsField
from .models import CostRow, Outcome, Place, Proposal
from .ranking import Ranked
from .rules.factors import Factor, as_asked, written
from .rules.machine import PROPOSAL
from .rules.reviewing import Criteria, items

LONGEST = 4_000
ANSWERS = [
    ("", "–"),
    ("yes", _("yes")),
    ("no", _("no")),
    ("not_applicable", _("not applicable")),
]


def reason(label: Any, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(required=required, max_length=LONGEST, label=label, widget=area)


class MoveForm(forms.Form):
    """A step that needs no form of its own. seen: the last step that the page showed."""

    seen = KeyField(required=False)
    reason = reason(_("Reason"))


class VerifyForm(forms.Form):
    """The checklist, and what to repair where the proposal goes back."""

    seen = KeyField(required=False, widget=forms.HiddenInput)
    reason = reason(_("What to repair; the office reads it as it stands"))
    working_days = WholeField(
        required=False, min_value=1, max_value=60, initial=3, label=_("Working days for repair")
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for item in items():
            words = say(item.words)
            self.fields[f"answer_{item.key}"] = forms.ChoiceField(
                required=False, choices=ANSWERS, label=words
            )
            self.fields[f"reason_{item.key}"] = forms.CharField(
                required=False, max_length=LONGEST, label=_("Reason for “no”")
            )

    def answers(self) -> dict[str, tuple[str, str]]:
        typed = self.cleaned_data
        return {
            item.key: (typed[f"answer_{item.key}"], typed[f"reason_{item.key}"]) for item in items()
        }

    def checklist(self) -> list[tuple[Any, Any]]:
        """Return the pairs of fields, as the page draws them."""
        return [(self[f"answer_{item.key}"], self[f"reason_{item.key}"]) for item in items()]


class AssignForm(forms.Form):
    """The two reviewers, or one for a place that is free."""

    seen = KeyField(required=False, widget=forms.HiddenInput)
    reviewers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Reviewers"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        reviewers: Any = self.fields["reviewers"]
        reviewers.queryset = User.objects.filter(role=Role.REVIEWER, is_active=True).order_by(
            "name"
        )


class ScoreForm(forms.Form):
    """Points by criterion, and a note that nobody reads before all reviews are in."""

    note = reason(_("Note"))

    def __init__(self, *arguments: Any, criteria: Criteria, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.criteria = criteria
        language = get_language() or "id"
        for one in criteria.criteria:
            self.fields[f"points_{one.key}"] = WholeField(
                min_value=0,
                max_value=one.weight,
                label=f"{one.words.in_language(language)} (0–{one.weight})",
                help_text=one.meaning.in_language(language),
            )
        self.order_fields([name for name in self.fields if name != "note"])  # It comes last.

    def points(self) -> dict[str, int]:
        return {one.key: self.cleaned_data[f"points_{one.key}"] for one in self.criteria.criteria}


class DecideForm(forms.Form):
    """The answer, and what each row is approved with."""

    seen = KeyField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(choices=Outcome.choices, label=_("Answer"))
    reason = reason(_("Reason; the office reads it as it stands, and everybody may"), required=True)

    def __init__(self, *arguments: Any, proposal: Proposal, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.rows: list[CostRow] = list(proposal.rows.all())
        for row in self.rows:
            self.fields[f"factors_{row.position}"] = FactorsField(
                required=False, max_length=200, label=_("Calculation approved")
            )
            self.fields[f"cost_{row.position}"] = MoneyField(
                required=False, min_value=0, label=_("Unit cost approved")
            )
            self.fields[f"why_{row.position}"] = forms.CharField(
                required=False, max_length=LONGEST, label=_("Reason")
            )
        self.places: list[Place] = list(proposal.places.select_related("regency"))
        for place in self.places:
            self.fields[f"people_{place.position}"] = WholeField(
                required=False,
                min_value=0,
                max_value=10_000_000,
                label=" · ".join(one for one in (place.regency.name, place.site) if one),
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for row in self.rows:
            name = f"factors_{row.position}"
            if not typed.get(name):
                continue
            found = as_asked(typed[name], _asked(row))
            if found is None:
                words = _("Write it with the units that were asked for: %(asked)s.")
                asked = written(_asked(row), get_language() or "id")
                self.add_error(name, words % {"asked": asked})
            else:
                typed[name] = found
        return typed

    def people(self) -> dict[int, int]:
        """Return the places from which another number of participants may come than was asked."""
        typed = self.cleaned_data
        return {
            place.position: people
            for place in self.places
            if (people := typed[f"people_{place.position}"]) is not None and people != place.people
        }

    def quotas(self) -> list[tuple[Place, Any]]:
        """Return each place with its field, as the page draws them."""
        return [(place, self[f"people_{place.position}"]) for place in self.places]

    def cuts(self) -> dict[int, Cut]:
        """Return the rows with another calculation or unit cost than was asked."""
        typed, found = self.cleaned_data, {}
        for row in self.rows:
            cost, factors = typed[f"cost_{row.position}"], typed[f"factors_{row.position}"]
            cost = row.unit_cost if cost is None else cost
            counts = tuple(one.count for one in factors or _asked(row))
            if (cost, counts) != (row.unit_cost, tuple(row.counts)):
                found[row.position] = Cut(cost, typed[f"why_{row.position}"], counts)
        return found

    def lines(self) -> list[tuple[CostRow, str, list[Any]]]:
        """Return each row with its calculation and its three fields, as the page draws them."""
        language = get_language() or "id"
        names = ("factors", "cost", "why")
        return [
            (row, written(_asked(row), language), [self[f"{n}_{row.position}"] for n in names])
            for row in self.rows
        ]


def _asked(row: CostRow) -> list[Factor]:
    return [Factor(n, unit) for n, unit in zip(row.counts, row.units, strict=True)]


class TogetherForm(forms.Form):
    """Answers to several scored proposals; what stays open is not decided."""

    CHOICES = (
        ("", _("leave open")),
        (Outcome.APPROVED.value, Outcome.APPROVED.label),
        (Outcome.REJECTED.value, Outcome.REJECTED.label),
    )

    def __init__(self, *arguments: Any, ranked: Sequence[Ranked], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.ranked = ranked
        seen = last_steps(PROPOSAL, [one.proposal.pk for one in ranked])
        for one in ranked:
            key = one.proposal.pk
            self.fields[f"seen_{key}"] = KeyField(initial=seen.get(key), widget=forms.HiddenInput)
            self.fields[f"outcome_{key}"] = forms.ChoiceField(
                required=False, choices=self.CHOICES, label=_("Answer")
            )
            self.fields[f"reason_{key}"] = forms.CharField(
                required=False,
                max_length=LONGEST,
                label=_("Reason; the office reads it as it stands, and everybody may"),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse all where an answer is to what somebody else answered while it was typed."""
        there = {f"outcome_{one.proposal.pk}" for one in self.ranked}
        for name, typed in self.data.items():
            if name.startswith("outcome_") and typed and name not in there:
                key = row_key(name.removeprefix("outcome_")) or 0
                gone = Proposal.objects.filter(pk=key).first()
                words = _("%(number)s was answered meanwhile. Look at the others and send again.")
                self.add_error(None, words % {"number": gone.number if gone else name})
        return super().clean() or {}

    def lines(self) -> list[tuple[Ranked, Any, Any, Any]]:
        """Return each proposal with its fields, as the page draws them."""
        return [
            (one, self[f"seen_{key}"], self[f"outcome_{key}"], self[f"reason_{key}"])
            for one in self.ranked
            if (key := one.proposal.pk)
        ]

    def answers(self) -> list[Answered]:
        typed = self.cleaned_data
        return [
            Answered(one.proposal, Outcome(outcome), typed[f"reason_{key}"], typed[f"seen_{key}"])
            for one in self.ranked
            if (key := one.proposal.pk) and (outcome := typed[f"outcome_{key}"])
        ]
