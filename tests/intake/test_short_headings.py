"""Headings in English and headings cut short are read where they can mean one column alone."""

from collections import defaultdict
from pathlib import Path

import pytest

from pulih.intake import read
from pulih.intake.heading_scales import scale_in
from pulih.intake.kinds import KINDS, Kind

READ = [
    ("firms", "Name of Enterprise", "business_name"),
    ("firms", "No. of Employees", "workers"),
    ("firms", "WhatsApp Number", "phone"),
    ("firms", "Number of Male Workers", "workers_male"),
    ("firms", "Hsl Prod", "product"),
    ("firms", "Data Usaha / Hsl Prod", "product"),
    ("firms", "Nil. Inv (Rp Jt)", "investment"),
    ("firms", "Kecmtn", "district"),
    ("firms", "Omz (Rp.000)", "turnover"),
    ("firms", "Komoditi Unggulan", "product"),
    ("impact", "Omset Masa Pandemi/bln", "turnover"),
    ("impact", "Sales before Covid", "turnover_before"),
    ("budget", "Pagu Setelah Refocusing", "ceiling"),
    ("needs", "Batas Waktu Kirim", "due"),
    ("needs", "Nama RS/Puskesmas", "buyer"),
]


SLIPS = [
    ("firms", "Kelurhan", "village"),
    ("firms", "Kecematan", "district"),
    ("firms", "Nama Uasha", "business_name"),
    ("firms", "Tenga Kerja", "workers"),
    ("firms", "Jenis Produknya", "product"),
    ("impact", "Hambtan", "obstacles"),
    ("budget", "Relisasi", "realised"),
]


@pytest.mark.parametrize(("kind", "heading", "column"), [*READ, *SLIPS])
def test_a_heading_in_english_cut_short_or_misspelt_is_read(
    kind: str, heading: str, column: str
) -> None:
    match = KINDS[kind].dictionary.match(heading)
    assert match is not None
    assert match.name == column


def test_complaints_are_obstacles_and_no_village() -> None:
    match = KINDS["impact"].dictionary.match("Keluhan")
    assert match is not None
    assert match.name == "obstacles"


LEFT_ALONE = [
    ("firms", "No. Rek"),  # A bank account.
    ("firms", "Jns Msn"),  # Machines are no product.
    ("firms", "Pnddkn"),
    ("firms", "Umur"),
    ("firms", "Number of Machines"),
    ("firms", "Date of Birth"),
    ("firms", "Alat"),
    ("firms", "Alokasi"),
    ("firms", "Provisi"),
    ("firms", "Karya"),
    ("firms", "Jenis Bangunan"),
    ("firms", "Jenis Satuan"),
    ("firms", "Jenis Makan"),
    ("firms", "Nama Kota Asal Bahan"),
    ("firms", "Nama Pertama"),
    ("firms", "Tanggal Pengiriman"),
    ("firms", "Diberikan"),
    ("firms", "Name of Bank"),
    ("firms", "Jumlah Penerima Bantuan"),
    ("budget", "Selisih"),
    ("needs", "Waktu"),
    ("needs", "Harga"),
]


@pytest.mark.parametrize(("kind", "heading"), LEFT_ALONE)
def test_a_heading_that_says_something_else_is_left_alone(kind: str, heading: str) -> None:
    assert KINDS[kind].dictionary.match(heading) is None


@pytest.mark.parametrize(
    "heading",
    ["Nil. Prod (Rp.000)", "NIL.PROD.(000)", "Nilai Prod. per Thn (Rp ribu)", "NL PROD (Rp 000)"],
)
def test_a_doubtful_heading_cut_short_is_the_one_in_full_with_its_scale(heading: str) -> None:
    known = KINDS["firms"].dictionary
    assert known.match(heading) is None
    assert known.possible(heading) == known.possible("Nilai Produksi") == ["turnover"]
    assert scale_in(heading) == 1000


@pytest.mark.parametrize(("kind", "heading"), LEFT_ALONE)
def test_what_says_something_else_is_not_doubtful_either(kind: str, heading: str) -> None:
    assert not KINDS[kind].dictionary.possible(heading)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_the_list_of_headings_says_is_what_is_read(kind: Kind) -> None:
    """Whatever is doubted of headings in general: `Nilai investasi tanpa tanah dan bangunan`."""
    meant = defaultdict(set)
    for column in kind.columns:
        for heading in column.headings:
            meant[heading].add(column.name)
    found = {heading: kind.dictionary.match(heading) for heading in meant}
    assert [one for one, match in found.items() if not match or match.name not in meant[one]] == []


@pytest.mark.parametrize("heading", ["N. Prod", "Produk", "Bahan Baku", "Pemasaran"])
@pytest.mark.parametrize("unit", ["jt", "Juta", "rb", "miliar"])
def test_amounts_in_words_are_no_words(tmp_path: Path, heading: str, unit: str) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"UD {at},Siti,{at} {unit},Jl. {at}\n" for at in (1, 2, 3))
    path.write_text(f"Nama Usaha,Nama Pemilik,{heading},Alamat\n{rows}")
    intake = read(path, kind="firms")
    assert intake.summary["columns"]["unknown"] == [heading]
    assert intake.rows[heading].to_list() == [f"{at} {unit}" for at in (1, 2, 3)]
