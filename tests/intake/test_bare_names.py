"""A bare `Nama` whose names may be people's as well as firms': the office is asked."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import read


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (["Warsini", "Sukinem", "Paijo"], ["Nama"]),
        (["Keripik Warsini", "Tempe Sukinem", "Maju Jaya"], []),
        (["UD Warsini", "CV Sukinem", "Paijo"], []),
    ],
)
def test_an_office_is_asked_whose_names_stand_there(
    tmp_path: Path, names: list[str], asked: list[str]
) -> None:
    path = tmp_path / "daftar.csv"
    rows = "".join(f"{at},{name},Tempe,3\n" for at, name in enumerate(names, start=1))
    path.write_text(f"No,Nama,Produk,Tenaga Kerja\n{rows}")
    taken = read(path, kind="firms", on=date(2020, 9, 30))
    assert [one["heading"] for one in taken.summary["confidence"]["asked"]] == asked
    explained = read(path, kind="firms", on=date(2020, 9, 30), mapping={"Nama": "owner_name"})
    assert explained.rows["owner_name"].to_list() == names
    assert explained.summary["confidence"]["asked"] == []
