"""Every number and day that a form or an address takes has bounds: no slip reaches the database."""

import importlib
import pkgutil
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

import pulih
from pulih.budget.fund_forms import FundTermForm
from pulih.config.api_urls import api
from pulih.market.forms import SaleForm
from pulih.web.as_of import parse_day
from pulih.web.bounds import FIRST_DAY, LAST_DAY, DayField, WholeField


def every_form():
    for found in pkgutil.walk_packages(pulih.__path__, "pulih."):
        if found.name.rpartition(".")[2].endswith("forms"):
            module = importlib.import_module(found.name)
            for one in vars(module).values():
                if isinstance(one, type) and issubclass(one, forms.BaseForm):
                    fields = getattr(one, "base_fields", {})  # What others build on declares none.
                    yield from ((one, name, field) for name, field in fields.items())


FIELDS = sorted(set(every_form()), key=lambda each: (each[0].__name__, each[1]))
NUMBERS = [each for each in FIELDS if isinstance(each[2], forms.IntegerField)]
DAYS = [each for each in FIELDS if isinstance(each[2], forms.DateField)]


def named(value):
    return getattr(value, "__name__", value if isinstance(value, str) else "")


@pytest.mark.parametrize(("form", "name", "field"), NUMBERS, ids=named)
def test_a_number_has_a_largest_value(form, name, field):
    # A form of a model asks the model's own validators, which know the column's range.
    is_of_a_model = issubclass(form, forms.BaseModelForm)
    assert is_of_a_model or field.max_value is not None or field.max_digits is not None


WHOLE = [each for each in NUMBERS if not isinstance(each[2], forms.DecimalField)]


@pytest.mark.parametrize(("form", "name", "field"), WHOLE, ids=named)
@pytest.mark.parametrize("thousands", ["6.000", "6,000", "6 000"])
def test_thousands_are_never_taken_for_units(form, name, field, thousands):
    with suppress(ValidationError):
        assert field.clean(thousands) in (6_000, 6_000_000)  # The second where thousands are asked.


@pytest.mark.parametrize("text", ["6.0", "6.5", "6.00", "60.0000", "1.000,000", "6e3", "۶", "--6"])
def test_a_whole_number_has_no_fraction(text):
    with pytest.raises(ValidationError):
        WholeField(max_value=10**9).clean(text)


RATES = {
    "14.500": "14500", "14,500": "14500", "14.500,25": "14500.25", "14,500.25": "14500.25",
    "14500.25": "14500.25", "14500,25": "14500.25", "14.5": "14.5", "0,125": "0.125",
    "1.250.000": "1250000",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), RATES.items())
@pytest.mark.parametrize("field", [FundTermForm.base_fields["rate"], SaleForm.base_fields["rate"]])
def test_a_rate_typed_with_thousands_is_no_fraction(field, typed, meant):
    for language in ("id", "en"):
        with override(language):
            assert field.clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["14.500.25", "1,2,3", "14.5,5", "Rp14", "nan"])
def test_what_is_no_rate_is_refused(typed):
    with pytest.raises(ValidationError):
        SaleForm.base_fields["rate"].clean(typed)


def test_forms_that_make_fields_of_their_own_use_it_too():
    folder = Path(pulih.__path__[0])
    own = {"web/bounds.py", "web/programs.py"}
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if "forms.IntegerField" in path.read_text()
    }
    assert found == own


@pytest.mark.parametrize(("form", "name", "field"), DAYS, ids=named)
def test_a_day_has_a_first_and_a_last(form, name, field):
    assert isinstance(field, DayField)


def test_there_are_numbers_and_days_to_look_at():
    assert len(NUMBERS) > 10
    assert len(DAYS) > 10


@pytest.mark.parametrize("text", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_an_address_of_another_century_shows_the_usual_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize("day", [FIRST_DAY, date(2020, 6, 15), LAST_DAY])
def test_a_day_within_the_bounds_is_shown(day):
    assert parse_day(str(day)) == day


def test_every_number_in_an_address_for_programs_is_bounded():
    unbounded = [
        f"{method} {path} {parameter['name']}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query" and parameter["schema"].get("type") == "integer"
        if not {"minimum", "maximum"} <= parameter["schema"].keys()
    ]
    assert unbounded == []
