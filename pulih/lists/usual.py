"""Fields and filters that many lists share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area

from .columns import Text
from .filters import Filter, Narrow

LARGEST_KEY = 2**63 - 1
SEARCH = _("Search")


def number(least: int = 0, most: int = LARGEST_KEY) -> Callable[[], forms.Field]:
    return partial(forms.IntegerField, min_value=least, max_value=most)


def choice(choices: Iterable[tuple[Any, Text]]) -> Callable[[], forms.Field]:
    return partial(forms.ChoiceField, choices=list(choices))


def equals(name: str) -> Narrow:
    """Keep the rows of a queryset whose field `name` is the value."""
    return lambda rows, value: rows.filter(**{name: value})


def year(narrow: Narrow | None = None) -> Filter:
    return Filter("year", _("Year"), number(2000, 2100), narrow)


def province(narrow: Narrow | None = None) -> Filter:
    return Filter("province", _("Province"), number(1), narrow, shown=_area)


def choices(
    key: str, words: Text, options: Sequence[tuple[Any, Text]], narrow: Narrow | None = None
) -> Filter:
    """Return a filter with a few fixed values, drawn as a menu."""
    named = {str(value): label for value, label in options}
    return Filter(
        key, words, choice(options), narrow, shown=lambda value: str(named.get(str(value), value))
    )


def flag(key: str, words: Text, narrow: Narrow | None = None) -> Filter:
    """Return a filter that is on or off."""
    yes = _("yes")
    return Filter(
        key,
        words,
        partial(forms.BooleanField, required=False),
        (lambda rows, _on: narrow(rows, True)) if narrow else None,
        shown=lambda _on: str(yes),
    )


def words(fields: Sequence[str], label: Text = SEARCH) -> Filter:
    """Return a filter that finds every typed word in any of `fields`."""

    def narrow(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        for word in text.split():
            fits = Q()
            for name in fields:
                fits |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(fits)
        return rows

    return Filter("q", label, forms.CharField, narrow, is_typed=True)


def _area(key: int) -> str:
    return str(Area.objects.filter(pk=key).first() or key)
