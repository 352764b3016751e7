"""A day is read alike in both languages; what is no day is quoted, with how to write one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from pulih.web.bounds import DayField

SIXTH = (
    "20200706",
    "2020-07-06",
    "06/07/2020",
    "6-7-2020",
    "06.07.2020",
    "6 Juli 2020",
    "6 July 2020",
    " 6 Jul 2020 ",
)
WRONG = ("31-02-2020", "besok", "Juli 2020", "2020", "44018", "-", "6/7", "2020-13-01")
SAID = {
    "en": "“{}” is no day of the calendar. Write day, month and year, such as 6 Jul 2020.",
    "id": "“{}” bukan tanggal yang ada. Tulis hari, bulan, dan tahun, misalnya 6 Jul 2020.",
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("typed", SIXTH)
def test_a_day_is_the_same_in_both_languages(typed, language):
    with override(language):
        assert DayField().clean(typed) == date(2020, 7, 6)


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_day_is_quoted_with_how_to_write_one(typed, language):
    with override(language):
        with pytest.raises(ValidationError) as refused:
            DayField().clean(typed)
        assert refused.value.messages == [SAID[language].format(typed)]


def test_a_day_outside_the_bounds_is_told_so():
    assert DayField().clean("2100-12-31") == date(2100, 12, 31)
    with override("en"):
        for typed, words in (("2101-01-01", "31 December 2100"), ("0001-01-01", "1 January 2000")):
            with pytest.raises(ValidationError, match=words):
                DayField().clean(typed)


def test_long_words_are_not_thrown_back_whole():
    with pytest.raises(ValidationError) as refused:
        DayField().clean("besok " * 1_000)
    assert len(refused.value.messages[0]) < 150


def test_no_day_is_none_where_none_is_needed():
    assert DayField(required=False).clean("") is None
    assert DayField().clean(date(2020, 7, 6)) == date(2020, 7, 6)
