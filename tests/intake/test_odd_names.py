"""Firms whose names begin like footers, and rows of products below them: none is lost unsaid."""

import csv
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.intake import read
from tests.examples import examples

BEGINNINGS = ("Sumber", "Kepala Sapi", "Desa Wisata", "Total", "Catatan", "Pembina", "Kota", "Tahu")
FIRM = st.tuples(st.sampled_from(BEGINNINGS), st.integers(0, 2))


@settings(max_examples=examples(15), deadline=None)
@given(st.lists(FIRM, min_size=3, max_size=7))
def test_every_firm_and_every_row_of_products_is_counted_or_told(
    firms: list[tuple[str, int]],
) -> None:
    rows: list[list[object]] = [["No", "Nama Usaha", "Pemilik", "Produk", "Kapasitas", "Satuan"]]
    for number, (beginning, products) in enumerate(firms, 1):
        rows.append([number, f"{beginning} Jaya {number}", f"Siti {number}", "Tahu", 100, "kg"])
        rows += [["", "", "", f"Tempe {number}", 40 + one, "kg"] for one in range(products)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "daftar.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        taken = read(path, kind="firms", on=date(2020, 9, 30))
    named = taken.rows.filter(taken.rows["business_name"].is_not_null())
    assert named.height == len(firms)
    seen = {*taken.rows["row"].to_list(), *taken.problems["row"].to_list()}
    assert seen >= set(range(2, len(rows) + 1))
