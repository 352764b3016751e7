"""What officers type about those who teach: who they are, what they taught, their tax."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pulih.common.identity_numbers import unparted
from pulih.web.bounds import WholeField
from pulih.web.forms import FormBesideOthers

from .models import Cohort, Session, TaxPayee, Trainer, TrainerRole
from .models.activities import MOST_LESSON_HOURS
from .rules.matching_names import guess

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


def _payee_field(*, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", "–"), *TaxPayee.choices], required=required, label=_("To the tax office"),
        help_text=_("Decides the tax on a honorarium."),
    )  # fmt: skip


def _npwp_field() -> forms.BooleanField:
    return forms.BooleanField(required=False, label=_("Shows an NPWP"))


def _nik_field() -> forms.CharField:
    return forms.CharField(
        max_length=30, required=False, label="NIK", widget=forms.TextInput(DIGITS),
        help_text=_("Without a NIK nobody is paid a honorarium. Kept encrypted, shown cut."),
    )  # fmt: skip


class WithNik(FormBesideOthers):
    def clean_nik(self) -> str:
        return unparted(self.cleaned_data["nik"])


class TrainerForm(WithNik):
    name = forms.CharField(max_length=120, label=_("Name"))
    role = forms.ChoiceField(choices=TrainerRole.choices, label=_("As"))
    institution = forms.CharField(max_length=120, required=False, label=_("Institution"))
    nik = _nik_field()
    payee = _payee_field()
    has_npwp = _npwp_field()


class PayeeForm(WithNik):
    """Who somebody that teaches is, and what to the tax office."""

    trainer = forms.ModelChoiceField(Trainer.objects.none(), label=_("Name"))
    nik = _nik_field()
    same_as = forms.ModelChoiceField(
        Trainer.objects.none(), required=False, label=_("Same person as"),
        help_text=_("Who teaches elsewhere under another spelling; the NIK is taken from there."),
    )  # fmt: skip
    payee = _payee_field(required=True)
    has_npwp = _npwp_field()

    def __init__(self, cohort: Cohort, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["trainer"].queryset = cohort.trainers.order_by("-role", "name")
        fields["same_as"].queryset = alike(cohort)
        fields["same_as"].label_from_instance = _with_class


def alike(cohort: Cohort) -> QuerySet[Trainer]:
    """Return who teaches other classes, has a NIK, and a name like somebody's of this class."""
    unknown = dict(cohort.trainers.filter(nik_key="").values_list("pk", "name"))
    rows = Trainer.objects.exclude(cohort=cohort).exclude(nik_key="")
    rows = rows.filter(cohort__province=cohort.province_id)
    names = rows.values_list("pk", "name") if unknown else []
    found = [pk for pk, name in names if guess(name, unknown).key is not None]
    return rows.filter(pk__in=found).select_related("cohort").order_by("name", "pk")


def _with_class(trainer: Trainer) -> str:
    return f"{trainer.name}, {trainer.cohort} (NIK {trainer.nik})"


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
