"""The lists of places say what the law said on each day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih import places
from pulih.places import Level, Scheme

REFERENCE_DAY = date(2020, 5, 1)
TODAY = date(2025, 6, 1)
BREAKS = (date(2022, 7, 25), date(2022, 11, 9), date(2022, 12, 8), date(2023, 1, 1))
around_the_splits = st.sampled_from(
    [day + timedelta(days=shift) for day in BREAKS for shift in (-1, 0, 1)]
    + [places.KNOWN_FROM, REFERENCE_DAY, TODAY]
)
DIFFERING_BY_PROVINCE = (
    "11:15 12:20 13:11 14:9 15:4 16:5 17:0 18:8 19:2 21:2 31:5 32:0 33:0 34:0 35:0 36:0 51:0 "
    "52:0 53:16 61:7 62:8 63:0 64:4 65:4 71:5 72:7 73:5 74:6 75:4 76:4 81:4 82:2 91:29 92:13"
)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (places.KNOWN_FROM - timedelta(days=1), 0),
        (REFERENCE_DAY, 34),
        (date(2022, 7, 24), 34),
        (date(2022, 7, 25), 37),
        (date(2022, 12, 8), 38),
        (TODAY, 38),
    ],
)
def test_provinces_are_counted_by_the_day(day, count):
    assert len(places.provinces(day)) == count


@given(around_the_splits)
def test_every_day_has_514_regencies_each_in_one_province_of_that_day(day):
    regencies = places.regencies(day)
    inside = [one for up in places.provinces(day) for one in places.children_of(up, day)]
    assert len(regencies) == 514
    assert sorted(inside) == regencies
    assert all(places.parent_of(one, day).exists(day) for one in regencies)


def test_416_of_the_regencies_are_kabupaten_and_98_are_cities():
    assert Counter(one.is_city for one in places.regencies(REFERENCE_DAY)) == {False: 416, True: 98}


def differing(day):
    for one in places.regencies(day):
        home = places.code_of(one, Scheme.KEMENDAGRI, day)
        if home != places.code_of(one, Scheme.BPS, day):
            yield home


def test_the_two_schemes_differ_for_199_regencies_of_2020_by_province_as_published():
    expected = {
        part[:2]: int(part[3:]) for part in DIFFERING_BY_PROVINCE.split() if part[3:] != "0"
    }
    assert Counter(code[:2] for code in differing(REFERENCE_DAY)) == expected
    assert sum(expected.values()) == 199


def test_for_166_of_them_the_number_means_another_regency_in_the_other_scheme():
    others = [
        places.resolve(code, on=REFERENCE_DAY, scheme=Scheme.BPS)
        for code in differing(REFERENCE_DAY)
    ]
    assert sum(one is not None for one in others) == 166


def test_26_regencies_changed_their_code_and_province_in_2022():
    moved = [
        one
        for one in places.regencies(TODAY)
        if places.parent_of(one, REFERENCE_DAY) != places.parent_of(one, TODAY)
    ]
    recoded = [
        one
        for one in places.regencies(TODAY)
        if places.code_of(one, Scheme.KEMENDAGRI, REFERENCE_DAY)
        != places.code_of(one, Scheme.KEMENDAGRI, TODAY)
    ]
    assert moved == recoded
    assert Counter(places.parent_of(one, TODAY).name for one in moved) == {
        "Papua Selatan": 4,
        "Papua Tengah": 8,
        "Papua Pegunungan": 8,
        "Papua Barat Daya": 6,
    }


def test_what_was_cut_out_of_a_province_are_its_successors():
    papua = places.resolve("Papua", on=REFERENCE_DAY, level=Level.PROVINCE)
    names = [one.name for one in places.successors(papua)]
    assert names == ["Papua Selatan", "Papua Tengah", "Papua Pegunungan"]
    assert papua.exists(TODAY)


@pytest.mark.parametrize("scheme", list(Scheme))
@given(day=around_the_splits)
def test_codes_lead_back_to_their_place_on_every_day(scheme, day):
    for one in places.all_places():
        code = places.code_of(one, scheme, day)
        if code is not None:
            assert places.resolve(code, on=day, scheme=scheme) == one


@given(around_the_splits)
def test_every_regency_has_both_codes_on_every_day(day):
    for one in places.regencies(day):
        assert places.code_of(one, Scheme.KEMENDAGRI, day)
        assert places.code_of(one, Scheme.BPS, day)


@pytest.mark.parametrize(
    ("code", "scheme", "day", "name"),
    [
        ("94", Scheme.BPS, REFERENCE_DAY, "Papua"),
        ("94", Scheme.KEMENDAGRI, TODAY, "Papua Tengah"),
        ("92", Scheme.KEMENDAGRI, TODAY, "Papua Barat"),
        ("92", Scheme.BPS, TODAY, "Papua Barat Daya"),
        ("11", Scheme.TREASURY, REFERENCE_DAY, "Sumatera Selatan"),
        ("1", Scheme.TREASURY, REFERENCE_DAY, "DKI Jakarta"),
        ("32", Scheme.TREASURY, REFERENCE_DAY, "Kepulauan Riau"),
        ("3200", Scheme.BPS, REFERENCE_DAY, "Jawa Barat"),
        ("91.01", Scheme.KEMENDAGRI, REFERENCE_DAY, "Kab. Merauke"),
        ("9101", Scheme.BPS, REFERENCE_DAY, "Kab. Fakfak"),
        ("1101.0", Scheme.BPS, REFERENCE_DAY, "Kab. Simeulue"),
    ],
)
def test_one_number_means_different_places_by_scheme_and_day(code, scheme, day, name):
    assert places.resolve(code, on=day, scheme=scheme).name == name


def test_codes_entered_from_memory_say_so():
    jabar = places.resolve("Jawa Barat", on=TODAY)
    merauke = places.resolve("Kab. Merauke", on=TODAY)
    assert places.code_is_verified(jabar, Scheme.KEMENDAGRI, TODAY)
    assert not places.code_is_verified(jabar, Scheme.TREASURY, TODAY)
    assert places.code_is_verified(merauke, Scheme.BPS, REFERENCE_DAY)
    assert not places.code_is_verified(merauke, Scheme.BPS, TODAY)


def test_keys_are_no_schemes_code():
    keys = {one.key for one in places.all_places()}
    assert len(keys) == 1 + 38 + 514
    assert places.country().key == 1
    assert max(keys) < 1101


def test_a_renamed_regency_keeps_its_key_and_remembers_its_name():
    toba = places.resolve("Kab. Toba", on=REFERENCE_DAY)
    assert places.resolve("Toba Samosir", on=REFERENCE_DAY) == toba
    assert places.name_on(toba, date(2019, 1, 1)) == "Kab. Toba Samosir"
    assert places.name_on(toba, REFERENCE_DAY) == "Kab. Toba"


@pytest.mark.parametrize(
    ("name", "clock"),
    [("Kota Pontianak", "Jakarta"), ("Kota Denpasar", "Makassar"), ("Kota Ambon", "Jayapura")],
)
def test_every_place_has_its_clock(name, clock):
    one = places.resolve(name, on=REFERENCE_DAY)
    assert places.time_zone(one).key == f"Asia/{clock}"
    assert places.time_zone(places.parent_of(one, REFERENCE_DAY)).key == f"Asia/{clock}"


@pytest.mark.parametrize(("day", "count"), [(REFERENCE_DAY, 7_230), (TODAY, 7_285)])
def test_sub_districts_are_those_of_the_days_list(day, count):
    assert sum(len(places.districts(one, day)) for one in places.regencies(day)) == count
