"""The matrix adds up, agrees with the page, and runs no formula."""

import csv
import io
import zipfile

import openpyxl
import pytest

from pulih.planning.cases import material_of
from pulih.planning.documents.matrices import book_of
from pulih.refocusing import Case, read_case
from pulih.revisions.documents.flat import flat_rows
from pulih.revisions.documents.paper import paper
from pulih.revisions.documents.workbook import workbook
from tests.make import planning as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once
def scenario():
    make.country()
    return make.solved(cast.planner())


def test_workbook_lines_and_plan_agree_to_the_rupiah(scenario):
    book = book_of(scenario, cast.planner())
    solution = scenario.solution
    assert (book.before, book.after) == (solution.before, solution.after)
    lines = list(flat_rows(book))
    assert sum(row[10] for row in lines) == solution.before
    assert sum(row[11] for row in lines) == solution.after
    sheets = openpyxl.load_workbook(io.BytesIO(workbook(book)), data_only=True)
    for name, unit in zip(sheets.sheetnames[1:], book.units, strict=True):
        total = next(row for row in sheets[name].values if row[0] == "Jumlah")
        assert (total[5], *total[9:11]) == (
            unit.matrix.before,
            unit.matrix.after,
            unit.matrix.change,
        )
    total = next(row for row in sheets["Rekap"].values if row[0] == "Jumlah")
    assert total[3:5] == (solution.before, solution.after)


def test_a_description_that_looks_like_a_formula_stays_text(scenario):
    book = book_of(scenario, cast.planner())
    sheets = openpyxl.load_workbook(io.BytesIO(workbook(book)))
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value == "=Perjalanan"]
    assert found
    assert all(cell.data_type == "s" for cell in found)


def test_the_paper_is_tagged_and_one_unit_can_be_had_alone(scenario):
    planner = cast.planner()
    whole = paper(book_of(scenario, planner))
    assert whole.startswith(b"%PDF-")
    assert b"pdfuaid" in whole
    unit = scenario.solution.line_rows.first().unit
    alone = book_of(scenario, planner, unit)
    assert [one.code for one in alone.units] == [unit.code]
    assert paper(alone).startswith(b"%PDF-")


def test_every_document_says_that_its_layout_is_not_verified(scenario):
    book = book_of(scenario, cast.planner())
    assert not any("verified" in line for line in book.about)


def test_the_case_that_was_solved_can_be_read_again(scenario, tmp_path):
    archive = zipfile.ZipFile(io.BytesIO(bytes(scenario.solution.archive.case)))
    archive.extractall(tmp_path)
    case = read_case(tmp_path)
    assert isinstance(case, Case)
    assert case == material_of(scenario, cast.planner()).case()
    plan = zipfile.ZipFile(io.BytesIO(bytes(scenario.solution.archive.plan)))
    rows = list(csv.DictReader(io.TextIOWrapper(plan.open("lines_after.csv"), "utf-8")))
    assert sum(int(row["after"]) for row in rows) == scenario.solution.after
