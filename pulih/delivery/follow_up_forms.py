"""What people answer about the time after their training."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.forms import FormBesideOthers

from .actions.followups import GivenAnswer
from .models import Turnover

YES, NO, UNKNOWN = "yes", "no", "unknown"
SURE = ((YES, _("yes")), (NO, _("no")))
ANSWERS = (*SURE, (UNKNOWN, _("I do not know")))
SAID = {YES: True, NO: False, UNKNOWN: None}


def _asked(label: Any, choices: Any = ANSWERS) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "–"), *choices], label=label)


class AnswerForm(FormBesideOthers):
    """Five questions, one minute. It comes to the action as one `GivenAnswer`."""

    is_producing = _asked(_("Do you still produce?"), SURE)
    turnover = _asked(_("What did you sell for in the last month?"), Turnover.choices)
    has_kit = _asked(_("Did you receive the tools that were promised?"))
    has_nib = _asked(_("Do you have a NIB?"))
    has_certificate = _asked(
        _("Do you have a certificate for your product, such as PIRT or halal?")
    )
    note = forms.CharField(
        max_length=300, required=False, label=_("What hampers you most?"),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        names = ("has_kit", "has_nib", "has_certificate")
        said = {name: SAID[values[name]] for name in names}
        return {
            "said": GivenAnswer(
                **said, is_producing=values["is_producing"] == YES, turnover=values["turnover"],
                note=values["note"],
            )
        }  # fmt: skip


class CloseForm(FormBesideOthers):
    reason = forms.CharField(
        max_length=300, required=False, label=_("Why some could not be reached"),
        help_text=_("Needed while somebody has not answered."),
    )  # fmt: skip
