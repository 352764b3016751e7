"""What officers type about mentoring visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.people.models import Role, User
from pulih.people.permissions import Permission, may
from pulih.web.forms import FormBesideOthers

from .forms import day_field
from .models import Cohort, Participant


class PlanForm(FormBesideOthers):
    participant = forms.ModelChoiceField(
        Participant.objects.none(), required=False, label=_("Participant"),
        help_text=_("Without a choice the whole class is visited."),
    )  # fmt: skip
    planned_on = day_field(label=_("Planned on"))
    mentor = forms.CharField(max_length=120, label=_("Mentor"))
    purpose = forms.CharField(max_length=300, label=_("What it is for"))

    def __init__(self, cohort: Cohort, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["participant"]
        field.queryset = cohort.participants.seated().select_related("person").order_by("number")
        field.label_from_instance = lambda seat: f"{seat.number}. {seat.person}"


class ReportForm(FormBesideOthers):
    """What was found; and, where something is to be done, what, by whom and by when."""

    visited_on = day_field(label=_("Visited on"))
    finding = forms.CharField(
        max_length=1_000, label=_("What was found"), widget=forms.Textarea({"rows": 3})
    )
    task = forms.CharField(max_length=500, required=False, label=_("What is to be done"))
    who = forms.ModelChoiceField(User.objects.none(), required=False, label=_("By whom"))
    due_on = day_field(required=False, label=_("To be done by"))

    def __init__(self, regency: Area, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        people = User.objects.filter(is_active=True).exclude(role=Role.SYSTEM).order_by("name")
        able = [one.pk for one in people if may(one, Permission.RUN_ACTIVITIES, regency)]
        fields: dict[str, Any] = self.fields
        fields["who"].queryset = people.filter(pk__in=able)
