"""Words to products, and how long a capacity counts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pulih.market.rules.freshness import Freshness, freshness
from pulih.market.rules.products import Vocabulary

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
