"""Layouts that offices send: joined headings, merged cells, several sheets, swapped columns."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pulih import places
from pulih.intake import Intake, read
from tests.make import intake as make

ON = date(2020, 6, 30)


def rules(one: Intake) -> list[str]:
    return one.problems["rule"].to_list()


def test_two_heading_rows_are_joined(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["No", "Nama Usaha", "Tenaga Kerja", None, "Omzet (Rp juta)", None, "Kendala"],
        [None, None, "L", "P", "Sebelum Covid", "Sesudah Covid", None],
        [1, "UD A", 3, 2, 1.125, "500 rb", "Bahan baku mahal"],
    ]
    merged = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"]
    book = make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx", merged=merged)
    plain = make.write(rows, tmp_path / "a.csv")
    for path in (book, plain):
        one = read(path, on=ON)
        assert one.kind == "impact"
        names = next(iter(one.summary["columns"]["recognised"].values()))
        assert names["Tenaga Kerja / L"] == "workers_male"
        assert names["Omzet (Rp juta) / Sebelum Covid"] == "turnover_before"
        wanted = ["workers_male", "workers_female", "turnover_before", "turnover", "obstacles"]
        turnover_before = 1_125_000 if path is book else 1_125 * 1_000_000
        assert one.rows.select(wanted).row(0) == (
            3,
            2,
            turnover_before,
            500_000,
            "raw_material_price",
        )
        # As text, 1.125 is read as Indonesian thousands: far above the turnover beside it.
        doubted = [] if path is book else ["far_from_others", "scale_doubtful"]
        assert sorted(rules(one)) == [*doubted, "scaled", "scaled"]
        assert one.rows["verdict"].to_list() == ["accepted"]


def test_merged_cells_are_filled_down(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Kecamatan", "Nama Usaha"],
        ["Cibadak", "A"],
        [None, "B"],
        [None, "C"],
    ]
    book = make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx", merged=["A2:A3"])
    assert read(book, on=ON).rows["district"].to_list() == ["Cibadak", "Cibadak", None]


def test_sheets_stack_and_summaries_are_skipped_and_hidden_ones_are_told(tmp_path: Path) -> None:
    book = make.write_xlsx(
        {
            "Kab. Bandung": [["Nama Usaha", "NIK"], ["A", None]],
            "Kota Bogor": [["Pemilik", "Nama Usaha"], ["Budi", "B"]],
            "Rekap": [["Kab/Kota", "Jumlah IKM"], ["Bandung", 2]],
        },
        tmp_path / "a.xlsx",
        hidden=["Kota Bogor"],
    )
    one = read(book, on=ON)
    assert one.rows["sheet"].to_list() == ["Kab. Bandung", "Kota Bogor"]
    assert one.rows["regency"].to_list() == ["Kab. Bandung", "Kota Bogor"]
    assert one.rows["regency_code"].to_list() == ["3204", "3271"]
    assert one.summary["skipped"] == ["Rekap"]
    assert sorted(rules(one)) == ["from_title", "from_title", "hidden_sheet"]
    assert one.rows["verdict"].to_list() == ["accepted", "accepted"]


def test_swapped_columns_are_put_back_and_told_at_their_headings(tmp_path: Path) -> None:
    firms = [make.firm(number) for number in range(1, 9)]
    rows: list[list[make.Cell]] = [["Nama Usaha", "NIK", "No HP"]]
    rows += [[one["business_name"], f"0812{n:08d}", one["nik"]] for n, one in enumerate(firms)]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.rows["nik"].to_list() == [firm["nik"] for firm in firms]
    assert rules(one) == ["swapped", "swapped"]
    assert one.summary["accepted"] == 8


def test_two_swapped_cells_of_one_row_are_put_back(tmp_path: Path) -> None:
    firms = [make.firm(number) for number in range(1, 9)]
    rows: list[list[make.Cell]] = [["Nama Usaha", "NIK", "No HP"]]
    rows += [[one["business_name"], one["nik"], one["phone"]] for one in firms]
    rows[3][1], rows[3][2] = rows[3][2], rows[3][1]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.rows["nik"].to_list() == [firm["nik"] for firm in firms]
    assert one.problems["cell"].to_list() == ["B4", "C4"]
    assert one.rows["verdict"].to_list().count("corrected") == 1


def test_numbers_that_lost_their_last_digit_are_emptied_and_said_how_to_mend(
    tmp_path: Path,
) -> None:
    rows: list[list[make.Cell]] = [["Nama Usaha", "NIK"], ["A", 3.2121e15], ["B", "3,2121E+15"]]
    one = read(make.write(rows, tmp_path / "a.xlsx"), on=ON)
    assert one.rows["nik"].to_list() == [None, None]
    assert one.problems["message_id"][1] == (
        'B3: NIK "3,2121E+15" tidak dapat dipulihkan. Ubah kolom B menjadi Teks dan ketik ulang '
        "16 angka."
    )


def test_statistics_codes_are_translated_by_the_names_beside_them(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [["Nama Usaha", "Kode Kab", "Kab/Kota"]]
    rows += [["A", "1101", "Kab. Simeulue"], ["B", "1103", "Kab. Aceh Selatan"]]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.summary["scheme"] == "bps"
    assert one.rows["regency_code"].to_list() == ["1109", "1101"]
    assert rules(one) == ["code_scheme"]


def test_a_list_of_another_province_is_told_with_both_names(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "Kab/Kota"],
        ["A", "Kab. Garut"],
        ["B", "Kota Bogor"],
    ]
    path = make.write(rows, tmp_path / "a.csv")
    bali = places.resolve("Bali", on=ON, level=places.Level.PROVINCE)
    java = places.resolve("Jawa Barat", on=ON, level=places.Level.PROVINCE)
    elsewhere = read(path, on=ON, within=bali).elsewhere
    assert elsewhere is not None
    assert "Bali" in elsewhere.id
    assert "Jawa Barat" in elsewhere.id
    assert read(path, on=ON, within=java).elsewhere is None


def test_unknown_repeated_and_blank_headings_are_kept(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "Hobi", "Hobi", None, "Nama Perusahaan", "Verdict", "row"],
        ["A", "x", "y", "z", "B", "v", "9"],
    ]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    names = ["Hobi", "Hobi_2", "column_4", "Nama Perusahaan", "row_2"]
    assert one.summary["columns"]["unknown"] == [*names[:4], "Verdict", "row_2"]
    assert one.rows.select(names).row(0) == ("x", "y", "z", "B", "9")


def test_what_an_office_explained_once_is_followed(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [["Juragan", "Lapak"], ["Asep", "UD A"]]
    mapping = {"Juragan": "owner_name", "Lapak": "business_name"}
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON, mapping=mapping)
    assert one.rows.select("business_name", "owner_name").row(0) == ("UD A", "Asep")


def test_what_an_office_leaves_unknown_stays_so(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "Kontak", "Alamat"],
        ["UD A", "081911200001", "Jl. A"],
    ]
    path = make.write(rows, tmp_path / "a.csv")
    assert "phone" in read(path, kind="firms").rows.columns
    one = read(path, kind="firms", mapping={"Kontak": ""})
    assert one.summary["columns"]["unknown"] == ["Kontak"]
    assert one.rows["Kontak"].to_list() == ["081911200001"]


def test_a_repeated_heading_is_explained_by_the_name_it_is_shown_under(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [["Nama Usaha", "Orang", "Orang"], ["UD A", "Asep", "Budi"]]
    path = make.write(rows, tmp_path / "a.csv")
    one = read(path, kind="firms", mapping={"Orang_2": "owner_name"})
    assert one.rows.select("owner_name", "Orang").row(0) == ("Budi", "Asep")


def test_what_is_no_manufacturing_is_doubted_and_kept(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "KBLI", "Produk"],
        ["A", "47111", "Sembako"],
        ["B", None, "Toko pulsa"],
        ["C", "10710", "Roti"],
        ["D", "56102", "Nasi bungkus"],
        ["E", "33", "Servis mesin jahit"],
    ]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.problems.select("cell", "kind", "rule").rows() == [
        ("B2", "warning", "trade"),
        ("C3", "warning", "trade"),
        ("B5", "warning", "not_industry"),
    ]


def test_the_legal_form_is_read_and_the_name_stays(tmp_path: Path) -> None:
    names = ["CV. Maju  Jaya", "Tani Makmur, UD", "PT Contoh", "Sari PTolong", "Toko CVilia"]
    rows: list[list[make.Cell]] = [["Nama Usaha"], *([name] for name in names)]
    one = read(
        make.write([["Nama Usaha", "NIK"], *([n, None] for n in names)], tmp_path / "a.csv"), on=ON
    )
    assert rows
    assert one.rows["business_name"][0] == "CV. Maju Jaya"
    assert one.rows["legal_form"].to_list() == ["CV", "UD", "PT", None, None]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["06/15/2020", "06/05/2020"], date(2020, 6, 5)),
        (["15/06/2020", "06/05/2020"], date(2020, 5, 6)),
    ],
)
def test_the_order_of_day_and_month_is_proven_by_the_column(
    tmp_path: Path, texts: list[str], first: date
) -> None:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "Tanggal"],
        *([f"A{text}", text] for text in texts),
    ]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.rows["reported"].to_list() == [date(2020, 6, 15), first]
    assert one.problems.is_empty()


def test_a_lone_place_in_a_row_holds_for_the_rows_below_it(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["No", "Nama Usaha", "Alamat"],
        ["KECAMATAN CIBADAK", None, None],
        [1, "A", "Jl. Satu"],
        ["KECAMATAN CISAAT", None, None],
        [2, "B", "Jl. Dua"],
    ]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.rows["district"].to_list() == ["KECAMATAN CIBADAK", "KECAMATAN CISAAT"]


def test_p_means_a_man_where_w_means_a_woman(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [["Nama Pemilik", "JK"], ["A", "P"], ["B", "W"], ["C", "Pria"]]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.rows["owner_sex"].to_list() == ["L", "P", "L"]


def test_three_heading_rows_and_a_tall_one_are_understood(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["No", "DATA USAHA", None, None, None, None],
        [None, "Nama", "Alamat", None, "Tenaga Kerja", None],
        [None, None, "Desa", "Kec", "L", "P"],
        [1, "UD A", "Mekar", "Cibadak", 2, 1],
    ]
    merged = ["A1:A3", "B1:F1", "B2:B3", "C2:D2", "E2:F2"]
    one = read(make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx", merged=merged), on=ON)
    names = ["business_name", "village", "district", "workers_male", "workers_female", "No"]
    assert one.rows.select(names).row(0) == ("UD A", "Mekar", "Cibadak", 2, 1, "1")


def test_a_nameless_row_above_a_signature_is_rejected_not_lost(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["No", "Nama Usaha", "Pemilik", "NIK", "Investasi", "Kendala", "Tgl Lapor"],
        [1, "A", "B", "3204121201900001", 5_000_000, "modal", "15/06/2020"],
        [2, None, None, "3204121201900002", None, None, None],
        ["JUMLAH", None, None, None, 5_000_000, None, None],
        [None, None, None, None, None, "Bandung, 15 Juni 2020", None],
        [None, None, None, None, None, "Kepala Dinas", None],
        [None, None, None, None, None, "Drs. Contoh", None],
        [None, None, None, None, None, "NIP. 196501011990011001", None],
    ]
    one = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert one.rows["row"].to_list() == [2, 3]
    assert one.rows["verdict"].to_list() == ["accepted", "rejected"]


def test_forty_sheets_stack(tmp_path: Path) -> None:
    sheets = {f"L{number}": [["Nama Usaha", "NIK"], [f"A{number}", None]] for number in range(40)}
    one = read(make.write_xlsx(sheets, tmp_path / "a.xlsx"), on=ON)
    assert one.summary["sheets"] == one.summary["rows"] == 40
    assert one.rows["record_id"].n_unique() == 40
    assert one.rows.filter(pl.col("sheet") == "L7")["business_name"].to_list() == ["A7"]
