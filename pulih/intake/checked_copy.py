"""The office's own file back: every problem marked in its cell, and a sheet that lists them all."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from pulih.common.identity_numbers import CUT_ENDS, DOT, LONG_ENDS, NIK_ENDS
from pulih.intake import ceilings, weighing
from pulih.intake.cells import Sheet
from pulih.intake.intake import Intake
from pulih.intake.outputs import whole
from pulih.intake.workbook import open_book

MOST_CELLS = 50_000  # Above it, the file is written afresh instead of being marked.
MOST_MARKED_BYTES = 16 * 1024**2
MOST_LISTED = 100_000
COLOURS = {"rejected": "F4B6B0", "corrected": "FFE08A", "warning": "CFE3F5"}
LIST_NAME = "Periksa"
HEADER = (
    "Lembar",
    "Sel",
    "Kolom",
    "Nilai",
    "Jenis",
    "Masalah dan perbaikannya",
    "Problem and repair",
)
OF_PEOPLE = ("firms", "impact", "needs", "makers")
CUT_NAME = rf"\1{DOT * 8}\2"
WHY_CUT = (
    "Nomor orang (NIK, KK, NPWP) disamarkan dalam salinan ini. Perbaiki di berkas asal, jangan "
    "kirim salinan ini.",
    "Numbers of persons (NIK, family card, NPWP) are cut in this copy. Correct the original "
    "file, and do not send this copy.",
)
KINDS = {"rejected": "ditolak", "corrected": "diperbaiki", "warning": "peringatan"}
FORMULA = re.compile(r"^[=+\-@\t\r]")


def annotate(path: Path | str, intake: Intake, out: Path | str, *, cut: bool = False) -> Path:
    """Write the checked file (XLSX) and return its path. The original is not touched.

    cut: with every number of a person cut. Such a copy is written afresh: an office's own file
    may hold what no cell shows, such as remarks and earlier values.
    """
    book = open_book(Path(path))
    out = Path(out)
    marked = False
    if book.form == "xlsx" and not cut and _is_small(Path(path)):
        marked = _mark_original(Path(path), intake, out)
    if not marked:
        sheets = map(_cut_sheet(intake.kind), book.sheets()) if cut else book.sheets()
        told = replace(intake, problems=_cut_problems(intake)) if cut else intake
        whole(out, lambda target: _write_afresh(target, sheets, told))
    return out


def _is_small(path: Path) -> bool:
    """Say whether a workbook may be marked itself, before it is loaded only to be put away.

    OpenPyXL holds every cell: fifty times what its XML takes.
    """
    if ceilings.unpacked_bytes(path) >= MOST_MARKED_BYTES:
        return False
    return weighing.cells_written(path) <= MOST_CELLS


def _cut_sheet(kind: str) -> Callable[[Sheet], Sheet]:
    """Return what cuts the numbers of persons in all cells of a sheet."""
    ends = _ends(kind)
    cells = pl.all().str.replace_all(ends, CUT_ENDS)

    def cut(sheet: Sheet) -> Sheet:
        name = sheet.name and re.sub(ends, CUT_NAME, sheet.name)
        return replace(sheet, name=name, cells=sheet.cells.select(cells))

    return cut


def _cut_problems(intake: Intake) -> pl.DataFrame:
    """Cut the numbers in every text, and say first why they are."""
    texts = ("sheet", "value", "message_id", "message_en")
    cut = intake.problems.with_columns(
        pl.col(name).str.replace_all(_ends(intake.kind), CUT_ENDS) for name in texts
    )
    told = {"kind": "warning", "message_id": WHY_CUT[0], "message_en": WHY_CUT[1]}
    return pl.concat([pl.DataFrame([told], schema_overrides=_of(cut, told)), cut], how="diagonal")


def _of(frame: pl.DataFrame, names: Iterable[str]) -> dict[str, pl.DataType]:
    return {name: frame.schema[name] for name in names}


def _ends(kind: str) -> str:
    """In lists of money only what has the form of a NIK is one: the rest are documents, amounts."""
    return LONG_ENDS if kind in OF_PEOPLE else NIK_ENDS


def neutral(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before one."""
    return f"'{value}" if FORMULA.match(value) and not re.fullmatch(r"-?[\d.,]+", value) else value


def _mark_original(path: Path, intake: Intake, out: Path) -> bool:
    """Mark the cells of the file itself; False if it is too large, or openpyxl cannot read it."""
    try:
        book = openpyxl.load_workbook(path, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError):
        return False
    sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
    if sum(sheet.max_row * sheet.max_column for sheet in sheets) > MOST_CELLS:
        return False
    for sheet in sheets:
        _make_plain(sheet)
        for cell, problems in _by_cell(intake.problems, sheet.title):
            _mark(sheet, cell, problems)
    _append_list(book, intake.problems)
    whole(out, book.save)
    return True


