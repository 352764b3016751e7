"""Units of cost plans, and that a person-day is never held against a person-hour."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.classifications import units
from pulih.classifications.standards import every, standard_for
from pulih.places import Level, resolve

DAY = date(2020, 6, 15)
KALSEL = resolve("Kalimantan Selatan", on=DAY, level=Level.PROVINCE).key
known = st.sampled_from(units.every())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OJ", "person_hour"),
        ("orang-jam", "person_hour"),
        ("org x jam", "person_hour"),
        ("Orang/Hari", "person_day"),
        ("O.H", "person_day"),
        ("Kab/Kota", "place"),
        ("orang-kali", "person_time"),
        ("orang orang", None),
        ("rupiah", None),
        ("", None),
    ],
)
def test_a_unit_is_read_as_offices_write_it(text, code):
    found = units.find(text)
    assert (found.code if found else None) == code


def test_no_spelling_means_two_units():
    spelt = [spelling for unit in units.every() for spelling in unit.spellings]
    assert len(set(spelt)) == len(spelt)


@given(st.lists(known, max_size=4), st.randoms())
def test_a_product_counts_every_part_once_in_any_order(factors, random):
    counted = [part for unit in factors for part in unit.parts]
    found = units.product(factors)
    assert (found is None) == (len(counted) != len(set(counted)))
    assert found == units.product(random.sample(factors, len(factors)))
    if found is not None:
        assert sorted(counted) == list(found)


@pytest.mark.parametrize(
    ("account", "text", "unit", "amount"),
    [
        ("522151", "Honor narasumber", "OJ", 900_000),
        ("521219", "Uang harian diklat peserta", "OH", 110_000),
        ("521211", "Paket bahan kain sasirangan", "paket", None),
        ("522151", "Instruktur pendamping", "OH", 150_000),
        ("524111", "Perjalanan pemantauan", "OH", 380_000),
        ("524111", "Perjalanan pemantauan", "OK", None),
        ("522151", "Honor narasumber", "OH", None),
        ("522151", "Instruktur menjahit", "OJ", 900_000),
    ],
)
def test_the_rows_of_a_plan_find_the_item_of_their_unit(account, text, unit, amount):
    found = standard_for(account, text, KALSEL, DAY, unit=unit)
    assert (found.amount if found else None) == amount


@given(st.sampled_from(every()), known)
def test_a_detail_of_another_unit_is_of_no_item(item, unit):
    own = units.find(item.unit)
    text, account = " ".join(item.words), item.accounts[0]
    fits = item.fit(account, text, unit.short)
    assert bool(fits) == (unit.parts == own.parts)
