"""What was put together is told once: no part of it is told as a second heading besides."""

from datetime import date
from pathlib import Path

from pulih.intake import read


def test_parts_that_were_added_or_joined_are_no_second_headings(tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text(
        "No,Nama Lengkap,,Nama Usaha,PHK,PHK\n,,,,L,P\n"
        "1,Ny.,Ratna,Kain Ratna,0,1\n2,Tn.,Udin,Permata Udin,2,3\n3,Ny.,Galuh,Bingka,0,0\n"
    )
    taken = read(path, kind="firms", on=date(2020, 9, 30))
    assert taken.rows["laid_off"].to_list() == [1, 5, 0]
    assert taken.rows["owner_name"].to_list() == ["Ny. Ratna", "Tn. Udin", "Ny. Galuh"]
    assert taken.problems["rule"].to_list() == ["workers_added"]
    drawn = {one["letter"]: one for table in taken.tables for one in table["columns"]}
    shown = {letter: (drawn[letter]["column"], drawn[letter]["example"]) for letter in "EF"}
    assert shown == {"E": ("laid_off", "0"), "F": ("laid_off", "1")}
    assert min(drawn[letter]["sure"] for letter in "EF") > taken.summary["confidence"]["ask_below"]
