"""What offices and owners type about a firm that produces again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import DayField

from .forms import day_input

YES, NO = "yes", "no"


def _producing() -> forms.TypedChoiceField:
    choices = ((YES, _("produces again")), (NO, _("stands still")))
    return forms.TypedChoiceField(
        choices=choices, coerce=_is_yes, label=_("The firm"), widget=forms.RadioSelect
    )


def _is_yes(value: Any) -> bool:
    return bool(value == YES)


class ProductionForm(forms.Form):
    """What an office knows."""

    is_producing = _producing()
    since = DayField(widget=day_input(), label=_("Since"))
    note = forms.CharField(
        max_length=300, label=_("How it is known"),
        help_text=_("Such as a visit, a call or a letter, with its day."),
    )  # fmt: skip


class OwnProductionForm(forms.Form):
    """What an owner says on a phone."""

    is_producing = _producing()
    since = DayField(widget=day_input(), label=_("Since"))
