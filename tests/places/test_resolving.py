"""Names are understood as offices write them; bare numbers never are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih import places
from pulih.places import Level, Scheme, candidates, detect_scheme, resolve

DAY = date(2020, 5, 1)
any_place = st.sampled_from(places.provinces(DAY) + places.regencies(DAY))
PREFIXES = {
    "Kab. ": ("Kab. ", "KABUPATEN ", "kab ", "Kab.", "Pemkab ", "Kab. Adm. "),
    "Kota ": ("Kota ", "KOTAMADYA ", "Kodya ", "kota adm. ", "Pemkot "),
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kab. Bandung", "Kab. Bandung"),
        ("KOTA BDG", "Kota Bandung"),
        ("Bandung, Kota", "Kota Bandung"),
        ("Bandung (Kab)", "Kab. Bandung"),
        ("Jabar", "Jawa Barat"),
        ("Prov. Jawa  Barat", "Jawa Barat"),
        ("West Java Province", "Jawa Barat"),
        ("D.I. Yogyakarta", "DI Yogyakarta"),
        ("DIY", "DI Yogyakarta"),
        ("DKI", "DKI Jakarta"),
        ("Babel", "Kepulauan Bangka Belitung"),
        ("Kepri", "Kepulauan Riau"),
        ("Kep. Riau", "Kepulauan Riau"),
        ("Kaltara", "Kalimantan Utara"),
        ("Pare-pare", "Kota Parepare"),
        ("Parepare", "Kota Parepare"),
        ("Banyuasin", "Kab. Banyuasin"),
        ("Gunung Kidul", "Kab. Gunungkidul"),
        ("Karang Asem", "Kab. Karangasem"),
        ("Toli-Toli", "Kab. Tolitoli"),
        ("Batang Hari", "Kab. Batanghari"),
        ("Pangkep", "Kab. Pangkajene dan Kepulauan"),
        ("Pangkajene Kepulauan", "Kab. Pangkajene dan Kepulauan"),
        ("OKU", "Kab. Ogan Komering Ulu"),
        ("Kep. Seribu", "Kab. Kepulauan Seribu"),
        ("Kota Baru", "Kab. Kotabaru"),
        ("Kab. Kota Baru", "Kab. Kotabaru"),
        ("Kabupaten Kota Waringin Barat", "Kab. Kotawaringin Barat"),
        ("Provinsi Daerah Istimewa Yogyakarta", "DI Yogyakarta"),
        ("Pemerintah Daerah Provinsi Jawa Barat", "Jawa Barat"),
        ("Pemerintah Kota Bandung", "Kota Bandung"),
        ("Kab. 50 Kota", "Kab. Lima Puluh Kota"),
        ("Kota Mobagu", "Kota Kotamobagu"),
        ("KOTA ADM. JAKARTA SELATAN", "Kota Jakarta Selatan"),
        ("Selayar", "Kab. Kepulauan Selayar"),
        ("3204 - Kab. Bandung", "Kab. Bandung"),
        ("Indramayu, Jawa Barat", "Kab. Indramayu"),
        ("Kab. Indramyu", "Kab. Indramayu"),
        ("Prov. Sulawesi Tenggra", "Sulawesi Tenggara"),
        ("Pemerintah Kota Surabya", "Kota Surabaya"),
    ],
)
def test_usual_spellings_are_understood(text, name):
    assert resolve(text, on=DAY).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Bandung",
        "Kab./Kota Bandung",
        "Jambi",
        "Kota Garut",
        "Kab. Binjai",
        "Atlantis",
        "",
        " ",
        "-",
        "Kab.",
        "Kota",
    ],
)
def test_what_is_ambiguous_or_wrong_is_not_guessed(text):
    assert resolve(text, on=DAY) is None


def test_the_candidates_of_an_ambiguous_name_are_all_shown():
    assert [one.name for one in candidates("Bandung", on=DAY)] == ["Kab. Bandung", "Kota Bandung"]
    assert [one.name for one in candidates("Jambi", on=DAY)] == ["Jambi", "Kota Jambi"]


def test_the_level_and_the_province_narrow_a_name():
    kalsel = resolve("Kalsel", on=DAY)
    assert resolve("Jambi", on=DAY, level=Level.REGENCY).name == "Kota Jambi"
    assert resolve("Banjar", on=DAY, within=kalsel).name == "Kab. Banjar"
    assert resolve("Garut", on=DAY, within=kalsel) is None


def test_a_regency_lies_in_the_province_of_the_day():
    papua = resolve("Papua", on=DAY)
    assert resolve("Merauke", on=DAY, within=papua) is not None
    assert resolve("Merauke", on=date(2023, 1, 1), within=papua) is None


@given(st.from_regex(r"\s*\d[\d. ]{0,8}", fullmatch=True), st.sampled_from([None, *Level]))
def test_a_bare_number_is_never_resolved_without_its_scheme(text, level):
    assert candidates(text, on=DAY, level=level) == []


@given(st.text(max_size=40), st.sampled_from([None, *Level]), st.sampled_from([None, *Scheme]))
def test_any_text_is_answered_and_never_raises(text, level, scheme):
    for one in candidates(text, on=DAY, level=level, scheme=scheme):
        assert level in (None, one.level)


@given(any_place)
def test_every_place_is_found_by_its_own_name_in_its_parent(one):
    parent = places.parent_of(one, DAY)
    assert resolve(one.name, on=DAY, level=one.level, within=parent) == one


@given(any_place, st.data())
def test_case_blanks_signs_and_prefix_change_nothing(one, data):
    text = one.name
    for prefix, others in PREFIXES.items():
        if one.level is Level.REGENCY and text.startswith(prefix):
            text = data.draw(st.sampled_from(others)) + text.removeprefix(prefix)
    for sign, others in ((" ", ("  ", " ", "\u00a0", " - ", "_")), (".", (".", " ", ". "))):
        text = text.replace(sign, data.draw(st.sampled_from(others)))
    text = data.draw(st.sampled_from([str.upper, str.lower, str.title, str]))(text)
    assert resolve(f" {text} ", on=DAY, level=one.level) == one


@given(any_place.filter(lambda one: len(one.bare_name) > 6), st.data())
def test_one_slip_of_the_pen_never_leads_to_another_place(one, data):
    spot = data.draw(st.integers(1, len(one.bare_name) - 1))
    slipped = one.bare_name[:spot] + data.draw(st.sampled_from("xqz")) + one.bare_name[spot + 1 :]
    text = one.name.replace(one.bare_name, slipped)
    found = resolve(text, on=DAY, level=one.level, within=places.parent_of(one, DAY))
    assert found in (one, None)


def test_many_texts_are_resolved_each_once():
    found = places.resolve_many(["Jabar", "Jabar", "32"], on=DAY)
    assert {text: one and one.name for text, one in found.items()} == {
        "Jabar": "Jawa Barat",
        "32": None,
    }


def pairs(scheme, province):
    up = resolve(province, on=DAY)
    return [(places.code_of(one, scheme, DAY), one.name) for one in places.children_of(up, DAY)]


@pytest.mark.parametrize("scheme", [Scheme.KEMENDAGRI, Scheme.BPS])
@pytest.mark.parametrize("province", ["Aceh", "Papua", "Maluku", "NTT"])
def test_a_files_scheme_is_told_from_names_beside_codes(scheme, province):
    assert detect_scheme(pairs(scheme, province), DAY) == scheme


def test_where_both_schemes_agree_on_a_whole_province_home_affairs_is_named():
    assert detect_scheme(pairs(Scheme.BPS, "Jabar"), DAY) is Scheme.KEMENDAGRI


def test_pairs_that_fit_two_schemes_of_a_disputed_province_are_asked_about():
    assert detect_scheme([("11", "Aceh")], DAY) is None
    assert detect_scheme([], DAY) is None
    assert detect_scheme([("1101", "Garut"), ("1102", "Depok")], DAY) is None


def test_treasury_codes_are_told_from_their_provinces():
    assert detect_scheme([("11", "Sumatera Selatan"), ("02", "Jabar")], DAY) is Scheme.TREASURY


@pytest.mark.parametrize(
    ("name", "is_misspelt"),
    [("Kab. Bogorr", True), ("Kab. Bogor", False), ("KOTA BOGOR", False),
     ("Bogor, Jawa Barat", False), ("Ujung Pandang", False), ("3201", False)],
)  # fmt: skip
def test_a_slip_of_the_pen_is_known_as_one(name: str, is_misspelt: bool) -> None:
    assert places.is_misspelt(name) is is_misspelt
