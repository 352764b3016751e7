"""A field of a column takes what a delivered list takes, and refuses in the reader's language."""

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pulih.intake.typed import firm_column, read_typed
from pulih.market.forms import BuyerForm
from pulih.web.columns import ColumnField


class Contact(forms.Form):
    phone = ColumnField("phone", required=False)
    name = ColumnField("business_name")


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "tidak dapat diterima"), ("en", "cannot be taken")]
)
def test_a_phone_that_is_none_is_refused_in_the_readers_language(language, sentence):
    with translation.override(language):
        form = Contact({"phone": "abc", "name": "RSUD Indramayu"})
        assert sentence in form.errors["phone"][0]
        assert list(form.errors) == ["phone"]


def test_a_phone_is_stored_as_the_register_stores_it_and_a_blank_one_is_blank():
    form = Contact({"phone": "0812-3456-7890", "name": "RSUD"})
    assert form.is_valid()
    assert form.cleaned_data["phone"] == "+6281234567890"
    assert Contact({"phone": " - ", "name": "RSUD"}).is_valid()
    assert not Contact({"phone": "", "name": "nihil"}).is_valid()


def test_the_phone_of_a_buyer_is_such_a_field():
    assert isinstance(BuyerForm.base_fields["phone"], ColumnField)


@given(st.one_of(st.text(max_size=40), st.from_regex(r"\+?[0-9 \-/]{3,20}", fullmatch=True)))
def test_what_the_form_takes_a_sheet_takes(text):
    form = Contact({"phone": text, "name": "RSUD"})
    if form.is_valid() and form.cleaned_data["phone"]:
        taken = read_typed(firm_column("phone"), text.replace("\0", ""))
        assert (taken.fault, taken.value) == (None, form.cleaned_data["phone"])
