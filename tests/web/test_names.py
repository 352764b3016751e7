"""What may be the name of something."""

import pytest
from django.core.exceptions import ValidationError

from pulih.delivery.forms import ItemForm
from pulih.market.forms import BuyerForm
from pulih.web.forms import NameField


@pytest.mark.parametrize("typed", ["-5", "31/02/2020", "99999999999", "---", "0,5", "😀"])
def test_a_sum_a_day_or_dashes_are_no_name(typed: str) -> None:
    with pytest.raises(ValidationError, match="sedikitnya satu huruf"):
        NameField().clean(typed)


@pytest.mark.parametrize("typed", ["Masker 3 lapis", "3M", "ꦧꦠꦶꦏ꧀", "UD 99"])
def test_figures_beside_letters_are_a_name(typed: str) -> None:
    assert NameField().clean(typed) == typed


def test_a_name_that_may_be_empty_may_be_empty() -> None:
    assert NameField(required=False).clean("") == ""


@pytest.mark.django_db
def test_goods_and_buyers_say_it_at_their_field() -> None:
    for form in (ItemForm({"name": "-5", "unit": "1"}), BuyerForm({"name": "31/02"})):
        assert form.errors["name"] == ["Nama berisi sedikitnya satu huruf."]
