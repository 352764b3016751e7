"""What a person types is read as the cell of a sheet: what is taken there stands here alike."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.intake import firms
from pulih.intake.readings.reading import read
from pulih.intake.typed import firm_column, read_typed

WRONG = {
    "phone": ("abc", "12"),
    "year_established": ("3000", "99999"),
    "business_name": ("👩🏽‍🏭" * 300, "!!!", "x" * 301),
    "address": ("👩" * 300,),
    "email": ("siti", "siti@"),
    "nik": ("123",),
    "nib": ("812345678901",),
    "kbli": ("kue",),
    "workers": ("-3", "tujuh puluhan"),
    "owner_sex": ("X",),
}
RIGHT = {
    ("phone", "0812-3456-7890"): "+6281234567890",
    ("phone", "-"): None,
    ("phone", ""): None,
    ("year_established", "2015"): 2015,
    ("business_name", "UD 99"): "UD 99",
    ("workers", "7"): 7,
    ("owner_sex", "perempuan"): "P",
}
texts = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[0-9 .+\-/]{1,20}", fullmatch=True),
    st.sampled_from([text for one in WRONG.values() for text in one]),
    st.sampled_from([text for _name, text in RIGHT]),
)


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in WRONG for text in WRONG[n]])
def test_what_a_sheet_would_empty_is_refused_in_both_languages(name, text):
    typed = read_typed(firm_column(name), text)
    assert typed.value is None
    assert typed.fault is not None
    assert firm_column(name).must.id in typed.fault.id
    assert firm_column(name).must.en in typed.fault.en
    assert len(typed.fault.en) < 250


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_what_is_plain_is_taken_as_a_sheet_stores_it(name, text):
    assert read_typed(firm_column(name), text) == (RIGHT[name, text], None)


@given(st.sampled_from([one.name for one in firms.COLUMNS]), texts)
def test_what_is_taken_a_sheet_takes_without_a_word(name, text):
    column = firm_column(name)
    typed = read_typed(column, text)
    if typed.fault is None and typed.value is not None:
        cell = read(pl.Series([" ".join(text.split())]), None, column.reading)
        assert (cell.values[0], len(cell.rules)) == (typed.value, 0)
        again = read_typed(column, str(typed.value))
        assert again.fault is None or column.is_money or name in ("reported", "exports")
