"""Reads that pages and programs share."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, QuerySet, TextField, Value

from pulih.areas.models import valid_on

from .kinds import Kind
from .models import Holiday


def rows_on(kind: Kind, day: date) -> "QuerySet[Any]":
    """Return the rows of a list that hold on a day; of holidays, those of its year."""
    rows = kind.model._default_manager.all()
    return rows.filter(valid_on(day)) if kind.shape.is_dated else rows.filter(day__year=day.year)


def listed_holidays() -> frozenset[date]:
    """Return every day on which offices are closed, as the table has them now."""
    return frozenset(Holiday.objects.values_list("day", flat=True))


def holidays_as_text() -> Func:
    """The same days, parted by commas, as a column of another statement."""
    days = ArraySubquery(Holiday.objects.order_by().values("day"))
    return Func(days, Value(","), function="array_to_string", output_field=TextField())
