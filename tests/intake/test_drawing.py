"""A drawing is small; that it shows a sheet's own cells is tried with the corpus of layouts."""

import json
from pathlib import Path

from pulih.intake import read
from pulih.intake.drawing import MOST_COLUMNS, MOST_LETTERS, MOST_TABLES
from tests.make import intake as make

MOST_BYTES = 60_000


def test_a_wide_list_of_long_texts_in_many_sheets_is_drawn_small(tmp_path: Path) -> None:
    wide = [f"Pertanyaan nomor {n} " + "panjang " * 20 for n in range(30)]
    rows: make.Rows = [
        ["Nama Usaha", "Nama Pemilik", "NIK", "Alamat", "KBLI", "No HP", "Omzet", *wide],
        *([f"UD {n}", "Asep", None, "Jl. A", "10710", None, 5, *wide] for n in range(9)),
    ]
    path = make.write_xlsx({f"Lembar {n}": rows for n in range(9)}, tmp_path / "a.xlsx")
    tables = read(path, kind="firms").tables
    assert len(tables) == MOST_TABLES
    for table in tables:
        assert len(table["letters"]) == MOST_COLUMNS
        texts = [cell["text"] for row in table["rows"] for cell in row["cells"]]
        assert max(map(len, texts)) == MOST_LETTERS
    assert len(json.dumps(tables)) < MOST_TABLES * MOST_BYTES
