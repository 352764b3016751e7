"""What people type about tasks, posts and mail."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.areas.models import Area
from pulih.people.models import Role, User
from pulih.web.bounds import DayField, KeyField
from pulih.web.words import say

from .models.notices import Language, MailWhen
from .post_kinds import KINDS

LONGEST_REASON = 4_000


class MoveForm(forms.Form):
    """A step out of the buttons of `workflow/parts/moves.html`, for the room's own action.

    seen: the number of the last step that the page showed.
    """

    move = forms.SlugField(max_length=40)
    seen = KeyField(required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea
    )


class DecisionForm(forms.Form):
    """A reason, and for the second person yes or no."""

    approve = forms.BooleanField(required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea
    )


class MailForm(forms.Form):
    """How notices come by mail."""

    mail = forms.ChoiceField(label=_("by e-mail"), choices=MailWhen.choices)
    language = forms.ChoiceField(label=_("language"), choices=Language.choices)


class HolderForm(forms.Form):
    """Who holds which post from when. `post` is the key of a kind of post."""

    post = forms.ChoiceField(label=pgettext_lazy("noun", "Post"))
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    since = DayField(label=_("from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = DayField(
        label=_("until before"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["post"].choices = [(one.key, say(one.label)) for one in KINDS.values()]  # type: ignore[attr-defined]
        areas = Area.objects.valid_on(today).order_by("level", "sort_key")
        people = User.objects.filter(is_active=True).exclude(role=Role.SYSTEM).order_by("name")
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The day before which somebody holds a post no longer."""

    until = DayField(label=_("until before"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
