"""What is wrong in a list of the treasury is named in its cell, and nothing is lost."""

from pathlib import Path

import polars as pl
import pytest

from pulih.common.errors import Refusal
from pulih.intake import Intake, read
from pulih.intake.readings.documents import METHOD, NUMBER, split_segments
from pulih.intake.readings.reading import read as read_cells
from pulih.intake.readings.signed import signed_money
from tests.make import intake as make
from tests.make import treasury as lists

HEADS: list[make.Cell] = ["No SP2D", "Tgl SP2D", "Kode", "Bruto", "Potongan", "Netto"]
NUMBER_ONE = "200231301000101"


def taken(tmp_path: Path, *rows: list[make.Cell], heads: list[make.Cell] = HEADS) -> Intake:
    return read(make.write([heads, *rows], tmp_path / "sp2d.xlsx"), kind="treasury")


def row(number: make.Cell = NUMBER_ONE, **changes: make.Cell) -> list[make.Cell]:
    usual: dict[str, make.Cell] = {
        "day": "05/06/2020", "key": lists.KEY, "gross": 100_000, "tax": 0, "net": 100_000,
    }  # fmt: skip
    return [number, *(usual | changes).values()]


def rules(one: Intake) -> dict[str, str]:
    return dict(one.problems.select("rule", "cell").iter_rows())


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.250.000", 1_250_000),
        ("(1.250.000)", -1_250_000),
        ("-1.250.000", -1_250_000),
        ("1.250.000-", -1_250_000),
        ("Rp (2,5 juta)", -2_500_000),
        ("Rp -75.000,00", -75_000),
        ("1.250.000,-", 1_250_000),
        ("1. 250 .000", 1_250_000),
        ("0", 0),
        ("nihil", 0),
        ("-", None),
        ("1.250.0000", None),
    ],
)
def test_amounts_keep_their_sign_and_stray_blanks_go(text: str, amount: int | None) -> None:
    assert read_cells(pl.Series([text]), None, signed_money()).values.to_list() == [amount]


def test_a_number_that_a_spreadsheet_cut_is_not_guessed() -> None:
    texts = pl.Series(["2,0023E+14", "200231301000101", "000123A / 2020", "belum", "0", "'00012"])
    found = read_cells(texts, None, NUMBER)
    assert found.values.to_list() == [None, "200231301000101", "000123A/2020", None, None, "00012"]
    assert found.rules.to_list() == ["digits_lost"]
    long = read_cells(pl.Series(["2002313010001010000"]), pl.Series([True]), NUMBER)
    assert long.rules.to_list() == ["digits_lost"]


def test_ways_of_paying_are_known_by_their_many_names() -> None:
    texts = ["SPM-LS Kontraktual", "GU", "GUP NIHIL", "Tambahan UP", "PTUP", "GTUP", "Gaji Induk"]
    found = read_cells(pl.Series(texts), None, METHOD)
    assert found.values.to_list() == ["LS", "GUP", "NIHIL", "TUP", "PTUP", "PTUP", "LS"]
    assert read_cells(pl.Series(["Retur"]), None, METHOD).rules.to_list() == ["code_elsewhere"]


def test_the_code_of_segments_tells_unit_account_activity_and_output() -> None:
    found = split_segments("029999.023.521211.0190607.3038001.A000000001.00000.3.0251.1")
    assert found == {
        "unit_code": "029999", "account": "521211", "programme": "0190607",
        "activity": "3038", "output": "001",
    }  # fmt: skip
    assert split_segments("3038.001.051.A.521211") is None


def test_a_document_without_number_or_amount_is_refused_in_its_row(tmp_path: Path) -> None:
    one = taken(tmp_path, row(), row(None), row("200231301000102", gross=None, tax=None, net=None))
    assert one.rows["verdict"].to_list() == ["accepted", "rejected", "rejected"]
    assert rules(one) == {"no_document": "A3", "no_document_amount": "D4"}


