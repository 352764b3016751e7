"""What officers say of a file of attendance: which session it tells of, and who its names are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import WholeField
from pulih.web.forms import FormBesideOthers

from .models import Cohort, Participant, Session
from .reads.attendance_files import guesses
from .rules.meetings import MOST_MINUTES, Listed

LARGEST_BYTES = 2 * 2**20
LARGEST_PHOTO_BYTES = 10 * 2**20
NOBODY = "0"


class AttendanceFileForm(FormBesideOthers):
    """A file about one session."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("Session"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "The participants that Zoom, Meet or Teams exports, or a sheet with the columns Name "
            "and Present. CSV or XLSX, at most 2 MB."
        ),
    )
    least_minutes = WholeField(
        min_value=1, max_value=MOST_MINUTES, initial=45,
        label=_("Present from, minutes in the meeting"),
        help_text=_("A lesson hour is 45 minutes. In a sheet the word itself counts."),
    )  # fmt: skip

    def __init__(self, cohort: Cohort, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["session"].queryset = cohort.sessions.order_by("day", "starts_at")

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Send only the rows."))
        return file


class PhotoForm(FormBesideOthers):
    """A photo of one session."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("Session"))
    file = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG or PNG, at most 10 MB. Place, time and device that the camera wrote into it are "
            "taken away."
        ),
    )
    shows = forms.CharField(max_length=120, required=False, label=_("What it shows"))

    def __init__(self, cohort: Cohort, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["session"].queryset = cohort.sessions.order_by("day", "starts_at")
        fields["file"].widget.attrs["accept"] = "image/jpeg,image/png"

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_PHOTO_BYTES:
            raise forms.ValidationError(_("The photo is larger than 10 MB. Send a smaller one."))
        return file


class WhoForm(forms.Form):
    """Whom of the class each name is. Names that are sure come chosen; the others ask."""

    rest_absent = forms.BooleanField(
        required=False, label=_("Mark everybody else of the class absent"),
        help_text=_("Otherwise they stay not recorded."),
    )  # fmt: skip
    covers_both = forms.BooleanField(
        required=False, label=_("It covered this session and the one that it marked already"),
    )  # fmt: skip

    def __init__(
        self,
        names: list[Listed],
        people: list[Participant],
        *arguments: Any,
        is_used: bool = False,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        if not is_used:
            del self.fields["covers_both"]
        self.names, self.people = names, {str(one.pk): one for one in people}
        told = {key: f"{one.number}. {one.person}" for key, one in self.people.items()}
        usual = [("", "–"), (NOBODY, _("nobody of this class"))]
        for at, (name, found) in enumerate(zip(names, guesses(names, people), strict=True)):
            field = forms.ChoiceField(choices=[*usual, *told.items()], label=name.name)
            if found.is_sure:
                field.initial = str(found.key)
            elif found.key:
                field.help_text = _("Perhaps %(who)s.") % {"who": told[str(found.key)]}
            self.fields[f"name_{at}"] = field

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        chosen = {
            one.name: self.people.get(values[f"name_{at}"]) for at, one in enumerate(self.names)
        }
        return {
            "chosen": chosen,
            "rest_absent": values["rest_absent"],
            "covers_both": values.get("covers_both", False),
        }
