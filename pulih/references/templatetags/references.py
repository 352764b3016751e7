"""`{% load references %}`: how the cells of the lists are written."""

from datetime import date
from typing import Any

from django.template import Library
from django.utils.translation import gettext as _

from pulih.references.rules import Column
from pulih.web import numbers
from pulih.web.words import say

register = Library()


@register.filter
def reference_cell(value: Any) -> str:
    """Write a cell: yes or no, a day, a number, or the text itself."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return numbers.day(value)
    return numbers.whole(value) if isinstance(value, int) else str(value)


@register.filter
def column_rule(column: Column) -> str:
    """Say what a column must be, in the page's language."""
    return say(column.rule)
