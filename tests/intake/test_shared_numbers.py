"""One number in two rows: told where name or address say that it is another firm or person."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import read

HEAD = "Nama Usaha;Pemilik;NIB;NIK;Alamat\n"
OTHER = "Tahu Pong;Budi;9120101234599;3271051206790099;Jl. Gajah 1\n"
ANI = "Kue Ani;Ani;9120101234567;3271054404850001;Jl. Merdeka 5\n"


@pytest.mark.parametrize(
    ("second", "cells"),
    [
        ("Kue Ani;Ani;9120101234567;3271054404850001;Jl. Pemuda 77\n", {"C4"}),
        ("Batik Sari;Ani;9120101234567;;Jl. Merdeka 5\n", {"C4"}),
        ("Batik Sari;Sari;;3271054404850001;Jl. Pemuda 77\n", {"D4"}),
        ("Kue Ani;Hj. Ani;9120101234567;3271054404850001;Jl. Merdeka 5 RT 2\n", set()),
        ("Keripik Ani;Ani;;3271054404850001;Jl. Pemuda 77\n", set()),
        ("UD Kue Ani;;9120101234567;3271054404850001;\n", set()),
    ],
)
def test_a_number_of_another_is_told(tmp_path: Path, second: str, cells: set[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ANI + OTHER + second)
    taken = read(path, kind="firms", on=date(2020, 9, 30))
    told = taken.problems.filter(taken.problems["rule"] == "shared_number")
    assert set(told["cell"]) == cells
    assert taken.rows["nib"].to_list()[0] == "9120101234567"
