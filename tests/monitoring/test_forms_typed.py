"""Numbers as people type them here, and what stands in a field is read back the same."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.monitoring.fields import FigureField, ThousandField

unhurried = settings(deadline=None)  # A busy machine is no fault of ours.


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12,5", "12.5"), ("12.5", "12.5"), ("1.200", "1200"), ("1,200", "1200"),
        ("1.200,50", "1200.50"), ("1,200.50", "1200.50"), ("45 %", "45"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_type_it(typed, meant):
    assert FigureField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["banyak", "1.2.3", "-5", "12,345.6,7"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        FigureField().clean(typed)


@unhurried
@given(st.decimals(0, 10**6, places=2), st.sampled_from(["id", "en"]))
def test_what_stands_in_a_field_is_read_back_the_same(number, language):
    with translation.override(language):
        assert FigureField().clean(FigureField().prepare_value(number)) == number


@unhurried
@given(st.integers(0, 10**9), st.sampled_from(["id", "en"]))
def test_thousands_are_kept_as_whole_rupiah(thousand, language):
    with translation.override(language):
        field = ThousandField()
        assert field.clean(field.prepare_value(thousand * 1000)) == thousand * 1000