def test_a_document_without_date_is_kept_and_doubted(tmp_path: Path) -> None:
    one = taken(tmp_path, row(), row("200231301000102", day=None))
    assert one.rows["verdict"].to_list() == ["accepted", "accepted"]
    assert rules(one) == {"no_document_date": "B3"}


def test_the_same_row_twice_is_told_and_two_dates_of_one_document_too(tmp_path: Path) -> None:
    one = taken(tmp_path, row(), row(), row(day="06/06/2020", gross=7, net=7))
    assert rules(one) == {"same_row": "A3", "two_dates": "B4"}


def test_what_does_not_add_up_is_doubted(tmp_path: Path) -> None:
    one = taken(tmp_path, row(), row("200231301000102", tax=1), ["JUMLAH", None, None, 99, 1, 1])
    assert {"net_differs": "F3", "total_differs": "D4"}.items() <= rules(one).items()


def test_from_net_amounts_the_gross_one_is_made(tmp_path: Path) -> None:
    one = taken(tmp_path, row(gross=None, tax=11_000, net=89_000))
    assert one.rows["gross"].to_list() == [100_000]
    heads: list[make.Cell] = ["No SP2D", "Tgl SP2D", "Kode", "Nilai SP2D"]
    net = taken(tmp_path, [NUMBER_ONE, "05/06/2020", lists.KEY, 89_000], heads=heads)
    assert net.rows["gross"].to_list() == [89_000]
    assert rules(net) == {"only_net": "D1"}


def test_a_date_of_another_year_is_doubted(tmp_path: Path) -> None:
    heads = [*HEADS, "Tahun Anggaran"]
    one = taken(tmp_path, [*row(), 2020], [*row("2", day="05/06/2019"), 2020], heads=heads)
    assert rules(one) == {"other_year": "B3"}


def test_amounts_too_small_to_be_rupiah_are_doubted_and_not_rescaled(tmp_path: Path) -> None:
    rows = [row(str(10**14 + at), gross=1_000 + at, net=1_000 + at) for at in range(8)]
    one = taken(tmp_path, *rows)
    assert one.rows["gross"].to_list() == [1_000 + at for at in range(8)]
    assert "unit_doubtful" in rules(one)


def test_months_that_do_not_sum_up_and_wrong_remainders_are_doubted(tmp_path: Path) -> None:
    heads: list[make.Cell] = ["Kode", "Pagu", "Jan", "Feb", "Realisasi", "Sisa"]
    one = taken(
        tmp_path,
        [lists.KEY, 100, 10, 20, 30, 70],
        [lists.OTHER_KEY, 100, 10, 20, 31, 70],
        ["3038.001.051.A", 100, 1, 1, 2, 98],
        heads=heads,
    )
    assert rules(one) == {
        "months_differ": "E3", "remaining_differs": "F3", "no_line_key": "A4",
    }  # fmt: skip


def test_imprest_without_any_month_is_refused(tmp_path: Path) -> None:
    heads: list[make.Cell] = ["Uraian", "UP", "GUP"]
    one = taken(tmp_path, ["UP awal", 100_000_000, None], heads=heads)
    assert rules(one) == {"no_month": "A2"}


def held(tmp_path: Path, title: str, *rows: list[make.Cell], name: str = "Data") -> Intake:
    """Read a side sheet of imprest: a title, then month, given and refilled."""
    heads: list[make.Cell] = ["Bulan", "UP", "GUP"]
    path = make.write_xlsx({name: [[title], heads, *rows]}, tmp_path / "up.xlsx")
    return read(path, kind="treasury")


BARE: list[list[make.Cell]] = [["Januari", 100_000_000, None], [" bulan Feb. ", None, 5_000_000]]


