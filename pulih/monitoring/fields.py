"""Form fields for the figures of reports, read as people type them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pulih.web.money_field import MoneyField
from pulih.web.words import language

from .rules.thousands import THOUSAND

GROUPED = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)")


class FigureField(forms.DecimalField):
    """A number with up to two decimals, as people type it here: `12,5`, `12.5`, `1.200`."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 14, "decimal_places": 2, "min_value": 0} | options)
        self.widget.attrs |= {"inputmode": "decimal", "class": "form-control num", "size": 8}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = _plain(value.strip().removesuffix("%").strip())
        try:
            return super().to_python(value)
        except InvalidOperation as broken:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from broken

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        # Without groups, so that what stands there is read back the same in both languages.
        whole = value == value.to_integral_value()
        text = f"{value:.0f}" if whole else f"{value.normalize():f}"
        return text if language() == "en" else text.replace(".", ",")


def _plain(text: str) -> str:
    """Return a typed number with a point for its decimals, which are two at most."""
    if GROUPED.fullmatch(text):
        return re.sub("[.,]", "", text)
    if "," in text and text.rfind(",") > text.rfind("."):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "")


class ThousandField(MoneyField):
    """Thousand rupiah (ribu rupiah) in figures; the value is whole rupiah."""

    default_error_messages = {
        "invalid": _("Write whole thousands in figures: Rp150,000,000 is typed 150,000."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "required": False} | options)
        self.widget.attrs |= {"inputmode": "numeric", "class": "form-control num"}

    def to_python(self, value: Any) -> int | None:
        typed = super().to_python(value)
        return None if typed is None else typed * THOUSAND

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value // THOUSAND if isinstance(value, int) else value)
