"""A capacity in two cells: what is counted, in which period, and by how many hands."""

from datetime import date

import pytest

from pulih.intake import read
from pulih.intake.readings import measures
from tests.make import intake as make

ON = date(2020, 6, 30)
HEADS = ["Nama Usaha", "Nama Pemilik", "Jumlah TK", "Kapasitas Produksi", "Satuan"]


def capacity_of(folder, cell, beside, workers="3"):
    rows: list[list[make.Cell]] = [HEADS]
    rows += [[f"UD Contoh {n}", f"Siti {n}", "4", "500", "lembar/hari"] for n in range(1, 5)]
    rows.append(["UD Uji", "Budi", workers, cell, beside])
    one = read(make.write(rows, folder / "a.csv"), kind="firms", on=ON)
    row = one.rows.filter(one.rows["row"] == 6).row(0, named=True)
    told = one.problems.filter(one.problems["cell"] == "D6")["rule"].to_list()
    return row["capacity"], row["capacity_unit"], told


@pytest.mark.parametrize(
    ("cell", "beside", "value", "unit", "told"),
    [
        ("5 kodi", "per bulan", 5, "kodi/bulan", []),
        ("5 kodi", "bulan", 5, "kodi/bulan", []),
        ("5 kodi", "lembar/bulan", 5, "kodi/bulan", ["other_unit"]),
        ("5 kodi", "lembar", 5, "kodi", ["other_unit"]),
        ("5 kodi/minggu", "lembar/bulan", 5, "kodi/minggu", ["other_unit"]),
        ("500 lembar", "lembar/hari", 500, "lembar/hari", []),
        ("500/hari", "lembar", 500, "lembar/hari", []),
        ("500", "lembar/hari", 500, "lembar/hari", []),
    ],
)
def test_the_cell_says_what_is_counted_and_the_column_the_period(
    tmp_path, cell, beside, value, unit, told
):
    assert capacity_of(tmp_path, cell, beside) == (value, unit, told)


@pytest.mark.parametrize(
    ("cell", "beside", "workers", "is_told"),
    [
        ("5000000", "lembar/hari", "3", True),
        ("5000000", "lembar/tahun", "3", False),
        ("2000000", "kodi/bulan", "3", True),
        ("5000000", "kg/hari", "3", False),
        ("5000000", "lembar/hari", "0", False),
        ("500", "lembar/hari", "3", False),
    ],
)
def test_what_no_hands_can_make_is_told_in_its_cell(tmp_path, cell, beside, workers, is_told):
    assert ("too_many_by_hand" in capacity_of(tmp_path, cell, beside, workers)[2]) is is_told


@pytest.mark.parametrize("text", ["3x seminggu", "2 kali/bulan", "3 x"])
def test_how_often_is_no_capacity(text: str) -> None:
    answer = measures.MEASURE.careful(text)
    assert (answer.value, answer.rule) == (None, "unreadable")


@pytest.mark.parametrize(("heading", "told"), [("Kapasitas", ["D4"]), ("Kapasitas (lembar)", [])])
def test_a_number_without_a_unit_beside_dozens_is_doubted(tmp_path, heading, told):
    rows: list[list[make.Cell]] = [[*HEADS[:3], heading]]
    cells = ("5 kodi/hari", "100 lembar/hari", "100", "")
    rows += [[f"UD Contoh {n}", f"Siti {n}", "4", cell] for n, cell in enumerate(cells)]
    one = read(make.write(rows, tmp_path / "a.csv"), kind="firms", on=ON)
    unsaid = one.problems.filter(one.problems["rule"] == "unit_unsaid")
    assert unsaid["cell"].to_list() == told
    assert one.rows["capacity"].to_list() == [5, 100, 100, None]