def _make_plain(sheet: Worksheet) -> None:
    """Turn formulas into texts: what was sent by one must not compute on another's machine."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and FORMULA.match(cell.value) and cell.data_type == "f":
                cell.value = neutral(cell.value)
                cell.data_type = "s"
                cell.quotePrefix = True


def _mark(sheet: Worksheet, address: str, problems: list[tuple[str, str]]) -> None:
    cell = sheet[address]
    if type(cell).__name__ == "MergedCell":
        merged = next((one for one in sheet.merged_cells.ranges if address in one), None)
        if merged is None:
            return
        cell = sheet.cell(merged.min_row, merged.min_col)
    worst = min((kind for kind, _ in problems), key=list(COLOURS).index)
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst])
    comment = Comment("\n".join(message for _, message in problems)[:2_000], "Pulih")
    comment.width, comment.height = 320, 120
    cell.comment = comment


def _by_cell(
    problems: pl.DataFrame, sheet: str | None
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    here = problems.filter(
        # What no cell shows, such as a place that follows from codes, is listed and not marked.
        pl.col("sheet").eq_missing(pl.lit(sheet, dtype=pl.String)),
        pl.col("cell").fill_null("") != "",
    )
    grouped = here.group_by("cell", maintain_order=True).agg("kind", "message_id")
    for cell, kinds, messages in grouped.iter_rows():
        yield cell, list(zip(kinds, messages, strict=True))


def _listed(problems: pl.DataFrame) -> Iterator[tuple[str, ...]]:
    wanted = problems.select("sheet", "cell", "column", "value", "kind", "message_id", "message_en")
    for sheet, cell, column, value, kind, indonesian, english in wanted.head(
        MOST_LISTED
    ).iter_rows():
        texts = (sheet, cell, column, value, KINDS[kind], indonesian, english)
        yield tuple(neutral(text or "") for text in texts)


def _append_list(book: openpyxl.Workbook, problems: pl.DataFrame) -> None:
    name = LIST_NAME
    while name in book.sheetnames:
        name += "_"
    sheet = book.create_sheet(name)
    sheet.append(HEADER)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, line in enumerate(_listed(problems), start=2):
        for column, text in enumerate(line, start=1):
            sheet.cell(number, column, text).data_type = "s"
    for letter, width in zip("ABCDEFG", (14, 8, 18, 24, 12, 80, 80), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _write_afresh(target: Path, sheets: Iterator[Sheet], intake: Intake) -> None:
    """Write the same values and marks into a new book, row by row, so that memory stays small."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        formats = {
            kind: book.add_format({"bg_color": f"#{colour}"}) for kind, colour in COLOURS.items()
        }
        used: set[str] = set()
        for sheet in sheets:
            _write_sheet(book, sheet, intake, formats, used)
        name = LIST_NAME
        while name.lower() in used:
            name += "_"
        page = book.add_worksheet(name)
        page.write_row(0, 0, HEADER, book.add_format({"bold": True}))
        page.set_column(5, 6, 80)
        for number, line in enumerate(_listed(intake.problems), start=1):
            for column, text in enumerate(line):
                page.write_string(number, column, text)


def _write_sheet(
    book: xlsxwriter.Workbook,
    sheet: Sheet,
    intake: Intake,
    formats: dict[str, object],
    used: set[str],
) -> None:
    name = (sheet.name or "Data")[:31]
    used.add(name.lower())
    page = book.add_worksheet(name)
    if sheet.hidden:
        page.hide()
    marks = dict(_by_cell(intake.problems, sheet.name))
    at = {_row_and_column(cell): problems for cell, problems in marks.items()}
    numeric = sheet.numeric.iter_rows() if sheet.numeric is not None else None
    commented = 0
    for number, row in enumerate(sheet.cells.iter_rows()):
        flags = next(numeric) if numeric is not None else ()
        for column, text in enumerate(row):
            problems = at.get((number, column))
            style = (
                formats[min((k for k, _ in problems), key=list(COLOURS).index)]
                if problems
                else None
            )
            if text is None:
                if problems:
                    page.write_blank(number, column, None, style)
            elif flags and flags[column] and len(text) < 15:
                page.write_number(number, column, float(text), style)
            else:
                page.write_string(number, column, neutral(text)[:32_000], style)
            if problems and commented < MOST_CELLS:
                page.write_comment(number, column, "\n".join(m for _, m in problems)[:2_000])
                commented += 1


def _row_and_column(cell: str) -> tuple[int, int]:
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert found is not None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
