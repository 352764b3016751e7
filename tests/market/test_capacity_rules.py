"""Stated capacities in whole units of a six-day week, and every guess with its words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.intake.readings.measures import measure_in
from pulih.market.rules.capacity import PERIOD_WORDS, WORKDAYS, Made, weekly, written

MASK = Made("piece", 20, 10**9)
FLOUR = Made("kg", 1000, 10**9)
SHOE = Made("pair", 800, 10**9)
HANDS = Made("piece", 20, 500)
A_WEEK = {
    "day": Fraction(WORKDAYS),
    "week": Fraction(1),
    "month": Fraction(12, 52),
    "year": Fraction(1, 52),
}
UNITS = {"pcs": 1, "lusin": 12, "kodi": 20, "gros": 144, "": 1}


@pytest.mark.parametrize(
    ("words", "made", "per_week", "rules"),
    [
        ("500/hari", MASK, 3000, ["unit_assumed"]),
        ("114 lembar per hari", MASK, 684, []),
        ("2 ton/bulan", FLOUR, 461, ["unit_converted"]),
        ("2 ton/bulan", MASK, 23076, ["weight_to_units"]),
        ("5 kodi/minggu", MASK, 100, ["unit_converted"]),
        ("10 lusin", MASK, 2, ["unit_converted", "period_assumed"]),
        ("60 pasang/bulan", SHOE, 13, []),
        ("5200", MASK, 100, ["unit_assumed", "period_assumed"]),
        ("1.500 potong / minggu", MASK, 1500, []),
    ],
)
def test_what_offices_write(words, made, per_week, rules):
    said = measure_in(words)
    found = weekly(said.value, said.unit or "", made)
    assert found.per_week == per_week
    assert [guess.rule for guess in found.guesses] == rules


def test_the_period_of_a_heading_is_a_guess_with_its_words():
    found = weekly(600.0, "pcs", MASK, heading="Kapasitas Produksi per Bulan")
    assert found.per_week == 138
    assert found.guesses[0].words == "Kapasitas Produksi per Bulan"


@given(
    st.integers(1, 10**8),  # More gross a day than that is refused as more than hands can make.
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(sorted(A_WEEK)),
    st.data(),
)
def test_every_unit_and_period_against_exact_arithmetic(value, unit, period, data):
    word = data.draw(st.sampled_from(PERIOD_WORDS[period].split("|")))
    found = weekly(float(value), f"{unit}/{word}", MASK)
    exact = value * UNITS[unit] * A_WEEK[period]
    assert found.per_week == (int(exact) if exact >= 1 else None)


@given(st.integers(1, 10**6), st.sampled_from(["pcs", "lusin", "kg", ""]))
def test_no_named_period_ever_claims_less_than_the_guess(value, unit):
    guess = weekly(float(value), unit, MASK).per_week or 0
    for period in ("hari", "minggu", "bulan", "tahun"):
        assert (weekly(float(value), f"{unit}/{period}", MASK).per_week or 0) >= guess


@pytest.mark.parametrize(
    ("value", "unit", "workers", "sentence"),
    [
        (5_000_000.0, "lembar/hari", 3, "Maksud Anda per tahun?"),
        (5_000_000_000.0, "lembar/tahun", 3, "Periksa angkanya."),
        (40_000.0, "lembar/hari", None, "Maksud Anda per minggu?"),
        (0.0, "lembar/hari", 3, "di atas nol"),
        (1.0, "lembar/tahun", 3, "kurang dari satu"),
        (10.0, "liter/hari", 3, "“liter/hari”"),
        (10.0, "karung/hari", 3, "“karung/hari”"),
    ],
)
def test_what_cannot_be_is_one_sentence(value, unit, workers, sentence):
    found = weekly(value, unit, HANDS, workers=workers)
    assert found.per_week is None
    assert sentence in found.wrong.id


@given(st.integers(1, 10**7), st.integers(1, 99), st.sampled_from(sorted(A_WEEK)))
def test_nothing_taken_exceeds_what_the_hands_can_make(value, workers, period):
    word = PERIOD_WORDS[period].split("|")[0]
    found = weekly(float(value), f"pcs/{word}", HANDS, workers=workers)
    assert found.per_week is None or found.per_week <= 500 * workers * WORKDAYS


@pytest.mark.parametrize(
    ("value", "words"),
    [(5_000_000, "5000000"), (1_234_567.5, "1234567.5"), (20, "20"), (Fraction(1, 4), "0.25")],
)
def test_what_was_said_keeps_all_its_digits(value, words):
    assert written(value) == words
