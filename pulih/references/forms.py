"""What a person asks of a list, and the file with which they bring it up to date."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.common.errors import Fault, Refusal
from pulih.intake import in_child
from pulih.web.words import say

from .kinds import Kind
from .rules import Row, read_list

LARGEST_BYTES = 2 * 2**20
SHOWN_FAULTS = 50


class ReferenceFilter(forms.Form):
    """Half a name or the beginning of a code, and whether only unverified rows are wanted."""

    q = forms.CharField(label=_("Code or name"), required=False, max_length=80)
    unverified = forms.BooleanField(label=_("Not confirmed yet only"), required=False)


class ImportForm(forms.Form):
    """A CSV or XLSX file with a list; every fault in it becomes one sentence."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX of at most 2 MB."))

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
        lines = self.content
        if lines[:2] == b"PK":
            try:
                lines = lines_of_workbook(lines, file.name or "")
            except Refusal as refusal:
                raise forms.ValidationError(say(refusal.message)) from refusal
        elif b"\x00" in lines[:4096]:
            raise forms.ValidationError(_("This is no CSV or XLSX file. Save the sheet as XLSX."))
        self.rows, faults = read_list(self.kind.shape, lines)
        if faults:
            raise forms.ValidationError(_sentences(faults))
        return file


def lines_of_workbook(content: bytes, name: str) -> bytes:
    """Return the first sheet of a workbook that is not empty, as lines of CSV. May refuse."""
    with TemporaryDirectory() as home:
        path = Path(home) / (Path(name).name or "list.xlsx")
        path.write_bytes(content)
        sheets = in_child.sheets(path)
    cells = next((one.cells for one in sheets if not one.cells.is_empty()), None)
    return "".join(lines_of_sheet(cells) if cells is not None else ()).encode()


def lines_of_sheet(cells: pl.DataFrame) -> Iterator[str]:
    """Yield the rows of a sheet as lines of CSV.

    A number that a spreadsheet keeps with `.0` is written whole, and a day without its hours.
    """
    line = StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in cells.iter_rows():
        writer.writerow([_plain(cell or "") for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _plain(cell: str) -> str:
    day = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T]00:00:00(?:\.0+)?", cell)
    return day[1] if day else re.sub(r"^(\d+)\.0$", r"\1", " ".join(cell.split()))


def _sentences(faults: list[Fault]) -> list[str]:
    language = get_language() or "id"
    shown = [fault.message.in_language(language) for fault in faults[:SHOWN_FAULTS]]
    if rest := len(faults) - len(shown):
        shown.append(_("… and %(number)d more.") % {"number": rest})
    return shown
