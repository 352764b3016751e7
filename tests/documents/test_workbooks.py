"""Workbooks of papers open, look and print alike."""

from io import BytesIO

import openpyxl
import xlsxwriter

from pulih.config.rooms import PACKAGE
from pulih.documents.workbooks import LINE, OPTIONS, TOTAL, cell_formats, set_print

OWN = {"documents/workbooks.py"}
# The files of lists, releases and cores are no papers; each has one place of its own.
LISTS = {"web/exports.py", "portal/workbooks.py", "intake/checked_copy.py"}


def test_a_sheet_prints_as_wide_as_one_page_with_its_heads_and_page_numbers():
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as book:
        sheet = book.add_worksheet("RAB")
        sheet.write_string(4, 0, "=1+1")
        set_print(sheet, "Barang & jasa", heads=(3, 4))
    read = openpyxl.load_workbook(memory)["RAB"]
    assert (read.page_setup.orientation, read.page_setup.paperSize) == ("landscape", 9)
    assert (read.page_setup.fitToHeight, read.print_title_rows) == (0, "$4:$5")
    assert read.oddFooter.left.text == "Barang && jasa"
    assert read["A5"].data_type == "s"


def test_cells_look_alike_and_numbers_read_as_numbers():
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as book:
        cells = cell_formats(book, {"line": LINE, "sum": TOTAL})
        sheet = book.add_worksheet("POK")
        for column, (row, kind) in enumerate(sorted(cells)):
            sheet.write_number(0, column, 1_234.5, cells[row, kind])
    read = openpyxl.load_workbook(memory)["POK"]
    formats = dict(zip(sorted(cells), read[1], strict=True))
    assert formats["sum", "rupiah"].number_format == "#,##0"
    assert formats["line", "volume"].number_format == "#,##0.0##"
    assert formats["sum", "text"].font.bold
    assert not formats["line", "text"].font.bold


def test_no_paper_makes_a_number_format_of_its_own():
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if '"num_format"' in path.read_text()
    }
    assert found - LISTS == OWN


def test_no_room_sets_up_a_page_or_a_workbook_by_itself():
    for word in (".set_paper(", '"strings_to_urls"'):
        found = {
            str(path.relative_to(PACKAGE))
            for path in PACKAGE.rglob("*.py")
            if word in path.read_text()
        }
        assert found - LISTS == OWN, word
