"""A form's field that takes what a column of delivered lists takes, and stores it alike."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pulih.intake.typed import firm_column, read_typed
from pulih.web.words import say

LONGEST_TYPED = 500


class ColumnField(forms.CharField):
    """Text of a column of lists of firms, such as `phone`: read, judged and worded as intake does.

    Nothing typed, and what only says so (`-`), is blank.
    """

    def __init__(self, column: str, **named: Any) -> None:
        super().__init__(**{"max_length": LONGEST_TYPED, **named})
        self.column = firm_column(column)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = read_typed(self.column, text)
        if found.fault is not None:
            raise ValidationError(say(found.fault))
        if found.value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return "" if found.value is None else str(found.value)
