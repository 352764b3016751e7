"""Lists of groups and their members: nobody is lost at the end, nobody counted without a word."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import Intake, read

BELOW = (
    "No,Nama Kelompok,Ketua,Nama Anggota,Alamat,Kabupaten,Produk\n"
    "1,KUB Melati,Siti Aminah,Siti Aminah,Desa Rangas,Kab. Banjar,Anyaman\n"
    ",,,Noor Laila,Desa Rangas,Kab. Banjar,\n"
    "2,KUB Mawar,Hj. Fatimah,Hj. Fatimah,Desa Tambak,Kab. Banjar,Keripik\n"
    ",,,Salamah,Desa Tambak,Kab. Banjar,\n"
    ",,,Jamilah,Desa Tambak,Kab. Banjar,\n"
)


def taken(folder: Path, text: str) -> Intake:
    path = folder / "daftar.csv"
    path.write_text(text)
    return read(path, kind="firms", on=date(2020, 9, 30))


def cells_told(intake: Intake, rule: str) -> list[str]:
    return [one["cell"] for one in intake.problems.to_dicts() if one["rule"] == rule]


def test_members_below_a_group_are_joined_to_it_and_told(tmp_path: Path) -> None:
    intake = taken(tmp_path, BELOW)
    assert intake.rows["owner_name"].to_list() == ["Siti Aminah", "Hj. Fatimah"]
    assert intake.rows["Nama Anggota"].to_list() == [
        "Siti Aminah; Noor Laila",
        "Hj. Fatimah; Salamah; Jamilah",
    ]
    assert cells_told(intake, "row_joined") == ["D3", "D5", "D6"]
    assert cells_told(intake, "no_name") == []


def test_a_row_with_a_number_of_its_own_is_no_member(tmp_path: Path) -> None:
    intake = taken(tmp_path, f"{BELOW}3,,,Rohani,Desa Tambak,Kab. Banjar,\n")
    assert cells_told(intake, "no_name") == ["B7"]


@pytest.mark.parametrize("footer", [",,,Martapura,,,", ",,,Mengetahui,Kepala Dinas,,", ",,,,,,"])
def test_what_repeats_nothing_of_the_list_is_still_its_footer(tmp_path: Path, footer: str) -> None:
    intake = taken(tmp_path, f"{BELOW}{footer}\n")
    assert cells_told(intake, "row_joined") == ["D3", "D5", "D6"]
    assert intake.rows.height == 2


@pytest.mark.parametrize("heading", ["Jabatan", "Kedudukan dalam KUB", "Ket"])
def test_heads_and_members_in_a_column_are_told_at_its_heading(tmp_path: Path, heading) -> None:
    posts = ["Ketua", "Sekretaris", "Anggota", "Wakil Ketua", "Bendahara", "Anggota"]
    rows = "".join(f"Ibu {chr(65 + at)}minah,{one},Kue\n" for at, one in enumerate(posts))
    intake = taken(tmp_path, f"Nama Anggota,{heading},Produk\n{rows}")
    assert cells_told(intake, "members_counted") == ["B1"]
    assert intake.rows["verdict"].to_list() == ["accepted"] * 6


@pytest.mark.parametrize("posts", [["Pemilik", "Direktur", "Anggota"], ["Ketua"] * 3])
def test_owners_and_heads_alone_are_no_members(tmp_path: Path, posts: list[str]) -> None:
    rows = "".join(f"UD Maju {chr(65 + at)}wan,{one},Kue\n" for at, one in enumerate(posts))
    intake = taken(tmp_path, f"Nama Usaha,Jabatan,Produk\n{rows}")
    assert cells_told(intake, "members_counted") == []
