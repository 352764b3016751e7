"""The rows of a large file with a list, one by one, however many they are."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import BufferedIOBase, TextIOWrapper
from typing import Any

from pulih.common.errors import Fault, Message, Refusal
from pulih.inbox import uploads
from pulih.intake import in_child
from pulih.references.forms import lines_of_sheet
from pulih.references.rules import Row, Shape, read_one_by_one

from ..models import ListFile
from ..rules.checks import CIVIL_REGISTRY
from ..rules.comparison import ANSWERS, PLAIN

BLOCK = 2**20
LONGEST_LINE = 2**18  # Signs; a cell may have half as many.
PACKED = b"PK"
NOT_A_LIST = Message(
    "Ini bukan berkas CSV atau XLSX. Simpan lembarnya sebagai XLSX.",
    "This is no CSV or XLSX file. Save the sheet as XLSX.",
)


def shape_of(kind: str) -> Shape:
    return ANSWERS if kind == CIVIL_REGISTRY else PLAIN


class Rows:
    """The rows of a stored file and what is wrong with them, in order. May refuse.

    expected: how many lines there are, once that is known.
    """

    def __init__(self, file: ListFile) -> None:
        self.file = file
        self.shape = shape_of(file.kind)
        self.expected = 0

    def __iter__(self) -> Iterator[Row | Fault]:
        with uploads.opened(self.file.stored_name) as content:
            start = content.read(4096)
            if start.startswith(PACKED):
                yield from self._of_workbook()
                return
            if b"\x00" in start:
                raise Refusal(NOT_A_LIST)
            encoding = self._encoding_of(content)
            content.seek(0)
            whole: Any = content  # The types of the library want a narrower one.
            text = TextIOWrapper(whole, encoding, errors="replace")
            yield from read_one_by_one(self.shape, iter(lambda: text.readline(LONGEST_LINE), ""))

    def _encoding_of(self, content: BufferedIOBase) -> str:
        """Tell UTF-8 from Windows-1252 by all of a file, and count its lines."""
        content.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        is_utf8 = True
        while block := content.read(BLOCK):
            self.expected += block.count(b"\n")
            try:
                decoder.decode(block if is_utf8 else b"")
            except UnicodeDecodeError:
                is_utf8 = False
        return "utf-8-sig" if is_utf8 else "cp1252"

    def _of_workbook(self) -> Iterator[Row | Fault]:
        """Read every sheet with cells: a list of more rows than a sheet takes goes over several."""
        with uploads.readable(self.file.stored_name) as path:
            sheets = [one for one in in_child.sheets(path) if not one.cells.is_empty()]
        self.expected = sum(one.cells.height for one in sheets)
        if not sheets:
            yield from read_one_by_one(self.shape, ())
        for sheet in sheets:
            for one in read_one_by_one(self.shape, lines_of_sheet(sheet.cells)):
                yield _in_sheet(one, sheet.name or "") if len(sheets) > 1 else one


def _in_sheet(one: Row | Fault, name: str) -> Row | Fault:
    """Name the sheet where there are several: each counts its rows anew."""
    if not isinstance(one, Fault):
        return one
    said = Message(f"Lembar “{name}”: {one.message.id}", f"Sheet “{name}”: {one.message.en}")
    return Fault(one.table, one.row, one.column, one.value, said)
