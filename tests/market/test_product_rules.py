"""Words to products, and how long a capacity counts."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import pulih.market
from pulih.market import lists
from pulih.market.rules.freshness import (
    GREY_AFTER_DAYS,
    LEFT_OUT_AFTER_DAYS,
    Freshness,
    freshness,
)
from pulih.market.rules.products import Vocabulary
from pulih.market.templatetags.market import AGES

WORDS = Vocabulary.of(
    [
        ("cloth_mask", ["masker kain", "Masker Kain 3 Ply", "masker"]),
        ("medical_mask", ["masker medis"]),
        ("hazmat", ["baju hazmat", "APD"]),
        ("garment", ["baju"]),
    ]
)


def test_the_longest_known_words_decide():
    assert WORDS.find("Masker kain 3-ply, sasirangan") == "cloth_mask"
    assert WORDS.find("masker medis") == "medical_mask"
    assert WORDS.find("Baju Hazmat") == "hazmat"
    assert WORDS.find("jahit baju") == "garment"
    assert WORDS.find("bajunya") is None
    assert WORDS.find("") is None
    assert Vocabulary.of([]).find("masker") is None


@given(st.permutations(["cloth_mask", "medical_mask", "hazmat"]))
def test_the_order_of_different_words_changes_nothing(codes):
    named = {"cloth_mask": ["masker kain"], "medical_mask": ["masker medis"], "hazmat": ["apd"]}
    shuffled = Vocabulary.of([(code, named[code]) for code in codes])
    assert shuffled.find("masker medis dan apd") == "medical_mask"


@given(st.integers(-10, 400))
def test_sixty_days_turn_grey_and_120_leave_out(age):
    found = freshness(date(2020, 6, 1), date(2020, 6, 1) + timedelta(age))
    expected = Freshness.LEFT_OUT if age > 120 else Freshness.GREY if age > 60 else Freshness.FRESH
    assert found == expected


def test_no_sentence_of_the_market_types_how_old_a_capacity_may_be():
    """Sentences take the days from the rule: a typed one would stay when the rule changes."""
    words = (Path(pulih.market.__file__).parent / "locale/id/LC_MESSAGES/django.po").read_text()
    typed = rf"\b({GREY_AFTER_DAYS}|{LEFT_OUT_AFTER_DAYS})\b"
    assert [line for line in words.splitlines() if re.search(typed, line)] == []


@pytest.mark.parametrize(
    ("language", "grey", "out", "said"),
    [
        ("id", "lebih dari 60 hari", "lebih dari 120 hari: tidak ikut", "paling lama 120 hari"),
        ("en", "older than 60 days", "older than 120 days: left out", "at most 120 days ago"),
    ],
)
def test_an_age_is_said_in_the_readers_language(language, grey, out, said):
    with override(language):
        assert [str(AGES[age]) for age in (Freshness.GREY, Freshness.LEFT_OUT)] == [grey, out]
        assert str(dict(lists.AGES)["counting"]) == said
