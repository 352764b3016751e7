import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pulih.common.errors import Refusal
from pulih.web.exports import (
    FORMULA_SIGNS,
    LARGEST_SHEET,
    About,
    csv_response,
    file_response,
    safe_text,
    write_workbook,
)

ABOUT = About(
    "Daftar IKM",
    "Rini Wulandari",
    date(2020, 6, 15),
    datetime(2020, 6, 15, 3, 42, tzinfo=UTC),
    "Kabupaten Indramayu",
)
ROWS = [
    ("=1+1", 3_212_345_678_900_007, 2_500_000, date(2020, 5, 1), None, True),
    ("Sari Wangi", 1, -5, None, "+62", False),
]
HEADS = ["Nama", "Nomor", "Omzet", "Tanggal", "Telepon", "Aktif"]


def lines_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_a_csv_says_what_it_is_and_how_many_rows_it_has() -> None:
    lines = lines_of(csv_response("ikm.csv", HEADS, iter(ROWS), ABOUT))
    assert [line[0] for line in lines[:4]] == [
        "Daftar IKM",
        "Data per 15 Jun 2020",
        "Saringan: Kabupaten Indramayu",
        "Diunduh 15 Jun 2020 10.42 WIB oleh Rini Wulandari",
    ]
    assert lines[4] == HEADS
    assert lines[5] == ["'=1+1", "3212345678900007", "2500000", "2020-05-01", "", "ya"]
    assert lines[6] == ["Sari Wangi", "1", "-5", "", "'+62", "tidak"]
    assert lines[7] == ["Jumlah baris: 2"]


def test_an_export_says_what_was_known_when_that_was_asked() -> None:
    about = About("POK", "Rini", date(2020, 6, 1), ABOUT.made_at, known=date(2020, 6, 15))
    assert about.lines()[1] == "Data per 1 Jun 2020, diketahui per 15 Jun 2020"


@given(st.text())
def test_no_text_of_a_csv_is_read_as_a_formula(text: str) -> None:
    assert not safe_text(text).startswith(FORMULA_SIGNS)
    assert safe_text(text).removeprefix("'") in (text, text.removeprefix("'"))


def test_a_csv_is_read_only_while_it_is_sent() -> None:
    read = []
    rows = (read.append(number) or (number,) for number in range(3))
    response = csv_response("a.csv", ["Nomor"], rows)
    assert read == []
    b"".join(response.streaming_content)
    assert read == [0, 1, 2]


def test_a_workbook_keeps_text_as_text_and_numbers_as_numbers() -> None:
    response, number = file_response("xlsx", "daftar ikm.xlsx", HEADS, iter(ROWS), ABOUT)
    assert number == 2
    assert response["Content-Disposition"] == 'attachment; filename="daftar_ikm.xlsx"'
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content)))["Data"]
    assert sheet["A1"].value == "Daftar IKM"
    assert [cell.value for cell in sheet[6]] == HEADS
    first = sheet[7]
    assert (first[0].value, first[0].data_type) == ("=1+1", "s")
    assert (first[1].value, first[2].value) == ("3212345678900007", 2_500_000)
    assert first[3].value.date() == date(2020, 5, 1)
    assert sheet["A9"].value == "Jumlah baris: 2"


@pytest.mark.parametrize("rows", [0, 1, 1500])
def test_a_workbook_counts_what_it_holds(rows: int) -> None:
    file = BytesIO()
    assert write_workbook(file, ["Nomor"], ((number,) for number in range(rows))) == rows
    sheet = load_workbook(file)["Data"]
    assert sheet.cell(rows + 2, 1).value == f"Jumlah baris: {rows:,}".replace(",", ".")


def test_a_workbook_that_would_lose_rows_is_refused_with_the_way_out() -> None:
    rows: Iterator[tuple[()]] = (() for _ in range(LARGEST_SHEET + 1))
    with pytest.raises(Refusal, match="at most 1,000,000 rows") as refused:
        write_workbook(BytesIO(), ["Nomor"], rows)
    assert "1.000.000 baris" in refused.value.message.id


def test_a_file_name_cannot_break_its_header() -> None:
    response = csv_response('a"\r\nb.csv', ["x"], [])
    assert response["Content-Disposition"] == 'attachment; filename="a___b.csv"'
