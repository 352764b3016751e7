"""Numbers and days as forms and addresses may give them: whatever is outside gets a sentence.

A day of the year 1, a key of forty digits or a page of minus one row used to reach the database and
end in an error, or in a query over two thousand years.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from pulih.intake.readings.days import day_in
from pulih.web import numbers

DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
COMMAED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LARGEST_KEY = 2**63 - 1
THOUSAND, EXAMPLE = 1_000, 6_034
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EXAMPLE_DAY = date(2020, 7, 6)
SHORTEST_DAY, LONGEST_DAY = len("6/7/2020"), 40  # Shorter numbers are those of spreadsheets.
WHOLE = re.compile(r"-?(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)", re.ASCII)

RowKey = Annotated[int, Field(ge=0, le=LARGEST_KEY)]
LARGEST_PAGE = 1_000  # Rows that a program may ask for at once.
Quarter = Annotated[int, Field(ge=1, le=4)]
Year = Annotated[int, Field(ge=FIRST_DAY.year, le=LAST_DAY.year)]
NO_NUL = r"^[^\x00]*$"  # A database text holds every sign but this one.
Name = Annotated[str, Field(max_length=200, pattern=NO_NUL)]
Letter = Annotated[str, Field(max_length=80, pattern=NO_NUL)]
Code = Annotated[str, Field(max_length=40, pattern=NO_NUL)]
Words = Annotated[str, Field(max_length=2_000, pattern=NO_NUL)]


class WrittenBounds(forms.IntegerField):
    """A field that names its bounds as the page writes numbers: nobody counts their noughts."""

    written: Callable[[int], str] = staticmethod(numbers.whole)

    def run_validators(self, value: Any) -> None:
        """Refuse what lies beyond a bound."""
        try:
            super().run_validators(value)
        except ValidationError as wrong:
            for one in wrong.error_list:
                if one.params and isinstance(one.params.get("limit_value"), int):
                    one.params["limit_value"] = self.written(one.params["limit_value"])
            raise


class WholeField(WrittenBounds):
    """A whole number as people type it: `6.000` and `6,000` are six thousand.

    Django's own field takes `6.000` for 6.00, which is six; here a fraction is refused. What may be
    large is typed as text, for a browser's number field takes no `6.034`.
    """

    default_error_messages = {
        "invalid": _("Write a whole number in figures, such as %(example)s."),
    }

    def __init__(self, **named: Any) -> None:
        most = named.get("max_value")
        if most is None or most >= THOUSAND:
            typed = forms.TextInput({"inputmode": "numeric"})
            named.setdefault("widget", typed)
        super().__init__(**named)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and (text := value.strip()):
            if not WHOLE.fullmatch(text):
                more = {"example": numbers.whole(EXAMPLE)}
                raise ValidationError(self.error_messages["invalid"], "invalid", more)
            value = re.sub(r"[., ]", "", text)
        return super().to_python(value)


class RateField(forms.DecimalField):
    """Rupiah for a unit of money, or an amount of it: `14.500` and `14,500` are thousands.

    Three digits after a sign are a group; a fraction has more or fewer, or follows the groups with
    the other sign.
    """

    def __init__(self, **named: Any) -> None:
        typed = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": typed, **named})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
            for grouped, by in ((DOTTED, "."), (COMMAED, ",")):
                if grouped.fullmatch(value):
                    value = value.replace(by, "")
            value = value.replace(",", ".")
        return super().to_python(value)


class KeyField(WholeField):
    """The key of a row."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": LARGEST_KEY, **named})


class YearField(WholeField):
    def __init__(self, **named: Any) -> None:
        limits = {"min_value": FIRST_DAY.year, "max_value": LAST_DAY.year}
        super().__init__(**{**limits, "widget": forms.NumberInput, **named})


class DayField(forms.DateField):
    """A day from 2000 to 2100: a typing slip of a year must not block every later entry.

    Read as sheets are, in both languages alike: Django's own field takes `06/07/2020` for 7 June
    where the page is English, and for 6 July where it is Indonesian.
    """

    default_error_messages = {
        "invalid": _(
            "“%(typed)s” is no day of the calendar. Write day, month and year, such as %(example)s."
        ),
    }
    default_validators = [
        MinValueValidator(FIRST_DAY, _("The day must be 1 January 2000 or later.")),
        MaxValueValidator(LAST_DAY, _("The day must be 31 December 2100 or earlier.")),
    ]

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not (text := value.strip()):
            return super().to_python(value)
        if ISO_DAY.fullmatch(text):
            with suppress(ValueError):
                return date.fromisoformat(text)
        answer = day_in(text) if SHORTEST_DAY <= len(text) <= LONGEST_DAY else None
        # What had to be guessed, such as the day of a month alone, is asked for again.
        if answer is None or answer.rule or not isinstance(answer.value, date):
            more = {"typed": text[:LONGEST_DAY], "example": numbers.day(EXAMPLE_DAY)}
            raise ValidationError(self.error_messages["invalid"], "invalid", more)
        return answer.value


def row_key(text: str) -> int | None:
    """Return the key of a row that an address or a form names; None where it names none."""
    is_key = text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_KEY))
    return int(text) if is_key else None


def is_a_day(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY
