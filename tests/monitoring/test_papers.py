"""A report says the same on the page, in the workbook and on paper, and no cell ever runs."""

import io
import json
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
import typst
from django.template.loader import render_to_string
from django.utils.html import escape
from hypothesis import given, settings

from pulih.documents.codes import new_code
from pulih.documents.typesetting import inputs, root_of
from pulih.monitoring.documents.paper import TEMPLATE, paper, values_of
from pulih.monitoring.documents.workbook import Place, spans, workbook
from pulih.monitoring.rules import reports
from pulih.monitoring.rules.document import Table, percent
from pulih.monitoring.rules.facts import Note
from pulih.monitoring.rules.form_c import consolidation
from tests.examples import examples
from tests.make import monitoring as make

FORMS = sorted(reports.MAKERS)


def numbers(cells, columns):
    """Return the figures of a row as a workbook keeps them."""
    return [
        float(percent(Decimal(cell))) if column.kind in ("percent", "points") else float(cell)
        for cell, column in zip(cells, columns, strict=True)
        if not isinstance(cell, str | None)
    ]


@settings(max_examples=examples(15), deadline=None)
@given(make.any_facts())
def test_the_workbook_says_every_figure_of_the_report(facts):
    for form in FORMS:
        document = reports.make(form, facts)
        book = openpyxl.load_workbook(io.BytesIO(workbook(document, (facts,))), data_only=True)
        for sheet, page in zip(book.worksheets, document.pages, strict=True):
            found = [
                [float(cell) for cell in row if isinstance(cell, int | float)]
                for row in sheet.values
            ]
            wanted = [
                numbers(row.cells, part.columns)
                for part in page.parts
                if isinstance(part, Table)
                for row in part.rows
            ]
            assert [row for row in found if row] == [row for row in wanted if row]


@settings(max_examples=examples(15), deadline=None)
@given(make.any_facts())
def test_the_page_says_every_cell_of_the_report(facts):
    for form in FORMS:
        document = reports.make(form, facts)
        shown = render_to_string("monitoring/_document.html", {"document": document})
        for page in document.pages:
            for part in page.parts:
                for _row, cells in part.written() if isinstance(part, Table) else ():
                    assert all(escape(text) in shown for _column, text in cells)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_facts_make_the_same_bytes(form):
    facts = make.facts()
    document = reports.make(form, facts)
    assert paper(document, (facts,)) == paper(document, (facts,))
    assert workbook(document, (facts,)) == workbook(document, (facts,))


def test_words_that_look_like_formulas_or_markup_stay_words():
    nasty = "=HYPERLINK(1) #pagebreak() *tebal* $x$ <script>"
    facts = replace(make.facts(), notes=(Note("", "9201", nasty, nasty, nasty),))
    document = reports.make("A", facts)
    sheets = openpyxl.load_workbook(io.BytesIO(workbook(document, (facts,)))).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == nasty] == ["s"] * 3
    assert paper(document, (facts,)).startswith(b"%PDF")
    shown = render_to_string("monitoring/_document.html", {"document": document})
    assert "<script>" not in shown


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=examples(15))
@given(facts=make.any_facts())
def test_every_sum_of_a_workbook_is_a_formula_that_comes_to_what_is_printed(form, facts):
    made = io.BytesIO(workbook(reports.make(form, facts), (facts,)))
    formulas = openpyxl.load_workbook(made)
    printed = openpyxl.load_workbook(made, data_only=True)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if span := re.fullmatch(r"=SUBTOTAL\(9,(\w+:\w+)\)", str(cell.value)):
                    below = [one.value for (one,) in sheet[span[1]]]
                    lowest = [one for one in below if isinstance(one, int)]
                    assert sum(lowest) == printed[sheet.title][cell.coordinate].value


def test_the_lra_sums_its_accounts():
    sheet = book_of("accountability")["LRA"]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert sum(str(one).startswith("=SUBTOTAL") for one in cells) >= 8


def test_a_head_without_a_group_stands_over_both_rows():
    wide, narrow = reports.make("A", make.facts()).pages[0].parts
    assert sum(head.width for head in wide.upper()) == len(wide.columns)
    assert [head.column for head in wide.upper() if head.column] == [
        column for column in wide.columns if not column.group
    ]
    assert [head.column for head in narrow.upper()] == list(narrow.columns)
    assert narrow.lower() == []


@pytest.mark.parametrize("offices", range(1, 13))
def test_a_signature_never_stands_alone_on_a_sheet(offices):
    every = tuple(make.facts(unit_code=f"0299{n:02}") for n in range(offices))
    document = consolidation("Jawa Barat", every)
    given = inputs(json.dumps(values_of(document, every, code=new_code())), [])
    made = typst.compile(str(TEMPLATE), root=root_of(TEMPLATE), format="svg", sys_inputs=given)
    sheets = made if isinstance(made, list) else [made]
    assert all(b"#8a93a3" in sheet for sheet in sheets)  # Each has a part of a table.


def book_of(form, **changes):
    facts = make.facts(**changes)
    content = workbook(reports.make(form, facts), (facts,), mark="versi 1 & sidik")
    return openpyxl.load_workbook(io.BytesIO(content))


def test_sheets_have_short_names_repeat_their_heads_and_say_which_filing_they_are():
    assert book_of("accountability").sheetnames == ["LRA", "CaLK"]
    sheet = book_of("A").worksheets[0]
    assert sheet.title == "Formulir A 9201"
    assert sheet.print_title_rows == "$15:$17"
    assert sheet["A15"].value == "Kode dan nama sub-kegiatan"
    assert not book_of("managerial").worksheets[0].print_title_rows
    assert "versi 1 && sidik" in sheet.oddFooter.left.text
    assert "Halaman" in sheet.oddFooter.right.text


@pytest.mark.parametrize(("volume", "wanted"), [("10", "#,##0"), ("12.50", "#,##0.0##")])
def test_a_whole_volume_shows_no_decimals(volume, wanted):
    done = make.output(volume_done=Decimal(volume))
    sheet = book_of("A", outputs=(done,)).worksheets[0]
    (cell,) = [c for row in sheet.iter_rows() for c in row if c.value == float(volume)]
    assert cell.number_format == wanted


def test_the_general_data_of_form_a_name_who_holds_the_budget_and_who_commits():
    (page,) = reports.make("A", make.facts()).pages
    assert page.opening == "I. Data umum"
    assert ("KPA / PPK", "Ratna Wulandari / Bagus Santika") in page.general


def test_a_table_of_words_is_spread_over_the_sheet_without_gaps():
    facts = make.facts()
    wide, narrow = reports.make("A", facts).pages[0].parts
    widths = [column.width for column in wide.columns]
    places = spans(narrow, widths)
    assert [place.start for place in places[1:]] == [place.end + 1 for place in places[:-1]]
    assert (places[0].start, places[-1].end) == (0, len(widths) - 1)
    assert spans(wide, widths)[0] == Place(0, 0, widths[0])
