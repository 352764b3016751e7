"""Codes are told by their names, in the language of the page; numbers of people stay cut."""

import pytest
from django.utils.translation import override

from pulih.registry import presenters


@pytest.mark.parametrize(
    ("name", "value", "indonesian", "english"),
    [
        ("owner_sex", "P", "perempuan", "woman"),
        ("commodity_group", "apparel", "Pakaian jadi", "Apparel"),
        ("status", "CLOSED", "Tutup", "Closed"),
        ("investment", 38_500_000, "Rp38.500.000", "Rp38,500,000"),
        ("exports", "no", "tidak", "no"),
    ],
)
def test_a_delivered_code_is_told_by_its_name(name, value, indonesian, english):
    with override("id"):
        assert presenters.written(name, value, "id") == indonesian
    with override("en"):
        assert presenters.written(name, value, "en") == english


def test_several_codes_in_one_cell_are_told_one_by_one():
    assert presenters.written("status", "CLOSED;NOT_FOUND", "en") == "Closed; Not found"


def test_what_no_list_knows_stays_as_it_was_written():
    assert presenters.written("commodity_group", "anyaman bambu", "id") == "anyaman bambu"


def test_a_reviewer_sees_neither_whole_nik_nor_whole_telephone():
    assert presenters.cut("nik", "3212014101800007", "id") == "3212••••••••0007"
    assert presenters.cut("phone", "0819-1120-0001", "id") == "0819-1120-••••"
