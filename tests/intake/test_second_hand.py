"""Cells of a second stranger's round: fixed letters, crossed names, numbers with their dates."""

from pathlib import Path

import pytest

from pulih.intake import Intake, read


def taken(folder: Path, text: str) -> Intake:
    path = folder / "daftar.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, kind="firms")


def rules(intake: Intake) -> set[tuple[str, str]]:
    return {(one["cell"], one["rule"]) for one in intake.problems.to_dicts()}


def test_a_quoted_address_over_two_lines_keeps_every_column(tmp_path: Path) -> None:
    rows = "".join(
        f'{n},"UD Cahaya {n}, ""Bu Yati""",Siti {n},"Jl. Raya {n},\nRT 01",Dinoyo,{n}\n'
        for n in range(1, 15)
    )
    intake = taken(tmp_path, "No,Nama Usaha,Pemilik,Alamat,Desa,Tenaga Kerja\n" + rows)
    assert intake.rows["business_name"].to_list() == [
        f'UD Cahaya {n}, "Bu Yati"' for n in range(1, 15)
    ]
    assert intake.rows["workers"].to_list() == list(range(1, 15))
    assert rules(intake) == set()


def test_letters_saved_twice_are_mended_and_told(tmp_path: Path) -> None:
    twice = "Mitra – Café".encode().decode("cp1252")
    intake = taken(tmp_path, f"No,Nama Usaha,Pemilik\n1,{twice},Siti\n2,Karya,Budi\n")
    assert intake.rows["business_name"].to_list() == ["Mitra – Café", "Karya"]
    assert rules(intake) == {("B2", "odd_byte")}


@pytest.mark.parametrize("name", ["Ã", "Dâ€", "São Paulo", "Niño Âyu"])
def test_true_letters_stay_as_they_are(tmp_path: Path, name: str) -> None:
    intake = taken(tmp_path, f"No,Nama Usaha,Pemilik\n1,{name},Siti\n2,Karya,Budi\n")
    assert intake.rows["business_name"].to_list() == [name, "Karya"]


def test_a_firm_under_the_owners_heading_is_put_back_and_told(tmp_path: Path) -> None:
    rows = "".join(f"{n},UD Maju {n},Siti {'abcdefg'[n]}wati\n" for n in range(1, 7))
    head = "No,Nama Usaha,Nama Pemilik\n"
    intake = taken(tmp_path, head + rows + "7,Ujang Suryaman,UD. Mekar Rasa\n")
    assert intake.rows["business_name"].to_list()[-1] == "UD. Mekar Rasa"
    assert intake.rows["owner_name"].to_list()[-1] == "Ujang Suryaman"
    assert {("B8", "swapped"), ("C8", "swapped")} <= rules(intake)


def test_a_district_under_the_village_is_put_back_and_told(tmp_path: Path) -> None:
    places = [("Kapau", "Kamang"), ("Koto", "Kamang"), ("Batu", "Baso"), ("Kamang", "Gadut")]
    rows = "".join(f"{n},Maju {n},{a},{b}\n" for n, (a, b) in enumerate(places, 1))
    intake = taken(tmp_path, "No,Nama Usaha,Desa,Kecamatan\n" + rows)
    last = intake.rows.to_dicts()[-1]
    assert (last["village"], last["district"]) == ("Gadut", "Kamang")
    assert {("C5", "swapped"), ("D5", "swapped")} <= rules(intake)


def test_a_licence_with_its_date_and_a_code_that_cannot_be(tmp_path: Path) -> None:
    text = "No,Nama Usaha,Nomor & Tgl NIB,KBLI\n1,Maju,1146422574795 tgl 12-03-2019,00151\n"
    intake = taken(tmp_path, text)
    assert intake.rows["nib"].to_list() == ["1146422574795"]
    assert intake.rows["kbli"].to_list() == [None]
    assert {("C2", "remark"), ("D2", "unreadable")} <= rules(intake)


def test_not_active_and_moved_are_read_with_a_doubt(tmp_path: Path) -> None:
    text = "No,Nama Usaha,Kondisi Usaha Saat Ini\n1,Maju,Tidak aktif\n2,Karya,Pindah alamat\n"
    assert {("C2", "by_sense"), ("C3", "by_sense")} <= rules(taken(tmp_path, text))
