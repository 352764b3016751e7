from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.money import LARGEST_RUPIAH
from pulih.planning.forms.fields import PercentField
from pulih.planning.rules.bounds import (
    BoundLine,
    cap_of,
    floor_of,
    likeliest,
    shortfall,
    untagged_percent,
)
from pulih.planning.rules.money_text import read_rupiah

rupiah = st.integers(0, 10**12)
percent = st.decimals(0, 200, places=1)


@st.composite
def lines(draw):
    ceiling, committed, blocked = draw(rupiah), draw(rupiah), draw(rupiah)
    return BoundLine(
        "x", "y", ceiling + committed + blocked, committed, blocked, draw(st.booleans())
    )


@pytest.mark.parametrize("typed", ["²", "1²", "½", "④"])
def test_a_sign_that_only_looks_like_a_figure_is_no_number(typed):
    assert read_rupiah(typed) is None
    with pytest.raises(ValidationError):
        PercentField().clean(typed)


@pytest.mark.parametrize("word", ["", " juta", " triliun"])
@pytest.mark.parametrize("digits", ["9" * 40, "9" * 5_000])
def test_beyond_the_largest_amount_is_one_rupiah_more(digits, word):
    assert read_rupiah(digits + word) == LARGEST_RUPIAH + 1


@given(st.lists(lines(), max_size=8), rupiah)
def test_a_ceiling_is_short_exactly_by_what_is_bound_beyond_it(found, ceiling):
    short = shortfall(found, ceiling)
    bound = sum(line.bound for line in found)
    assert (short is None) == (ceiling >= bound)
    if short:
        assert ceiling + short.missing == short.bound == bound


@given(rupiah, percent)
def test_a_floor_never_lies_below_its_percent_nor_a_cap_above(before, share):
    assert floor_of(before, share) * 100 >= before * share
    assert cap_of(before, share) * 100 <= before * share
    assert floor_of(before, share) - cap_of(before, share) in (0, 1)


def test_the_heaviest_lines_are_named_first():
    light = BoundLine("light", "Aceh", 10, 5, 0, is_protected=False)
    heavy = BoundLine("heavy", "Bali", 90, 0, 0, is_protected=True)
    short = shortfall([light, heavy], 60)
    assert short.bound == 95
    assert short.missing == 35
    assert [line.name for line in short.heaviest] == ["heavy", "light"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (16_900_000, 16_900_000_000),
        (16_900, 16_900_000_000),
        (16_900_000_000_000, 16_900_000_000),
        (169_000_000_000, 16_900_000_000),
        (16_900_000_000, None),
        (7, None),
    ],
)
def test_a_slip_of_zeros_is_recognised(typed, meant):
    assert likeliest(typed, 10_000_000_000, 24_900_000_000) == meant


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("16.600.000.000", 16_600_000_000),
        ("Rp 16,600,000,000", 16_600_000_000),
        ("16600000000", 16_600_000_000),
        ("Rp16,6 miliar", 16_600_000_000),
        ("16.6 bn", 16_600_000_000),
        ("500 jt", 500_000_000),
        ("16,6", None),
        ("1.5", None),
        ("1.000,50", None),
        ("0,0000000001 miliar", None),
        ("banyak", None),
        ("-5", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_type_them(text, amount):
    assert read_rupiah(text) == amount


@given(rupiah)
def test_an_amount_with_dots_is_read_back(amount):
    assert read_rupiah(f"{amount:,}".replace(",", ".")) == amount


def test_untagged_money_is_a_percent_of_all():
    assert untagged_percent(1, 3) == Decimal("33.3")
    assert untagged_percent(0, 0) == 0
