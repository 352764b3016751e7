"""Fields that read what planners type."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pulih.web.money_field import MoneyField

from ..rules.money_text import read_rupiah


class AmountField(MoneyField):
    """Whole rupiah, also in words: `16.600.000.000`, `16,6 miliar`."""

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and (amount := read_rupiah(value)) is not None:
            return amount
        return super().to_python(value)


def offer(form: forms.BaseForm, name: str, choices: list[tuple[Any, str]]) -> None:
    """Let a form's field offer `choices`."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class PercentField(forms.CharField):
    """A percentage with a decimal comma or point; the value is a Decimal of percent."""

    def __init__(self, *, least: int = 0, most: int = 1_000, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None if value in self.empty_values else value
        text = str(value).strip().removesuffix("%").strip().replace(",", ".")
        if not text.replace(".", "", 1).isdecimal():
            raise ValidationError(_("Write a number, such as 55 or 12.5."), code="invalid")
        number = Decimal(text)
        if not self.least <= number <= self.most:
            raise ValidationError(
                _("Write a number from %(least)s to %(most)s."),
                code="range",
                params={"least": self.least, "most": self.most},
            )
        return number

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Ask none: the range is checked with its words above."""

    def prepare_value(self, value: Any) -> Any:
        return format(value.normalize(), "f") if isinstance(value, Decimal) else value
