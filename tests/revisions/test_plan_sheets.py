"""Page III as a sheet: what is taken out reads back, what is wrong is told with its cell."""

from io import BytesIO

import openpyxl
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget import actions
from pulih.budget.cash_plan import plan_of
from pulih.budget.rules.months import MONTHS
from pulih.intake.cells import Sheet
from pulih.revisions.documents.page_three import NAMES as MONTH_NAMES
from pulih.revisions.rules.plan_sheet import plan_of_sheets
from pulih.revisions.views.plan_sheets import EXPORT_HEADINGS
from tests.make import budget as make
from tests.once import made_once
from tests.people import cast

BACKEND = "django.contrib.auth.backends.ModelBackend"
UNIT = "029999"
amounts = st.lists(st.integers(0, 10**12), min_size=12, max_size=12)


def sheet(*rows, heads=("Kode Satker", "Tahun Anggaran", "Jenis Belanja", *MONTH_NAMES, "Jumlah")):
    table = [heads, *rows]
    width = max(map(len, table))
    cells = [[None if c is None else str(c) for c in (*r, *[None] * (width - len(r)))]
             for r in table]  # fmt: skip
    numeric = [[isinstance(c, int) for c in (*r, *[None] * (width - len(r)))] for r in table]
    names = [f"c{n}" for n in range(width)]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    return Sheet("Data", frame, pl.DataFrame(numeric, schema=names, orient="row"))


def row(spending_type="52", months=(100,) * 12, unit=UNIT, year=2020, total=None):
    return (unit, year, spending_type, *months, sum(months) if total is None else total)


@given(amounts, amounts)
def test_rows_of_one_type_add_up_month_by_month(one, other):
    accounts = (row("521211", one), row("3038.001.051.A.522151", other), row("51", other))
    found = plan_of_sheets([sheet(*accounts)], UNIT, 2020)
    assert found.faults == []
    assert [found.months["52"][m] for m in MONTHS] == [
        a + b for a, b in zip(one, other, strict=True)
    ]
    assert [found.months["51"][m] for m in MONTHS] == other


@pytest.mark.parametrize(
    ("wrong", "cell", "words"),
    [
        (row(months=(*[1] * 11, "banyak"), total=""), "O2", "must be whole rupiah"),
        (row(months=(-5, *[1] * 11), total=""), "D2", "must be whole rupiah"),
        (row("Barang"), "C2", "the spending type must be two digits"),
        (row(total=7), "P2", "the total is written as Rp7"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(wrong, cell, words):
    found = plan_of_sheets([sheet(wrong)], UNIT, 2020)
    assert [one.cell for one in found.faults] == [cell]
    assert words in found.faults[0].message.en


def test_rows_of_others_sums_and_blanks_are_passed_by():
    rows = (row(), row(unit="029998"), row(year=2021), ("JUMLAH", None, None, *[5] * 13), ())
    found = plan_of_sheets([sheet(*rows)], UNIT, 2020)
    assert (found.rows, found.others, found.faults) == (1, 2, [])
    nobody = plan_of_sheets([sheet(row(unit="029998"))], UNIT, 2020)
    assert "holds no planned row of unit 029999" in nobody.faults[0].message.en
    assert "No heading row" in plan_of_sheets([sheet(heads=("a", "b"))], UNIT, 2020).faults[
        0].message.en  # fmt: skip


@made_once
def unit(db):
    line = make.line(ceiling=1_200)
    actions.set_cash_plan(line.unit, 2020, {"52": {3: 700, 9: 500}}, by=make.system())
    return line.unit


@pytest.fixture
def officer(client, db):
    client.force_login(cast.provincial_officer(), BACKEND)
    return client


def taken_out(client, unit, **query):
    asked = {"unit": unit.pk, "year": 2020, "format": "xlsx", **query}
    answer = client.get(reverse("revisions:plans-out"), asked)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def send(client, unit, content, name="halaman-iii.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("revisions:plan-sheet", args=[unit.pk, 2020]), {"file": file})


def test_taken_out_and_read_again_nothing_differs(officer, unit):
    content = taken_out(officer, unit)
    cells = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    at = cells.index(EXPORT_HEADINGS)
    assert cells[at + 1][:2] == ("029999", unit.name)
    assert cells[at + 1][4:10] == ("52", "Belanja Barang", 1_200, 0, 0, 700)
    answer = send(officer, unit, content)
    assert answer.context["changed"] == 0
    assert "tidak ada yang perlu disimpan" in answer.content.decode().lower()


def test_an_export_is_of_both_days(officer, unit):
    cells = list(
        openpyxl.load_workbook(
            BytesIO(taken_out(officer, unit, per="2020-01-01"))
        ).active.iter_rows(values_only=True)
    )
    assert not any("029999" in map(str, row) for row in cells)


def test_a_sheet_fills_the_form_and_saves_nothing_until_it_is_saved(officer, unit):
    book = openpyxl.load_workbook(BytesIO(taken_out(officer, unit)))
    line = next(r for r in book.active.iter_rows() if r[0].value == "029999")
    line[9].value, line[10].value = 600, 100  # March gives a hundred to April.
    made = BytesIO()
    book.save(made)
    answer = send(officer, unit, made.getvalue())
    assert (answer.context["changed"], answer.context["odd"]) == (2, [])
    assert "semula 700" in answer.content.decode()
    assert plan_of(unit, 2020).total()[3] == 700
    typed = {f"m_52_{month}": "0" for month in MONTHS} | {"m_52_3": "600", "m_52_4": "100",
             "m_52_9": "500"}  # fmt: skip
    officer.post(reverse("revisions:cash-plan", args=[unit.pk, 2020]), typed)
    assert plan_of(unit, 2020).total()[3] == 600


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "foto"),
        (b"PK\x03\x04 no workbook", "rusak"),
        (b"nama;umur\na;1\n", "Jenis Belanja"),
        ("Jenis Belanja;" + ";".join(MONTH_NAMES) + "\n57;" + ";".join(["9"] * 12), "57"),
    ],
)
def test_files_of_a_wrong_kind_are_answered_in_one_sentence(officer, unit, content, words):
    raw = content if isinstance(content, bytes) else content.encode()
    answer = send(officer, unit, raw, "rencana.csv")
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert plan_of(unit, 2020).total()[3] == 700


def test_a_year_without_lines_has_no_page_three_to_save(officer, unit):
    answer = officer.post(reverse("revisions:cash-plan", args=[unit.pk, 2019]), {})
    assert answer.status_code == 200
    assert "tidak punya pagu" in answer.content.decode()
    for year in ("0", "1999", "99999999"):
        assert officer.get(f"/budget/units/{unit.pk}/{year}/cash-plan/").status_code == 404


def test_strangers_and_auditors_read_no_sheet(client, unit):
    for person, status in ((cast.provincial_officer("Kalimantan Selatan"), 404),
                           (cast.auditor(), 403)):  # fmt: skip
        client.force_login(person, BACKEND)
        assert send(client, unit, b"x").status_code == status
        if status == 403:
            assert taken_out(client, unit)
