"""A code on a paper: whatever a tired reader types is read as meant, or refused."""

from hypothesis import given
from hypothesis import strategies as st

from pulih.documents.codes import ALPHABET, SIGNS, new_code, read_code, written
from pulih.documents.initials import initials

codes = st.builds(new_code)
places = st.integers(0, SIGNS)


@given(codes)
def test_a_new_code_is_read_as_it_is_written_in_small_letters_too(code):
    assert read_code(code) == read_code(written(code)) == code
    assert read_code(f"  {written(code).lower().replace('-', ' ')} ") == code


@given(codes, places, st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    assert read_code(wrong) == (code if sign == code[place] else None)


@given(codes, st.integers(0, SIGNS - 1))
def test_two_swapped_signs_are_noticed_but_for_the_first_with_the_last(code, place):
    one, other = code[place], code[place + 1]
    if one != other and {one, other} != {ALPHABET[0], ALPHABET[-1]}:
        assert read_code(code[:place] + other + one + code[place + 2 :]) is None


@given(codes)
def test_letters_that_look_like_digits_are_read_as_digits(code):
    assert read_code(code.replace("1", "l").replace("0", "O")) == code
    assert read_code(code.replace("1", "i").replace("0", "o")) == code


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_none(text):
    code = read_code(text)
    assert code is None or read_code(code) == code


def test_codes_do_not_repeat():
    assert len({new_code() for _ in range(2000)}) == 2000


def test_of_a_name_the_initials_are_left():
    assert initials("Dr. Siti Nur Aminah, S.T., M.Si.") == "S. N. A."
    assert initials("Nur") == "N."
    assert initials("  ") == initials("…") == ""


@given(st.text(max_size=80))
def test_initials_are_short_whatever_the_name(name):
    assert len(initials(name)) <= 20
