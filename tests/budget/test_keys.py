"""Line keys of 2020 and of 2021 on, as untidy sheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.keys import LineKey, line_key, line_key_of_parts, mended
from pulih.common.errors import Message

digits = "0123456789"
letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def code(alphabet, least, most=None):
    return st.text(alphabet, min_size=least, max_size=most or least)


old_keys = st.builds(
    LineKey,
    code(digits, 4),
    code(digits, 3),
    st.just("") | code(digits, 3),
    code(digits, 3),
    code(letters, 1, 2),
    code(digits, 6),
)
new_keys = st.builds(
    LineKey,
    code(digits, 4),
    code(letters, 3),
    code(digits, 3),
    code(digits, 3),
    code(letters, 1, 2),
    code(digits, 6),
)
blanks = st.text(" \t\r\n\u00a0\u200b", max_size=3)


@given(old_keys)
def test_a_key_of_2020_is_read_back_as_it_was_written(key):
    assert line_key(str(key), 2020) == key


@given(new_keys)
def test_a_key_of_2021_is_read_back_as_it_was_written(key):
    assert line_key(str(key), 2021) == key


@given(old_keys, st.data())
def test_stray_blanks_tabs_and_line_ends_are_mended(key, data):
    untidy = "".join(data.draw(blanks) + letter for letter in str(key)) + data.draw(blanks)
    assert line_key(untidy, 2020) == key


@given(st.text(max_size=40))
def test_any_text_is_a_key_or_one_sentence_in_both_languages(text):
    result = line_key(text, 2020)
    assert isinstance(result, LineKey) or (result.id and result.en)


@given(st.text(max_size=40))
def test_mending_twice_changes_nothing_more(text):
    assert mended(mended(text)) == mended(text)


def test_the_traps_of_public_dumps():
    assert str(line_key("\t4146.ABO.007.051.A.521211", 2021)) == "4146.ABO.007.051.A.521211"
    assert str(line_key("4146.ABO.007.051 .G. 522192\r\n", 2021)).endswith(".G.522192")
    seven_digits = line_key("3038.001.051.A.5212110", 2020)
    assert isinstance(seven_digits, Message)
    assert "3038.001.051.A.521211" in seven_digits.id


def test_a_key_of_2020_is_none_in_2021_and_the_other_way_round():
    assert isinstance(line_key("3038.001.051.A.521211", 2021), Message)
    assert isinstance(line_key("4498.ABO.001.051.A.521211", 2020), Message)


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (
            {
                "activity": "3038",
                "output": "001",
                "component": "051",
                "subcomponent": "a",
                "account": " 521211",
            },
            "3038.001.051.A.521211",
        ),
        (
            {
                "activity": "4498",
                "output": "ABO.001",
                "component": "051",
                "subcomponent": "A",
                "account": "521211",
            },
            "4498.ABO.001.051.A.521211",
        ),
        ({"account": "3038.001.051.A.521211"}, "3038.001.051.A.521211"),
    ],
)
def test_parts_in_columns_of_their_own_make_the_same_key(parts, key):
    year = 2021 if "ABO" in key else 2020
    assert str(line_key_of_parts(parts, year)) == key


def test_a_blank_account_is_refused_by_name():
    refused = line_key_of_parts({"activity": "3038", "output": "001"}, 2020)
    assert refused.en == "Line 3038.001 has no account. Fill in the 6-digit account."
