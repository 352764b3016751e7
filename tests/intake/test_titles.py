"""What stands above, between and below the rows: months, prepared rows, second titles."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import Intake, read
from tests.make import intake as make

ON = date(2020, 6, 30)
HEAD: list[make.Cell] = ["No", "Nama Usaha", "Pemilik", "Kendala", "TK"]


def sheet(tmp_path: Path, rows: list[list[make.Cell]], name: str = "Data") -> Intake:
    return read(make.write_xlsx({name: rows}, tmp_path / "a.xlsx"), on=ON)


@pytest.mark.parametrize(
    "title", ["KEADAAN BULAN MEI 2020", "Periode : Mei 2020", "PER 31 MEI 2020", "(Mei 2020)"]
)
def test_the_month_of_a_title_is_taken_once_a_sheet(tmp_path: Path, title: str) -> None:
    letter = "Tanggal : 15 Juni 2020"
    rows: list[list[make.Cell]] = [[letter], [title], HEAD, [1, "A", "B", "sepi", 3]]
    one = sheet(tmp_path, rows)
    assert one.kind == "impact"
    assert one.rows.select("month", "verdict").row(0) == ("2020-05", "accepted")
    assert one.problems.select("rule", "cell", "column").rows() == [("from_title", "A2", "month")]


def test_the_month_of_a_sheet_name_is_taken(tmp_path: Path) -> None:
    one = sheet(tmp_path, [HEAD, [1, "A", "B", "sepi", 3]], "Mei 2020")
    assert one.rows["month"].to_list() == ["2020-05"]


@pytest.mark.parametrize(
    "title",
    [
        "Dicetak tanggal 3 Juli 2020",
        "Berdasarkan Surat Edaran Nomor 5 Tahun 2020 tanggal 7 April 2020",
        "Se-Jawa Barat kecuali Kota Bandung",
        "Selain Kab. Garut",
    ],
)
def test_a_title_of_a_print_a_letter_or_an_exception_tells_nothing(
    tmp_path: Path, title: str
) -> None:
    one = sheet(tmp_path, [[title], HEAD, [1, "A", "B", "sepi", 3]])
    assert not {"month", "regency"} & set(one.rows.columns)
    assert one.problems.is_empty()


def test_two_months_in_titles_tell_none(tmp_path: Path) -> None:
    titles: list[list[make.Cell]] = [["BULAN APRIL 2020 s/d BULAN MEI 2020"]]
    one = sheet(tmp_path, [*titles, HEAD, [1, "A", "B", "sepi", 3]])
    assert "month" not in one.rows.columns


def test_a_prepared_row_is_blank_but_a_filled_one_without_a_name_is_refused(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        HEAD,
        [1, "A", "B", "sepi", 3],
        [2],
        [3, None, None, "-", 0],
        [4, "C", "D", None, 4],
        [5, None, None, None, 9],
        [6],
    ]
    one = sheet(tmp_path, rows)
    verdicts = one.rows.select("row", "verdict").rows()
    assert verdicts == [(2, "accepted"), (5, "accepted"), (6, "rejected")]


def test_the_title_of_a_second_table_is_no_row(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [HEAD, [1, "A", "B", "sepi", 3], [], ["DATA LANJUTAN"], HEAD]
    one = sheet(tmp_path, [*rows, [2, "C", "D", None, 4]])
    assert one.rows["row"].to_list() == [2, 6]


def test_an_average_is_no_total(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [HEAD, [1, "A", "B", "sepi", 3], [2, "C", "D", None, 4]]
    one = sheet(tmp_path, [*rows, ["Jumlah", None, None, None, 7], ["Rata-rata", None, None, 3]])
    assert one.problems.is_empty()


def test_a_unit_code_behind_its_name_is_read(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Satker : DINAS PERINDUSTRIAN PROVINSI JAWA BARAT (029001)"],
        ["Kode", "Uraian", "Pagu", "Komitmen", "Realisasi"],
        ["3038.001.051.A.521211", "Bahan", 1_000_000, 100_000, 200_000],
    ]
    one = sheet(tmp_path, rows)
    assert one.rows["unit_code"].to_list() == ["029001"]
    assert "above_commitment" in one.problems["rule"].to_list()


def test_questions_are_headings_too(tmp_path: Path) -> None:
    asked: list[make.Cell] = [
        "Nama Lengkap Pemilik Usaha",
        "Nomor WhatsApp yang aktif",
        "Apa jenis produk yang dihasilkan?",
        "Apa kendala utama yang dihadapi?",
        "Bantuan apa yang Anda butuhkan?",
    ]
    answers: list[make.Cell] = ["Contoh", "081234567890", "Keripik", "sepi", "Modal"]
    one = sheet(tmp_path, [asked, answers])
    names = list(one.summary["columns"]["recognised"]["Data"].values())
    assert names == ["owner_name", "phone", "product", "obstacles", "needs"]


def test_a_title_that_may_mean_a_regency_or_a_city_is_doubted(tmp_path: Path) -> None:
    """`KABUPATEN/KOTA : MOJOKERTO` was read as the city."""
    title: list[list[make.Cell]] = [["KABUPATEN/KOTA : MOJOKERTO"]]
    one = sheet(tmp_path, [*title, HEAD, [1, "A", "B", "sepi", 3], [2, "C", "D", "sepi", 1]])
    assert one.rows["regency"].to_list() == ["MOJOKERTO", "MOJOKERTO"]
    assert "regency_code" not in one.rows.columns or one.rows["regency_code"].null_count() == 2
    assert {"from_title", "unclear_place"} <= set(one.problems["rule"])


def test_a_title_of_one_place_alone_is_taken(tmp_path: Path) -> None:
    title: list[list[make.Cell]] = [["KABUPATEN/KOTA : BALIKPAPAN"]]
    one = sheet(tmp_path, [*title, HEAD, [1, "A", "B", "sepi", 3], [2, "C", "D", "sepi", 1]])
    assert one.rows["regency_code"].to_list() == ["6471", "6471"]


LIST: list[make.Cell] = ["No", "Nama Usaha", "Pemilik", "Produk", "TK"]


@pytest.mark.parametrize(
    ("title", "district"),
    [
        ("DATA IKM KECAMATAN CISAAT KABUPATEN SUKABUMI", "CISAAT"),
        ("DATA IKM KEC CISAAT PROVINSI JAWA BARAT", "CISAAT"),
        ("KECAMATAN BLIMBING KELURAHAN PURWANTORO", "BLIMBING"),
        ("Data IKM Kecamatan Cisaat Triwulan II", "Cisaat"),
        ("DATA IKM KECAMATAN CISAAT KEADAAN MEI 2020", "CISAAT"),
        ("IKM di Kecamatan Cisaat yang terdampak Covid-19", "Cisaat"),
        ("Kec. Medan Kota Kota Medan", "Medan Kota"),
        ("Kecamatan Kota Sumenep Kabupaten Sumenep", "Kota Sumenep"),
        ("DAFTAR IKM KECAMATAN KOTA BARU", "KOTA BARU"),
        ("Daftar IKM Kecamatan Kota Malang", None),
        ("Daftar IKM Kecamatan Cisaat dan Sukaraja", None),
    ],
)
def test_a_title_tells_the_name_of_a_district_and_no_more(
    tmp_path: Path, title: str, district: str | None
) -> None:
    one = sheet(tmp_path, [[title], [], LIST, [1, "Mawar", "Ani", "Kue", 3]])
    assert one.rows.to_dicts()[0].get("district") == district
    if title.endswith("BARU"):  # A district of that name is no reason to think of Kab. Kotabaru.
        assert "regency" not in one.rows.columns


@pytest.mark.parametrize("is_same", [True, False])
@pytest.mark.parametrize(
    ("upper", "lower", "column", "told"),
    [
        (["Kecamatan: Kalabahi"], ["Kecamatan: Moru"], "district", ["Kalabahi", "Moru"]),
        (["KECAMATAN A RAYA"], ["KECAMATAN MORU"], "district", ["A RAYA", "MORU"]),
        (["Kabupaten", ":", "Alor"], ["Kabupaten", ":", "Belu"], "regency_code", ["5305", "5304"]),
        (["Kelurahan Moru"], ["Kelurahan Buiko"], "village", ["Kelurahan Moru", "Kelurahan Buiko"]),
    ],
)
def test_each_table_of_a_sheet_lies_where_its_own_titles_say(
    tmp_path: Path, upper: list[make.Cell], lower: list[make.Cell], column: str, told: list[str],
    is_same: bool,
) -> None:  # fmt: skip
    heads = LIST if is_same else ["No", "Pemilik", "Nama Usaha", "TK", "Produk"]
    row = [1, "Mawar", "Ani", "Kue", 3] if is_same else [1, "Budi", "Melati", 4, "Kain"]
    top: list[list[make.Cell]] = [["DINAS KOPERINDAG"], ["TAHUN 2020"], upper, LIST]
    rows = [*top, [1, "Anggrek", "Tuti", "Nyiru", 2], [], lower, heads, row]
    one = sheet(tmp_path, rows)
    assert one.rows["row"].to_list() == [5, 9]
    assert one.rows[column].to_list() == told
