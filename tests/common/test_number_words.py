"""Sums in words are read back as the sums that they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.number_words import in_words

WORDS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
SMALL = {word: number for number, word in enumerate(WORDS)}
GROUPS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(text):
    total = part = digit = 0
    text = text.replace("seratus", "satu ratus").replace("seribu", "satu ribu")
    for word in text.split():
        if word in SMALL:
            digit = SMALL[word]
        elif word in GROUPS:
            total, part, digit = total + (part + digit) * GROUPS[word], 0, 0
        else:
            part += {"belas": digit + 10, "puluh": digit * 10, "ratus": digit * 100}[word]
            digit = 0
    return total + part + digit


@given(st.integers(0, 10**15 - 1) | st.integers(0, 2_000))
def test_words_are_read_back_as_the_number(number):
    assert read(in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (11, "sebelas"), (100, "seratus"), (1_000, "seribu"),
        (1_100, "seribu seratus"), (11_000, "sebelas ribu"), (1_001_000, "satu juta seribu"),
        (21_512_019, "dua puluh satu juta lima ratus dua belas ribu sembilan belas"),
    ],
)  # fmt: skip
def test_sums_as_receipts_write_them(number, words):
    assert in_words(number) == words
