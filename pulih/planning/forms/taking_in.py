"""A case folder that somebody brings as a zip."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pulih.common.errors import Fault, Message
from pulih.refocusing import Case, read_case
from pulih.web.bounds import DayField
from pulih.web.words import say

from ..actions.taking_in import known
from ..rules.brought import faults_of
from ..rules.folders import LARGEST_ZIP, files_in

NO_YEAR = Message(
    "Pulih tidak punya anggaran untuk tahun ini.", "Pulih holds no budget of this year."
)


class TakeInForm(forms.Form):
    """The zip, and the day whose needs and areas count. faults: what is wrong with the case."""

    file = forms.FileField(
        label=_("Case folder, as a zip"),
        help_text=_("case.toml and the tables as CSV, as “Case” of a scenario hands out."),
    )
    as_of = DayField(
        label=_("Needs as of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Each firm counts with its latest report up to this day."),
    )

    def __init__(self, *arguments: Any, years: list[int], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.years = years
        self.faults: list[Fault] = []
        self.case: Case | None = None

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_ZIP:
            raise forms.ValidationError(_("The zip is larger than 8 MB. Pack only the case."))
        files = files_in(file)
        if isinstance(files, Message):
            raise forms.ValidationError(say(files))
        found = _case_of(files)
        if isinstance(found, Case):
            self.case = found
        else:
            self.faults = found
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.case is not None and "as_of" in data:
            year = self.case.settings.fiscal_year
            if year not in self.years:
                self.faults.append(Fault("case", None, "fiscal_year", str(year), NO_YEAR))
            self.faults += faults_of(self.case, known(data["as_of"]))
        if self.faults:
            self.add_error("file", _("The case has faults; nothing was saved."))
        return data


def _case_of(files: dict[str, bytes]) -> Case | list[Fault]:
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return read_case(folder)
