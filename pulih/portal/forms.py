"""What data stewards type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import DayField, WholeField
from pulih.web.versions import EditForm
from pulih.workflow.forms import MoveForm

from .actions import NewRelease
from .datasets import DATASETS, Table, tables_of
from .models import Every, Release, Scope
from .reads import releases as reads
from .tables_named import table_name

BY_HAND = "by_hand"


def in_english() -> forms.CharField:
    return forms.CharField(
        label=_("The same reason in English; where it is empty, English pages show the Indonesian"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReleaseMoveForm(MoveForm):
    """A step of a release; a withdrawal may say its reason in English, too."""

    reason_en = in_english()


class RhythmForm(EditForm, forms.Form):
    """How often the figures of one scope come out. Money alone may be daily."""

    scope = forms.ChoiceField(choices=Scope.choices, widget=forms.HiddenInput)
    every = forms.ChoiceField(label=_("How often"))
    day = WholeField(label=_("On day"), min_value=1, max_value=28)

    def __init__(self, scope: Scope, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.auto_id = f"{scope}-%s"  # Three stand on one page.
        choices = [one for one in Every.choices if scope == Scope.MONEY or one[0] != Every.DAY]
        usual = (BY_HAND, _("when a steward makes a release"))
        self.fields["every"].choices = [*choices, usual]  # type: ignore[attr-defined]

    def clean_every(self) -> str:
        every: str = self.cleaned_data["every"]
        return "" if every == BY_HAND else every


class LeavingOutForm(forms.Form):
    """A table that a release goes on without, and why."""

    table = forms.ChoiceField(label=_("Table"))
    reason = forms.CharField(
        label=_("Why it is not published; everybody reads it"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason_en = in_english()

    def __init__(self, measures: Mapping[str, Any], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.tables = {one.key: one for one in tables_of(DATASETS)}
        self.fields["table"].choices = [  # type: ignore[attr-defined]
            (key, table_name(measures, one)) for key, one in self.tables.items()
        ]

    def clean_table(self) -> Table:
        return self.tables[self.cleaned_data["table"]]


class ReleaseForm(forms.Form):
    """A release of a day; a correction names the release that it corrects, and says why."""

    as_of = DayField(label=_("Figures as of"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    scope = forms.ChoiceField(label=_("Counts anew"), choices=Scope.choices, required=False)
    restates = forms.ModelChoiceField(
        Release.objects.none(),
        label=_("Corrects release"),
        required=False,
        empty_label=_("none; it is no correction"),
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_en = in_english()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        shown = [one.pk for one in reads.on_show()]
        self.fields["restates"].queryset = Release.objects.filter(pk__in=shown)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("restates")) != bool((given.get("reason") or "").strip()):
            self.add_error(
                "reason",
                translated("A correction names its release and its reason, both or neither."),
            )
        return given

    def wanted(self) -> NewRelease:
        given = self.cleaned_data
        scope = given["scope"] or Scope.REGENCIES
        reason_en = given["reason_en"] if given["restates"] else ""
        return NewRelease(given["as_of"], given["restates"], given["reason"], scope, reason_en)
