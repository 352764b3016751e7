"""A form field for whole rupiah, read as people type them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pulih.common.money import LARGEST_RUPIAH, of_digits
from pulih.web import numbers
from pulih.web.bounds import WrittenBounds

GROUPED = re.compile(r"(?:Rp\s*)?(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:,00|\.00)?", re.IGNORECASE)
EXAMPLE = 1_250_000


def example() -> dict[str, str]:
    """Return what a refusal shows: a whole number as the page's language writes it."""
    return {"example": numbers.whole(EXAMPLE)}


class MoneyField(WrittenBounds):
    """Whole rupiah: `1.250.000`, `1,250,000`, `Rp1250000`; anything with a fraction is refused."""

    widget = forms.TextInput
    written = staticmethod(numbers.rupiah)
    default_error_messages = {
        "invalid": _("Write whole rupiah in figures, such as %(example)s."),
    }

    def __init__(self, **named: Any) -> None:
        super().__init__(**{"max_value": LARGEST_RUPIAH, **named})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        text = str(value).strip()
        match = GROUPED.fullmatch(text)
        if not match or len(set(re.findall(r"[.,]", match[1]))) > 1:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params=example())
        return of_digits(re.sub(r"\D", "", match[1]))

    def prepare_value(self, value: Any) -> Any:
        return numbers.whole(value) if isinstance(value, int) else value
