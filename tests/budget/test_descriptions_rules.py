"""Which descriptions of budget lines may be public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.descriptions import (
    DescriptionKind,
    description_kind,
    public_description,
    text_digest,
)
from pulih.scenarios.covid_2020.names import WORDS

NAMES = [name for kind in ("women", "men", "family") for name in WORDS[kind]]
THINGS = ("", "Honor narasumber", "Bahan pelatihan masker")


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
        "Narasumber dan instruktur usulan baru",
        "Penumbuhan wirausaha baru (pusat)",
        "Bantuan mesin Rp1.250.000.000",
    ],
)
def test_what_speaks_of_things_and_groups_is_public(text):
    assert public_description(f" {text}  ") == text


@pytest.mark.parametrize(
    "text",
    ["Honor narasumber Ahmad Fauzi", "Siti Aminah", "Sewa lapak Rahmat", "Intan Permata Sari"],
)
def test_what_may_be_a_name_without_a_title_waits_for_an_officer(text):
    assert description_kind(text) is DescriptionKind.UNKNOWN
    assert public_description(text) is None
    assert public_description(f" {text} ", DescriptionKind.THINGS) == text


@given(names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3), what=st.sampled_from(THINGS))
def test_no_name_that_the_demonstration_gives_to_people_is_published_by_rule(names, what):
    assert public_description(f"{what} {' '.join(names)}".strip()) is None


def test_what_an_officer_states_counts_before_the_rule():
    assert public_description("Bahan masker", DescriptionKind.SOMEBODY) is None
    assert text_digest(" Bahan  MASKER ") == text_digest("bahan masker")


def test_an_empty_description_is_none():
    assert public_description("  ") is None
