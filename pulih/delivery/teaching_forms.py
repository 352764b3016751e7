"""What officers type about those who teach: who they are, what they taught, their tax."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import WholeField

from .forms import FormBesideOthers
from .models import Cohort, Session, TaxPayee, Trainer, TrainerRole
from .models.activities import MOST_LESSON_HOURS


def _payee_field(*, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", "–"), *TaxPayee.choices], required=required, label=_("To the tax office"),
        help_text=_("Decides the tax on a honorarium."),
    )  # fmt: skip


def _npwp_field() -> forms.BooleanField:
    return forms.BooleanField(required=False, label=_("Shows an NPWP"))


class TrainerForm(FormBesideOthers):
    name = forms.CharField(max_length=120, label=_("Name"))
    role = forms.ChoiceField(choices=TrainerRole.choices, label=_("As"))
    institution = forms.CharField(max_length=120, required=False, label=_("Institution"))
    payee = _payee_field()
    has_npwp = _npwp_field()


class PayeeForm(FormBesideOthers):
    """What somebody who teaches is to the tax office."""

    trainer = forms.ModelChoiceField(Trainer.objects.none(), label=_("Name"))
    payee = _payee_field(required=True)
    has_npwp = _npwp_field()

    def __init__(self, cohort: Cohort, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["trainer"].queryset = cohort.trainers.order_by("-role", "name")


class TeachingForm(FormBesideOthers):
    """Who taught which sessions of a class, and how many hours of each."""

    trainer = forms.ModelChoiceField(Trainer.objects.none(), label=_("Who taught or helped"))
    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(), required=False, label=_("Sessions"),
        help_text=_("Choose none for every session until today."),
    )  # fmt: skip
    lesson_hours = WholeField(
        min_value=0, max_value=MOST_LESSON_HOURS, required=False, label=_("Lesson hours (JP)"),
        help_text=_("Of each session; empty for all its hours, 0 where this person did not teach."),
    )  # fmt: skip
    why = forms.CharField(
        max_length=200, required=False, label=_("Why other hours were recorded before")
    )

    def __init__(self, cohort: Cohort, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["trainer"].queryset = cohort.trainers.order_by("-role", "name")
        fields["sessions"].queryset = cohort.sessions.order_by("day", "starts_at")
