"""Cells are read into codes; what is not understood stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.classifications import certificates, needs, obstacles, status
from pulih.classifications.status import BusinessStatus

SYNONYMS = [
    (word, entry.code)
    for entry in needs.LIST.entries
    for word in (entry.name_indonesian, entry.name_en, *entry.synonyms)
]


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("Modal kerja; bahan baku", ("working_capital", "raw_material_supply"), ()),
        ("1. MODAL\n2. Bahan Baku (kain)", ("working_capital", "raw_material_supply"), ()),
        ("mesin/peralatan", ("equipment",), ()),
        (
            "modal, mesin/peralatan dan pelatihan",
            ("working_capital", "equipment", "training"),
            (),
        ),
        ("butuh modal & promosi", ("working_capital", "marketing"), ()),
        ("pelatihan barista", (), ("pelatihan barista",)),
        ("modal; doa restu dan semangat", ("working_capital",), ("doa restu dan semangat",)),
        ("modal;modal;Modal Kerja", ("working_capital",), ()),
        ("-", (), ()),
        ("tidak ada", (), ()),
        ("", (), ()),
    ],
)
def test_needs_are_read_from_a_cell(text, codes, unknown):
    parsed = needs.parse(text)
    assert (parsed.codes, parsed.unknown) == (codes, unknown)


def test_codes_and_unknown_words_are_joined_for_the_intake_contract():
    assert needs.parse("modal; barista").joined == "working_capital;barista"


def test_obstacles_and_certificates_are_read_alike():
    assert obstacles.parse("Penurunan omzet, PSBB; PHK").codes == (
        "falling_sales",
        "regional_restriction",
        "staff_cuts",
    )
    assert certificates.parse("P-IRT, Halal").codes == ("pirt", "halal")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Masih produksi", BusinessStatus.PRODUCING_SAME_KBLI),
        ("Beralih produk", BusinessStatus.PRODUCING_CHANGED_KBLI),
        ("TUTUP SEMENTARA", BusinessStatus.TEMP_NOT_PRODUCING),
        ("tutup", BusinessStatus.CLOSED),
        ("temp_not_producing", BusinessStatus.TEMP_NOT_PRODUCING),
        ("entah", None),
    ],
)
def test_status_is_read_into_the_classes_of_the_statistics_office(text, expected):
    assert status.parse(text) is expected


@given(st.lists(st.sampled_from(SYNONYMS), max_size=5), st.sampled_from(["; ", ", ", "\n", " ;"]))
def test_any_list_of_known_words_is_understood_whole(chosen, separator):
    parsed = needs.parse(separator.join(word.upper() for word, _ in chosen))
    assert parsed.codes == tuple(dict.fromkeys(code for _, code in chosen))
    assert parsed.unknown == ()


@given(st.text(max_size=60))
def test_any_text_is_read_and_what_was_read_is_read_again_alike(text):
    once = needs.parse(text)
    assert needs.parse(";".join(once.codes)).codes == once.codes
    assert all(word.strip() in text for word in once.unknown)