@pytest.mark.parametrize(
    ("title", "name"), [("REKAP UP/TUP TAHUN 2020", "Data"), ("INPUT UP TUP", "UP TUP 2020")]
)
def test_a_bare_month_is_of_the_year_that_the_list_tells(
    tmp_path: Path, title: str, name: str
) -> None:
    one = held(tmp_path, title, *BARE, name=name)
    dated = [[f"{bare} 2020", *rest] for bare, *rest in BARE]
    same = held(tmp_path, title, *dated, name=name)
    assert one.rows["month"].to_list() == same.rows["month"].to_list() == ["2020-01", "2020-02"]
    assert one.rows["verdict"].to_list() == ["accepted", "accepted"]
    assert one.problems["rule"].to_list() == ["from_title"]


def test_a_column_of_years_is_nearer_to_a_bare_month_than_the_title(tmp_path: Path) -> None:
    heads: list[make.Cell] = ["Bulan", "Tahun", "UP", "GUP"]
    rows: list[list[make.Cell]] = [["Desember", 2019, 7, None], ["Januari", 2020, None, 7]]
    path = make.write([["REKAP UP 2020"], heads, *rows], tmp_path / "up.xlsx")
    assert read(path, kind="treasury").rows["month"].to_list() == ["2019-12", "2020-01"]


def test_a_bare_month_under_a_date_is_its_first_day_and_told(tmp_path: Path) -> None:
    heads: list[make.Cell] = ["Tanggal Transaksi", "UP", "GUP"]
    rows: list[list[make.Cell]] = [["Januari", 9, None], ["07/02/2020", None, 9]]
    path = make.write([["INPUT UP TUP TA 2020"], heads, *rows], tmp_path / "up.xlsx")
    one = read(path, kind="treasury")
    assert one.rows["month"].to_list() == ["2020-01", "2020-02"]
    assert rules(one) == {"from_title": "A1", "first_of_month": "A3"}


def test_the_month_of_a_title_does_not_stand_in_for_another_bare_month(tmp_path: Path) -> None:
    one = held(tmp_path, "POSISI UP BULAN JUNI 2020", ["Mei", 1, None], [None, None, 1])
    assert one.rows["month"].to_list() == ["2020-05", "2020-06"]


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("INPUT UP TUP", []),
        ("REKAP UP 2019 DAN 2020", []),
        ("REKAP UP 2020", ["Januari 2021", 1, None]),
    ],
)
def test_a_bare_month_of_no_certain_year_is_refused(
    tmp_path: Path, title: str, row: list[make.Cell]
) -> None:
    one = held(tmp_path, title, *BARE, *([row] if row else []))
    assert one.rows["verdict"].to_list()[:2] == ["rejected", "rejected"]
    told = one.problems.filter(rule="no_month")
    assert told["cell"].to_list() == ["A3", "A4"]


def test_what_is_no_list_at_all_is_refused_with_example_headings(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as told:
        taken(tmp_path, ["a", "b"], heads=["Apa", "Siapa"])
    assert "Nomor SP2D" in told.value.message.id


def test_a_title_that_names_a_city_breaks_no_list_of_money(tmp_path: Path) -> None:
    rows: make.Rows = [["Dinas Kota Bandung"], ["Kode", "Pagu"], [lists.KEY, 100]]
    assert read(make.write(rows, tmp_path / "pok.xlsx")).kind == "budget"


def test_the_sum_of_months_is_what_was_realised(tmp_path: Path) -> None:
    heads: list[make.Cell] = ["Kode", "Uraian", "Pagu", "Jan", "Feb", "Mar", "Jumlah"]
    rows: list[list[make.Cell]] = [
        [lists.KEY, "Bahan", 10_000_000, 0, 1_000_000, 1_500_000, 2_500_000],
        [f"{lists.KEY[:-6]}524111", "Perjalanan", 20_000_000, 0, 0, 1_000_000, 3_000_000],
    ]
    one = taken(tmp_path, *rows, heads=heads)
    assert one.rows["realised"].to_list() == [2_500_000, 3_000_000]
    assert "gross" not in one.rows.columns
    assert rules(one) == {"months_differ": "G3"}
