import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.money import grouped
from pulih.web.money_field import MoneyField


@pytest.mark.parametrize(
    "text", ["1.250.000", "1,250,000", "Rp 1.250.000", "1250000", " rp1.250.000,00 "]
)
def test_an_amount_is_read_as_people_write_it(text: str) -> None:
    assert MoneyField().clean(text) == 1_250_000


@pytest.mark.parametrize(
    "text", ["1.25", "1,5 jt", "1.250,50", "1.250,000", "seribu", "-5", "1.2500", "=1+1"]
)
def test_what_is_not_whole_rupiah_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(text)


@pytest.mark.parametrize("text", ["9" * 40, "9" * 5_000, "9" + ".999" * 1_700])
def test_more_digits_than_any_amount_has_are_too_much_and_no_fault(text: str) -> None:
    with translation.override("id"), pytest.raises(ValidationError) as refused:
        MoneyField().clean(text)
    assert "Rp1.000.000.000.000.000" in refused.value.messages[0]


@given(st.integers(0, 10**15), st.sampled_from(["id", "en"]))
def test_a_grouped_amount_comes_back_as_it_was(amount: int, language: str) -> None:
    assert MoneyField().clean(grouped(amount, language)) == amount


@pytest.mark.parametrize(("language", "example"), [("id", "1.250.000."), ("en", "1,250,000.")])
def test_the_refusal_writes_its_example_as_the_language_does(language: str, example: str) -> None:
    with translation.override(language):
        with pytest.raises(ValidationError) as refused:
            MoneyField().clean("seribu")
        assert refused.value.messages[0].endswith(f" {example}")
