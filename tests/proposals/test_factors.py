"""Calculations of cost rows: exact products, one unit, whole numbers."""

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.classifications import units
from pulih.common.errors import Refusal
from pulih.proposals.rules.factors import Factor, amount, read_factors, unit_parts, volume, written

factors = st.lists(
    st.builds(Factor, st.integers(1, 10_000), st.sampled_from([u.short for u in units.every()])),
    min_size=1,
    max_size=4,
)


@given(factors, st.integers(0, 10**6))
def test_a_product_is_exact_in_any_order(listed, unit_cost):
    product = unit_cost * prod(factor.count for factor in listed)
    if product <= 10**15:
        assert amount(listed, unit_cost) == amount(listed[::-1], unit_cost) == product
    else:
        with pytest.raises(Refusal, match="more than the state spends"):
            amount(listed, unit_cost)


@given(factors)
def test_what_is_written_is_read_back(listed):
    assert list(read_factors(written(listed))) == listed


@given(factors)
def test_units_are_never_mixed(listed):
    counted = [part for one in listed for part in units.find(one.unit).parts]
    if not counted or len(set(counted)) < len(counted):
        with pytest.raises(Refusal):
            unit_parts(listed)
    else:
        assert sorted(counted) == list(unit_parts(listed))


@pytest.mark.parametrize(
    ("text", "product", "unit"),
    [
        ("65 orang × 4 hari", 260, "OH"),
        ("13 kab x 5 org x 4 hr", 260, "OH"),
        ("13x2 OH", 26, "OH"),
        ("32 OJ", 32, "OJ"),
        ("1.500 lembar", 1_500, "lembar"),
        ("13 paket", 13, "paket"),
        ("2 box", 2, "kotak"),
        ("(2 org x 16 jam)", 32, "OJ"),
        ("5 orang x3 hari", 15, "OH"),
        ("65 orang · 4 hari", 260, "OH"),
        ("1 LS", 1, "LS"),
        ("7 zak", 7, "sak"),
        ("20 modul", 20, "buku"),
        ("4 sesi", 4, "sesi"),
        ("[2 ORG x 16 JAM = 32 OJ]", 32, "OJ"),
        ("(13 kab × 5 org × 4 hr) = 260", 260, "OH"),
    ],
)
def test_a_calculation_is_read_as_people_type_it(text, product, unit):
    found = read_factors(text)
    assert (volume(found), units.words_of(unit_parts(found))) == (product, unit)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        ("0 orang × 4 hari", "must be 1 to"),
        ("1,5 orang × 4 hari", "not whole"),
        ("65 orang × 4 hari × 2 kali × 3 kab × 2 kelas", "5 factors"),
        ("65 kambing", "“kambing” is not known"),
        ("orang", "does not begin with a number"),
        ("9999999999 orang", "must be 1 to"),
    ],
)
def test_a_wrong_calculation_gets_one_sentence(text, sentence):
    with pytest.raises(Refusal) as refused:
        read_factors(text)
    assert sentence in refused.value.message.en
    assert refused.value.message.id != refused.value.message.en


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2 org × 16 OJ", "32 OJ"),
        ("16 OJ × 2 org", "32 OJ"),
        ("2 orang × 3 orang × 4 hari", "6 orang × 4 hari"),
        ("2 OH × 3 OJ", None),
        ("2 orang × 3 OH × 4 hari", None),
    ],
)
def test_a_unit_counted_twice_is_refused_with_what_to_write(text, meant):
    with pytest.raises(Refusal) as refused:
        unit_parts(read_factors(text))
    for said, verb in ((refused.value.message.id, "tulis"), (refused.value.message.en, "write")):
        assert said.endswith(f"{verb} {meant}.") == bool(meant)
