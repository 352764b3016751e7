"""A place whose name is a slip away is found, and told; a spelling that offices use is not."""

from datetime import date
from pathlib import Path

from pulih.intake import read


def test_the_nearest_place_is_told_as_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Nama Usaha;Kabupaten/Kota;Provinsi\nKue;Kab. Bogorr;Jawa Barat\n"
        "Tahu;Kab. Bogor;Jawa Brat\n"
        "Kopi;KABUPATEN BOGOR;JAWA BARAT\nRoti;Kab Atlantis;Jabar\n"
    )
    taken = read(path, on=date(2020, 9, 30))
    assert taken.rows["regency_code"].to_list() == ["3201", "3201", "3201", None]
    told = sorted(taken.problems.select("cell", "rule").rows())
    assert told == [("B2", "misspelt_place"), ("B5", "unknown_place"), ("C3", "misspelt_place")]
