"""The sheet for the meeting: it agrees with the plan, and tells whoever signs what they sign."""

import io

import openpyxl
import pytest

from pulih.audit.models import Event
from pulih.planning import actions
from pulih.planning.documents.meeting import meeting_of
from pulih.planning.documents.meeting_paper import paper
from pulih.planning.models import Stance
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db


def sheet_of(scenario):
    rows = list(scenario.solution.province_rows.select_related("province"))
    return meeting_of(scenario, rows, [], cast.planner())


def test_the_sheet_says_of_each_province_what_the_plan_does_and_why(scenario):
    tables = {table.title: table for table in sheet_of(scenario).tables}
    provinces = tables["Per provinsi"]
    rows = {row.province.name: row for row in scenario.solution.province_rows.all()}
    assert {row[0]: row[1:4] for row in provinces.rows} == {
        name: (row.before, row.after, row.change) for name, row in rows.items()
    }
    assert provinces.total[1:3] == (scenario.solution.before, scenario.solution.after)
    assert all(row[-1].endswith(".") for row in provinces.rows)
    gaps = [row[3] for row in tables["Jawaban dan celahnya"].rows]
    assert gaps == [pytest.approx(gap * 100) for gap in scenario.solution.gaps]
    assert tables["Aturan yang menahan rencana, dan harganya"].rows


def test_it_is_indonesian_and_names_who_drew_up_the_plan(scenario):
    client = visitor(cast.planner())
    client.cookies["pulih_language"] = "en"
    answer = client.get(page("meeting", scenario.pk) + "?format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [
        str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None
    ]
    assert any(cell.startswith("Pagu ") for cell in cells)
    assert not any("Ceiling" in cell or "province" in cell for cell in cells)
    assert str(scenario.made_by) in cells
    assert book["Per provinsi"].max_row > len(sheet_of(scenario).tables[1].rows)
    assert Event.objects.filter(verb="planning.export").exists()


def test_who_signed_it_off_stands_on_it(scenario):
    planner = cast.planner()
    actions.give_opinion(scenario, Stance.AGREES, "Setuju.", by=planner)
    assert sheet_of(scenario).tables[-1].rows[-1][:3] == (str(planner), "menyetujui", "Setuju.")


def test_the_paper_is_tagged(scenario):
    made = paper(sheet_of(scenario))
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" in made
