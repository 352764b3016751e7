"""What an office types to choose participants: criteria, the draw, the decree."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.people.links.address import new_address
from pulih.web.bounds import WholeField
from pulih.web.forms import FormBesideOthers

from .actions.telling import MOST, UNOPENED, UNTOLD
from .forms import day_field
from .models.activities import MOST_PLACES
from .rules.criteria import MOST_POINTS
from .words import LEAST

SECRET_LETTERS = len(new_address())


def _points(label: Any, initial: int) -> WholeField:
    return WholeField(
        min_value=0, max_value=MOST_POINTS, initial=initial, label=label, help_text="0–100"
    )


def _least(label: Any) -> WholeField:
    return WholeField(min_value=0, max_value=MOST_PLACES * 10, initial=0, label=label)


class CriteriaForm(FormBesideOthers):
    """One version of the criteria, as it is published."""

    severity_percent = _points(_("Severity of the damage counts, percent"), 100)
    office_percent = _points(_("Points of the office count, percent"), 100)
    laid_off_points = _points(_("Points for a laid-off person"), 20)
    disability_points = _points(_("Points for a disability"), 20)
    least_women = _least(LEAST["women"])
    least_disability = _least(LEAST["disability"])
    least_laid_off = _least(LEAST["laid_off"])
    one_a_household = forms.BooleanField(
        required=False, initial=True, label=_("One person a household")
    )


class DrawForm(FormBesideOthers):
    seed = forms.CharField(
        max_length=60, label=_("Seed"),
        help_text=_("As it was drawn, such as the numbers of balls: 46-13-07-28-02."),
    )  # fmt: skip
    witness = forms.CharField(max_length=120, label=_("First witness: name and post"))
    other_witness = forms.CharField(max_length=120, label=_("Second witness: name and post"))


class DecreeForm(FormBesideOthers):
    number = forms.CharField(
        max_length=60, label=_("Number of the decree that names the participants")
    )
    decreed_on = day_field(label=_("Day of the decree"))


class TellForm(FormBesideOthers):
    """Which applicants are told what became of their application."""

    whom = forms.ChoiceField(
        label=_("Who gets an answer"),
        choices=[
            (UNTOLD, _("those who were not told yet")),
            (UNOPENED, _("those who did not open their link, once more")),
        ],
    )


class SecretsForm(FormBesideOthers):
    """The addresses that were given a moment ago, by their secret ends, as the page shows them."""

    secrets = forms.CharField(max_length=MOST * (SECRET_LETTERS + 1), widget=forms.HiddenInput)
