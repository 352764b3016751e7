"""A bound of a whole number is written as people read it, in both languages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from pulih.web.bounds import WholeField


@pytest.mark.parametrize(
    ("language", "most", "least"),
    [("id", r"10\.000\.000", r"1\.000"), ("en", "10,000,000", "1,000")],
)
def test_a_bound_is_written_in_groups_of_three(language: str, most: str, least: str) -> None:
    field = WholeField(min_value=10**3, max_value=10**7)
    with override(language):
        with pytest.raises(ValidationError, match=most):
            field.clean("10.000.001")
        with pytest.raises(ValidationError, match=least):
            field.clean("999")
