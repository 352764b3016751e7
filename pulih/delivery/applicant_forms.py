"""What officers and applicants type about applying, checks and the lists to compare with."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.areas.rows import area_key_of
from pulih.common.errors import Refusal
from pulih.measures.rules.profiles import profile, profiles
from pulih.people.models import User
from pulih.references.forms import lines_of_workbook
from pulih.references.rules import Row, read_list
from pulih.web.forms import FormBesideOthers
from pulih.web.words import say

from .forms import RosterForm, areas_of, day_field
from .models import Activity, Answer, ListKind, Stage
from .reads.list_files import shape_of
from .rules.comparison import PLAIN
from .words import CHECKS

READ_AT_ONCE_BYTES = 2**20  # Larger lists are read in the background.
SHOWN_FAULTS = 20


class ApplicantsForm(RosterForm):
    """A pasted list of applicants of one regency."""

    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency or city"))
    field_order = ("regency", "people")

    def __init__(self, by: User, activity: Activity, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["regency"].queryset = areas_of(by, "regency")
        fields["regency"].initial = activity.regency_id
        fields["people"].help_text = _(
            "One person a line, copied from a sheet. A first line of headings names the columns: "
            "name, NIK, L/P, village, address, household, disability, laid off, points."
        )


class RegisterForm(FormBesideOthers):
    """Owners of firms that fit a profile, in an area."""

    profile = forms.ChoiceField(label=_("Who may come"))
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))

    def __init__(self, by: User, activity: Activity, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        language = get_language() or "id"
        usual = [one for one in profiles() if one.counts == "firms"]
        usual.sort(key=lambda one: activity.measure.code not in one.measures)
        fields["profile"].choices = [(one.code, one.name.in_language(language)) for one in usual]
        fields["area"].queryset = areas_of(by, "regency", "province")
        fields["area"].initial = area_key_of(activity)

    def clean_profile(self) -> Any:
        return profile(self.cleaned_data["profile"])


class RunForm(forms.Form):
    stage = forms.ChoiceField(choices=Stage.choices)


class WaiveForm(forms.Form):
    """Why somebody whom a check cannot tell about may pass. The check comes with the button."""

    check = forms.ChoiceField(choices=list(CHECKS.items()), widget=forms.HiddenInput)
    reason = forms.CharField(max_length=300, label=_("Why may it pass?"))


class WaiveAllForm(WaiveForm):
    stage = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)


class ObjectionForm(forms.Form):
    check = forms.ChoiceField(choices=list(CHECKS.items()), widget=forms.HiddenInput)
    said = forms.CharField(
        max_length=500, label=_("What is wrong about it?"), widget=forms.Textarea({"rows": 3})
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=Answer.choices, label=_("Who is right?"))
    reason = forms.CharField(max_length=500, label=_("Why?"))


class WithdrawForm(forms.Form):
    withdrawn_on = day_field(label=_("Withdrew on"))


class ComparisonForm(forms.Form):
    """A list to compare people with; every fault in its file becomes one sentence."""

    kind = forms.ChoiceField(choices=ListKind.choices, label=_("Kind of list"))
    source = forms.CharField(max_length=160, label=_("Source: office and letter"))
    as_of = day_field(label=_("As of"))
    covers = forms.ModelMultipleChoiceField(
        Area.objects.none(), required=False, label=_("Covers"),
        help_text=_("Without a choice the list covers the whole country."),
    )  # fmt: skip
    names_nobody = forms.BooleanField(
        required=False, label=_("The list names nobody"),
        help_text=_("The file then holds its heading alone; everybody whom it covers passes."),
    )  # fmt: skip
    is_part = forms.BooleanField(
        required=False, label=_("A further file of the list that was delivered last"),
        help_text=_(
            "For a list that does not fit one file: kind, day and coverage are the same, and all "
            "its files count together. Without this the file takes the place of the list."
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX with a column nik, at most 100 MB; answers of the civil registry also "
            "have status (match, mismatch, deceased, abroad) and name."
        ),
    )

    def __init__(self, by: User, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.rows: list[Row] = []
        self.content = b""
        self.is_large = False
        fields: dict[str, Any] = self.fields
        fields["covers"].queryset = areas_of(by, "province")
        if not by.sight.country:
            fields["covers"].required, fields["covers"].help_text = True, ""
            fields["covers"].initial = list(by.sight.provinces)

    def clean_file(self) -> "UploadedFile[Any]":
        """Read a small list; keep its rows and content for the action. A large one is left."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        self.is_large = (file.size or 0) > READ_AT_ONCE_BYTES
        if self.is_large:
            self._refuse_nobody()
            return file
        self.content = lines = file.read()
        if lines[:2] == b"PK":
            try:
                lines = lines_of_workbook(lines, file.name or "")
            except Refusal as refusal:
                said = say(refusal.message)
                raise forms.ValidationError(said) from refusal
        elif b"\x00" in lines[:4096]:
            raise forms.ValidationError(_("This is no CSV or XLSX file. Save the sheet as XLSX."))
        shape = shape_of(self.cleaned_data.get("kind", ""))
        nobody = shape is PLAIN and self.cleaned_data["names_nobody"]
        self.rows, faults = read_list(replace(shape, may_be_empty=nobody), lines)
        if nobody and self.rows and not faults:
            raise forms.ValidationError(
                _("The file names %(people)d people. Untick that it names nobody.")
                % {"people": len(self.rows)}
            )
        if faults:
            language = get_language() or "id"
            shown = [fault.message.in_language(language) for fault in faults[:SHOWN_FAULTS]]
            raise forms.ValidationError(shown)
        return file

    def _refuse_nobody(self) -> None:
        if self.cleaned_data["names_nobody"]:
            raise forms.ValidationError(
                _("A file of this size names people. Untick that it names nobody.")
            )

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes: the typed values, and the rows of the file; or a large file."""
        own = ("file", "names_nobody")
        typed = {name: value for name, value in self.cleaned_data.items() if name not in own}
        if self.is_large:
            return {**typed, "file": self.cleaned_data["file"]}
        return {**typed, "rows": self.rows, "content": self.content}
