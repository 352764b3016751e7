"""Values of a third blind round that were taken without a word, or cost the whole file."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import Intake, read


def taken(folder: Path, text: str | bytes) -> Intake:
    path = folder / "daftar.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, kind="firms", on=date(2020, 9, 30))


def rules(intake: Intake) -> set[tuple[str, str]]:
    return {(one["cell"], one["rule"]) for one in intake.problems.to_dicts()}


def column(heading: str, *cells: str) -> str:
    rows = "".join(f"{n};UD Maju {n};{cell}\n" for n, cell in enumerate(cells, 1))
    return f"No;Nama Usaha;{heading}\n{rows}"


@pytest.mark.parametrize(
    ("heading", "usual", "odd", "rule"),
    [
        ("Tanggal Pendataan", ("01/06/2020", "15/06/2020", "20/06/2020"), "43983", "by_sense"),
        ("Kecamatan", ("Ciawi", "Rajapolah", "Manonjaya"), "Ciawi / Rajapolah", "two_places"),
        ("Tenaga Kerja", ("5", "7", "12"), "tidak ada", "by_sense"),
        ("Tenaga Kerja", ("5", "7", "12", "9", "11"), "1.000", "thousands_of_people"),
        ("Tenaga Kerja", ("5", "3"), "1.000", "thousands_of_people"),
        ("Kapasitas (kg)", ("850", "650", "975", "12,5", "1200"), "1,250", "far_from_others"),
        ("Investasi", ("16000000", "54500000", "42000000", "9000000"), "1,5 M", "far_from_others"),
        ("NIK", ("5104026512710013", "5104021610840028"), "5104020403120046", "nik_shape"),
    ],
)  # fmt: skip
def test_an_odd_value_is_told_at_its_cell_and_the_usual_ones_are_not(
    tmp_path: Path, heading: str, usual: tuple[str, ...], odd: str, rule: str
) -> None:
    intake = taken(tmp_path, column(heading, *usual, odd))
    assert rules(intake) == {(f"C{len(usual) + 2}", rule)}


def test_workers_that_all_have_three_decimals_are_told_each(tmp_path: Path) -> None:
    """So do survey programs export whole numbers; no IKM has thousands of workers."""
    intake = taken(tmp_path, column("Tenaga Kerja", "5.000", "3.000", "12.000"))
    assert rules(intake) == {(f"C{row}", "thousands_of_people") for row in (2, 3, 4)}


def test_a_column_of_numbers_of_days_is_no_doubt(tmp_path: Path) -> None:
    intake = taken(tmp_path, column("Tanggal Pendataan", "43983", "43984", "43985"))
    assert rules(intake) == set()
    assert intake.rows["reported"].to_list()[0] == date(2020, 6, 1)


def test_one_zero_byte_is_left_out_and_told(tmp_path: Path) -> None:
    text = column("Keterangan", "baik", "bagus", "lama\0").encode()
    intake = taken(tmp_path, text)
    assert intake.rows["note"].to_list() == ["baik", "bagus", "lama"]
    assert rules(intake) == {("C4", "odd_byte")}


def test_a_letter_lost_before_is_told(tmp_path: Path) -> None:
    assert rules(taken(tmp_path, column("Pemilik", "Ren\ufffde", "Siti"))) == {("C2", "odd_byte")}


def test_commas_in_a_third_of_the_addresses_are_joined(tmp_path: Path) -> None:
    firms = ["Jl. Apel 1", "Kp. Baru, RT 02", "Jl. Apel 3", "Jl. Apel 4", "Jl. Raya, No. 3"]
    rows = "".join(f"{n},UD Maju {n},{text},{n}\n" for n, text in enumerate(firms, 1))
    intake = taken(tmp_path, "No,Nama Usaha,Alamat,Tenaga Kerja\n" + rows)
    assert intake.rows["address"].to_list() == firms
    assert intake.rows["workers"].to_list() == [1, 2, 3, 4, 5]


def test_lines_quoted_whole_are_cut_again(tmp_path: Path) -> None:
    rows = "".join(f'"{n},UD Maju {n},""Kp. Baru, RT {n}"",{n}"\n' for n in range(1, 5))
    intake = taken(tmp_path, '"No,Nama Usaha,Alamat,Tenaga Kerja"\n' + rows)
    assert intake.rows["address"].to_list() == [f"Kp. Baru, RT {n}" for n in range(1, 5)]
    assert intake.rows["workers"].to_list() == [1, 2, 3, 4]


def test_headings_parted_by_another_sign_than_the_rows_are_cut(tmp_path: Path) -> None:
    rows = "".join(f"{n};UD Maju {n};Siti {n};{n}.000.000,00\n" for n in range(1, 5))
    intake = taken(tmp_path, "DAFTAR IKM\nNo,Nama Usaha,Pemilik,Omzet\n" + rows)
    assert intake.rows["turnover"].to_list() == [n * 10**6 for n in range(1, 5)]


def test_names_and_numbers_in_one_cell_are_parted_and_told(tmp_path: Path) -> None:
    people = [f'{n};"Siti {w}\n731830104870000{n}";"Kp. {w}, HP. 0853897668{n}0";{n}\n'
              for n, w in enumerate(("Ani", "Budi", "Cici", "Dodo"), 1)]  # fmt: skip
    head = "No;Nama / NIK;Alamat/No. HP;Tenaga Kerja\n"
    intake = taken(tmp_path, head + "".join(people))
    first = intake.rows.to_dicts()[0]
    assert (first["owner_name"], first["address"]) == ("Siti Ani", "Kp. Ani")
    assert (first["nik"], first["phone"]) == ("7318301048700001", "+6285389766810")
    assert {("B1", "cells_parted"), ("C1", "cells_parted")} <= rules(intake)


@pytest.mark.parametrize("heading", ["Status", "Status Lahan"])
def test_a_status_of_something_else_is_no_status_of_the_firm(tmp_path: Path, heading: str) -> None:
    intake = taken(tmp_path, column(heading, "Milik", "Sewa", "Bagi hasil", "Milik"))
    assert "status" not in intake.rows.columns


def test_a_second_heading_for_a_column_is_told(tmp_path: Path) -> None:
    text = "No;Nama Usaha;Kapasitas Terpasang;Kapasitas Produksi\n1;Maju;150;50\n2;Karya;90;30\n"
    intake = taken(tmp_path, text)
    assert intake.rows["capacity"].to_list() == [150, 90]
    assert ("D1", "second_heading") in rules(intake)


def test_exports_through_others_are_read_with_a_doubt(tmp_path: Path) -> None:
    intake = taken(tmp_path, column("Ekspor", "via Medan", "Taiwan"))
    assert rules(intake) == {("C2", "by_sense")}
