"""A cost plan as offices write it, in and out again."""

import polars as pl
import pytest

from pulih.intake.cells import Sheet
from pulih.proposals.rules.cost_sheet import cost_sheet
from pulih.proposals.rules.factors import written


def sheet(*lines):
    width = max(len(line) for line in lines)
    rows = [[*line, *[None] * (width - len(line))] for line in lines]
    cells = pl.DataFrame(rows, orient="row", schema=[f"c{n}" for n in range(width)])
    return Sheet("RAB", cells.cast(pl.String))


HEADS = ["No", "Uraian", "Akun", "Perhitungan", "Harga Satuan (Rp)", "Jumlah (Rp)"]


def test_a_sheet_with_calculations_is_read():
    read = cost_sheet([sheet(
        ["RENCANA ANGGARAN BIAYA"],
        HEADS,
        ["1", "2", "3", "4", "5", "6"],
        ["1", "Honor narasumber", "522151", "32 OJ", "900.000", "28.800.000"],
        ["2", "Uang harian", "521219", "65 org x 4 hr", "110.000", "28.600.000"],
        ["", "Jumlah", "", "", "", "57.400.000"],
        ["", "Mengetahui,", "", "", "", ""],
    )])  # fmt: skip
    assert read.faults == []
    assert [(one.account, written(one.factors), one.unit_cost) for one in read.rows] == [
        ("522151", "32 OJ", 900_000), ("521219", "65 org × 4 hr", 110_000),
    ]  # fmt: skip


def test_accounts_stand_above_their_rows_and_volumes_beside_their_units():
    read = cost_sheet([sheet(
        ["Uraian", "Vol", "Sat", "Vol", "Sat", "Harga Satuan", "Jumlah"],
        ["522151 Belanja Jasa Profesi"],
        ["- Instruktur pendamping", "13", "orang", "4", "hari", "150000", "7800000"],
        ["521211 Belanja Bahan"],
        ["- Paket bahan", "13.0", "paket", None, None, "4250000", "55250000"],
    )])  # fmt: skip
    assert read.faults == []
    assert [(one.account, written(one.factors)) for one in read.rows] == [
        ("522151", "13 orang × 4 hari"), ("521211", "13 paket"),
    ]  # fmt: skip


def test_one_heading_may_stand_above_several_columns_of_a_calculation():
    read = cost_sheet([sheet(
        ["NO", "KODE", "URAIAN SUB KEGIATAN / KOMPONEN", "RINCIAN VOLUME", None, None, None, None,
         "JML", "HARGA SATUAN", "JUMLAH BIAYA"],
        [None, None, None, "Vol", "Sat", None, "Vol", "Sat", None, "(Rp)", "(Rp)"],
        [None, "522151", "Belanja Jasa Profesi"],
        ["1", None, "Honor narasumber", "2", "org", "x", "16.0", "jam", "32", "900000", "28800000"],
        ["2", None, "Modul", "50", "paket", None, None, None, "50", "20000", "1000000"],
    )])  # fmt: skip
    assert read.faults == []
    assert [(one.account, written(one.factors), one.unit_cost) for one in read.rows] == [
        ("522151", "2 org × 16 jam", 900_000), ("522151", "50 paket", 20_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heads",
    [
        ["Uraian", "Vol", "Sat", "Jml", "Harga Satuan", "Jumlah"],  # The sum of the volumes.
        ["Uraian", "Jumlah", "Satuan", None, "Harga Satuan", "Total"],  # The volume itself.
        ["Uraian", "Volume", None, None, "Harga Satuan", "Total Biaya"],  # Merged with its unit.
    ],
)
def test_a_sum_before_the_unit_cost_is_no_amount(heads):
    read = cost_sheet([sheet(
        heads, ["522151 Jasa"], ["Modul", "50", "paket", None, "20.000", "1.000.000"],
    )])  # fmt: skip
    assert read.faults == []
    assert [written(one.factors) for one in read.rows] == ["50 paket"]


def test_a_heading_that_is_missing_is_named_with_the_row():
    (fault,) = cost_sheet([sheet(
        ["RAB 2020"], ["Belanja untuk", "Volume", "Satuan", "Harga Satuan"], ["A", "1", "OJ", "5"],
    )]).faults  # fmt: skip
    assert "row 2" in fault.message.en
    assert "“Uraian”" in fault.message.en
    assert "Volume" not in fault.message.en


def test_a_sheet_in_thousands_is_multiplied():
    read = cost_sheet([sheet(
        ["(dalam ribuan rupiah)"], HEADS,
        ["1", "Honor narasumber", "522151", "32 OJ", "900", "28.800"],
    )])  # fmt: skip
    assert (read.scale, read.rows[0].unit_cost) == (1_000, 900_000)


@pytest.mark.parametrize("heading", ["52.12.11 Belanja Bahan", "Belanja Bahan"])
def test_an_account_above_its_rows_may_have_dots_or_its_name_alone(heading):
    read = cost_sheet([sheet(
        ["Uraian", "Vol", "Sat", "Harga Satuan"], [heading], ["Kain", "13", "paket", "4.250.000"],
    )])  # fmt: skip
    assert [(one.text, one.account) for one in read.rows] == [("Kain", "521211")]


def test_what_a_formula_gives_is_whole_but_for_its_noise():
    plan = sheet(HEADS, ["1", "Modul", "521211", "3 paket", "149999.99999999997", ""])
    numeric = pl.DataFrame({name: [False, name == "c4"] for name in plan.cells.columns})
    (row,) = cost_sheet([Sheet("RAB", plan.cells, numeric)]).rows
    assert row.unit_cost == 150_000


def test_money_that_the_sheet_adds_up_is_never_lost():
    def read(total):
        return cost_sheet([sheet(
            HEADS,
            ["1", "Modul", "521211", "3 paket", "100.000", "300.000"],
            ["", "Jumlah bahan", "", "", "", "300.000"],
            ["2", "PPN 10%", "", "", "", "30.000"],
            ["", "Jumlah", "", "", "", total],
        )])  # fmt: skip

    (fault,) = read("330.000").faults
    assert (fault.cell, "Rp30,000 have no volume" in fault.message.en) == ("F5", True)
    assert read("300.000").faults == []


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (["1", "Honor", "522151", "3 OJ", "333.333,33", ""], "E2", "“333.333,33”"),
        (["1", "Honor", "522151", "[2 org x 16 jam = 30 OJ]", "900.000", ""], "D2", "= 32, not"),
        (["1", "Honor", "522151", "32 OJ", "900.000", "28.000.000"], "F2", "Rp28,800,000"),
        (["1", "Honor", "522151", "1,5 orang", "900.000", ""], "D2", "not whole"),
        (["1", "Honor", "522151", "32 OJ", "mahal", ""], "E2", "“mahal”"),
        (["1", "Honor", "522151", "32 kambing", "900.000", ""], "D2", "kambing"),
    ],
)
def test_a_wrong_cell_is_named_and_no_row_counts(line, cell, words):
    read = cost_sheet([sheet(HEADS, line)])
    (fault,) = read.faults
    assert fault.cell == cell
    assert words in fault.message.en
    assert read.rows == []


def test_a_sheet_of_something_else_is_told():
    assert "No heading row" in cost_sheet([sheet(["Nama", "NIK"], ["a", "b"])]).faults[0].message.en
    assert "no cost row" in cost_sheet([sheet(HEADS)]).faults[0].message.en
