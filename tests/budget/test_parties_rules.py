"""Only bodies are ever named: whatever points at a person keeps the whole text back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.parties import PartyKind, kind_of, public_name

BODIES = (
    "PT Sinar Uji",
    "PT. Sinar Uji",
    "P.T. Sinar Uji",
    "CV. Sagu",
    "Koperasi Maju Bersama",
    "Sinar Uji, PT",
    "Yayasan Uji Bangsa",
    "PT Uji Negara (Persero)",
    "PT Uji Tbk",
    "CV Uji (peragaan)",
    "Dinas Perindustrian Provinsi Uji",
    "Universitas Uji",
    "RSUD Uji",
    "Gugus Tugas Jawa Barat",
)
PERSONS = (
    "UD Sumber Uji",
    "PD. Uji Jaya",
    "Sdr. Made Uji",
    "Bendahara Pengeluaran",
    "Kepala Dinas Uji",
    "Hj. Siti Uji",
    "Notaris Uji",
)
LISTS = (
    "Daftar terlampir",
    "Made Uji dkk",
    "Para instruktur",
    "Siti; Made; Nur",
    "12 orang peserta",
)
UNSURE = (
    "Made Uji",
    "",
    "  ",
    "Toko Sinar",
    "PT",
    "CV.",
    "Made Uji (PT Sinar)",
    "CV Sagu / Made Uji",
    "PT Sinar a.n. Made Uji",
    "CV Sagu, Made Uji",
    "PT Sinar rek 12345",
    "Bank Uji an. Siti",
    "CV Sagu qq Siti",
    "PT Sinar u.p. Made",
)
WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd", "Po", "Zs"]), max_size=40)


@pytest.mark.parametrize(
    ("kind", "parties"),
    [
        (PartyKind.BODY, BODIES),
        (PartyKind.PERSON, PERSONS),
        (PartyKind.LIST, LISTS),
        (PartyKind.UNKNOWN, UNSURE),
    ],
)
def test_the_kinds(kind, parties):
    assert {party: kind_of(party) for party in parties} == dict.fromkeys(parties, kind)


@given(st.sampled_from(PERSONS + LISTS + UNSURE))
def test_nobody_but_a_body_is_named(party):
    assert public_name(party) is None


@given(st.sampled_from(BODIES))
def test_letters_and_blanks_do_not_matter(body):
    assert kind_of(f"  {body.upper()}  ".replace(" ", "   ")) is PartyKind.BODY
    assert kind_of(body.lower()) is PartyKind.BODY
    assert public_name(f" {body}  ") == body


@given(
    st.sampled_from(BODIES),
    st.sampled_from(
        [" a.n. {}", " an {}", " qq {}", " / {}", " ({})", "; {}", " u.p. {}", ", {}", " dkk {}"]
    ),
    st.sampled_from(["Made Uji", "Siti", "Nur Uji Putri"]),
)
def test_a_body_beside_a_person_is_not_named(body, beside, person):
    assert public_name(body + beside.format(person)) is None


@given(WORDS)
def test_a_sole_trader_is_a_person_whatever_the_name(name):
    for form in ("UD", "PD", "UD.", "pd"):
        assert public_name(f"{form} {name}") is None


@given(WORDS)
def test_any_text_has_a_kind(text):
    assert kind_of(text) in PartyKind
    named = public_name(text)
    assert named is None or kind_of(named) is PartyKind.BODY
