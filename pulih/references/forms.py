"""What a person asks of a list, and the file with which she brings it up to date."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.common.errors import Fault

from .kinds import Kind
from .rules import Row, read_list

LARGEST_BYTES = 2 * 2**20
SHOWN_FAULTS = 50


class ReferenceFilter(forms.Form):
    """Half a name or the beginning of a code, and whether only unverified rows are wanted."""

    q = forms.CharField(label=_("Code or name"), required=False, max_length=80)
    unverified = forms.BooleanField(label=_("Unverified only"), required=False)


class ImportForm(forms.Form):
    """A CSV file with a list; every fault in it becomes one sentence."""

    file = forms.FileField(label=_("CSV file"), help_text=_("CSV of at most 2 MB."))

    def __init__(self, kind: Kind, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kind = kind
        self.rows: list[Row] = []
        self.content = b""

    def clean_file(self) -> "UploadedFile[Any]":
        """Read the list; keep its rows and content for the action."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Send only the rows."))
        self.content = file.read()
        if b"\x00" in self.content[:4096] or self.content[:2] == b"PK":
            raise forms.ValidationError(_("This is no CSV file. Save the sheet as CSV first."))
        self.rows, faults = read_list(self.kind.shape, self.content)
        if faults:
            raise forms.ValidationError(_sentences(faults))
        return file


def _sentences(faults: list[Fault]) -> list[str]:
    language = get_language() or "id"
    shown = [fault.message.in_language(language) for fault in faults[:SHOWN_FAULTS]]
    if rest := len(faults) - len(shown):
        shown.append(_("… and %(number)d more.") % {"number": rest})
    return shown
