"""A delivered list is read whole, or every fault in it is said in one sentence."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.references.kinds import KINDS
from pulih.references.rules import first_overlap, follow_on, read_list

ACCOUNTS = KINDS["accounts"].shape
HEAD = "code,name_indonesian,name_en,kind,is_covid,is_physical,valid_from,valid_to,source,verified"
ROW = "521211,Belanja Bahan,Materials,goods_activity,tidak,tidak,2021-01-01,,KEP-1,ya"


def read(*lines, shape=ACCOUNTS, encoding="utf-8"):
    return read_list(shape, "\n".join(lines).encode(encoding))


def sentences(*lines, shape=ACCOUNTS):
    _rows, faults = read(*lines, shape=shape)
    return [fault.message.en for fault in faults]


def test_a_good_row_is_read_with_its_types():
    rows, faults = read(HEAD, ROW)
    assert faults == []
    assert rows[0]["valid_from"] == date(2021, 1, 1)
    assert rows[0]["valid_to"] is None
    assert (rows[0]["is_covid"], rows[0]["verified"]) == (False, True)


def test_a_list_under_the_earlier_heading_of_names_is_read():
    rows, faults = read(HEAD.replace("name_indonesian", "name_id"), ROW)
    assert faults == []
    assert rows[0]["name_indonesian"] == "Belanja Bahan"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_semicolons_marks_titles_and_old_encodings_are_read(encoding):
    row = ROW.replace(",", ";").replace("Belanja", "Bélanja")
    head = HEAD.upper().replace(",", " ; ")
    rows, faults = read("Daftar akun", "", head, row, encoding=encoding)
    assert faults == []
    assert rows[0]["name_indonesian"] == "Bélanja Bahan"
    assert rows[0]["row"] == 4


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (ROW.replace("521211", "52121"), "Row 2, column code: must be 6 digits, not “52121”."),
        (ROW.replace(",tidak,", ",mungkin,", 1), "must be yes or no, not “mungkin”."),
        (ROW.replace("2021-01-01", "1 Jan 2021"), "must be a day such as 2020-01-31"),
        (ROW.replace("2021-01-01,", "2021-01-01,2020-01-01"), "valid_to must be after valid_from"),
        (ROW.replace("2021-01-01", "9999-12-31"), "2020-01-31, from 2000 to 2100, not"),
        (ROW.replace("2021-01-01", "0001-01-01"), "2020-01-31, from 2000 to 2100, not"),
        (ROW.replace("2021-01-01,", "2021-01-01,9999-12-31"), "from 2000 to 2100, or empty, not"),
    ],
)
def test_a_wrong_cell_is_said_in_one_sentence(row, sentence):
    said = sentences(HEAD, row)
    assert len(said) == 1
    assert sentence in said[0]


def test_every_fault_is_said_in_the_order_of_the_rows():
    bad = ROW.replace("521211", "x")
    assert [said[:6] for said in sentences(HEAD, bad, ROW, bad)] == ["Row 2,", "Row 4,"]


def test_a_file_without_the_headings_says_which_are_needed():
    assert sentences("a,b", "1,2")[0].startswith(
        "No heading row with the columns code, name_indonesian"
    )
    assert sentences(HEAD) == ["This file holds no rows. Fill in at least one."]
    assert sentences("")[0].startswith("No heading row")


def test_one_code_may_not_hold_twice_on_one_day():
    later = ROW.replace("2021-01-01", "2022-01-01")
    assert sentences(HEAD, ROW, later) == []
    assert "Row 3: 521211 stands in row 2 for the same days" in sentences(HEAD, ROW, ROW)[0]
    ended = ROW.replace("2021-01-01,", "2021-01-01,2022-06-01")
    assert "Row 3" in sentences(HEAD, ended, later)[0]


def test_a_province_is_read_by_its_name_and_rupiah_must_be_whole():
    shape = KINDS["allowances"].shape
    head = "province,out_of_town,in_town_over_8h,training,valid_from,valid_to,source,verified"
    assert sentences(head, "Jabar,430000,1,2,2021-01-01,,PMK,ya", shape=shape) == []
    said = sentences(head, "Atlantis,430.000,1,2,2021-01-01,,PMK,ya", shape=shape)
    assert "the name of a province, not “Atlantis”" in said[0]
    assert "whole rupiah" in said[1]


starts = st.lists(st.integers(0, 2_000), min_size=1, max_size=8, unique=True)


@given(starts)
def test_rows_that_follow_each_other_never_overlap_once_open_ones_are_ended(days):
    rows = [
        {"valid_from": date(2020, 1, 1) + timedelta(days=start), "valid_to": None}
        for start in sorted(days)
    ]
    for place, last in follow_on(rows):
        rows[place]["valid_to"] = last
    assert first_overlap(rows) is None
    assert [row["valid_to"] is None for row in rows] == [False] * (len(rows) - 1) + [True]


@given(st.binary(max_size=400))
def test_any_bytes_are_answered_with_faults_and_never_raise(content):
    _rows, faults = read_list(ACCOUNTS, content)
    assert faults
    assert all(fault.message.id and fault.message.en for fault in faults)


def test_a_mark_that_nothing_closes_is_said_whatever_python_takes_for_a_long_cell():
    before = csv.field_size_limit(1 << 27)
    try:
        faults = sentences(HEAD, f'"{ROW}', *[ROW] * 1_000)
    finally:
        csv.field_size_limit(before)
    assert ["is not closed" in one for one in faults] == [True]
