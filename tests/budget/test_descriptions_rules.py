"""Which descriptions of budget lines may be public."""

import pytest

from pulih.budget.rules.descriptions import public_description


@pytest.mark.parametrize(
    "text",
    [
        "Honor narasumber Bpk. Ahmad Fauzi",
        "Honorarium Ibu Siti Aminah",
        "Instruktur: Siti Aminah, S.E.",
        "Narasumber Dr. Budi Santoso, M.Si",
        "Sewa gedung a.n. Rahmat Hidayat",
        "Sewa tempat atas nama Rahmat",
        "Honor panitia NIP 19800101 200501 1 001",
        "Transport peserta, NIK 3273014503850001",
        "Uang saku, rek 0123 4567",
        "Konsumsi, hubungi 0812-3456-7890",
        "jasa H. Sulaiman",
    ],
)
def test_what_points_at_a_person_or_an_account_is_not_public(text):
    assert public_description(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Bahan pelatihan ibu rumah tangga",
        "Belanja bahan masker kain 3 lapis",
        "Sewa mesin jahit high speed 12 unit x 10 hari",
        "Program bapak angkat IKM",
        "Honor narasumber (20 OJ x Rp900.000)",
        "Perjalanan dinas H-1 kegiatan",
        "Paket data TA 2020, 100 orang",
        "Alat dan bahan, 5 paket",
        "Pelatihan di Kab. Bandung",
        "Bantuan mesin Rp1.250.000.000",
    ],
)
def test_what_speaks_of_things_and_groups_is_public(text):
    assert public_description(f" {text}  ") == text


def test_an_empty_description_is_none():
    assert public_description("  ") is None
