"""Fields and filters that many lists share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.db.models import CharField, F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih import places
from pulih.classifications.entries import CodeList
from pulih.web import keyset
from pulih.web.bounds import WholeField

from .columns import Text
from .filters import Asked, Filter, Narrow

Options = Callable[[Asked], Iterable[tuple[Any, Text]]]
LARGEST_KEY = 2**63 - 1
SEARCH = _("Search")


def number(least: int = 0, most: int = LARGEST_KEY) -> Callable[[], forms.Field]:
    return partial(WholeField, min_value=least, max_value=most)


def choice(choices: Iterable[tuple[Any, Text]]) -> Callable[[], forms.Field]:
    return partial(forms.ChoiceField, choices=list(choices))


def equals(name: str) -> Narrow:
    """Keep the rows of a queryset whose field `name` is the value."""
    return lambda rows, value: rows.filter(**{name: value})


def year(narrow: Narrow | None = None) -> Filter:
    return Filter("year", _("Year"), number(2000, 2100), narrow)


def province(narrow: Narrow | None = None, options: Options | None = None) -> Filter:
    return Filter("province", _("Province"), number(1), narrow, shown=area_name, options=options)


def by_link(
    key: str,
    words: Text,
    model: type[Model],
    field: str = "",
    named: Callable[[Any], str] = str,
) -> Filter:
    """Return a filter by one object's key, which links from elsewhere ask for.

    Chip and file name the object. field: of the rows, where it is not `key`. An object that row
    policies hide keeps its number.
    """

    def name(value: int) -> str:
        found = model._default_manager.filter(pk=value).first()
        return named(found) if found else str(value)

    return Filter(key, words, number(1), equals(field or key), name, is_drawn=False)


def choices(
    key: str,
    words: Text,
    options: Sequence[tuple[Any, Text]],
    narrow: Narrow | None = None,
    **more: Any,
) -> Filter:
    """Return a filter with a few fixed values, drawn as a menu. more: as `Filter` has it."""
    named = {str(value): label for value, label in options}
    return Filter(
        key,
        words,
        choice(options),
        narrow,
        shown=lambda value: str(named.get(str(value), value)),
        **more,
    )


def coded(
    key: str,
    words: Text,
    listed: CodeList[Any],
    narrow: Narrow | None = None,
    make_field: Callable[[], forms.Field] | None = None,
) -> Filter:
    """Return a filter by the codes of a dated list, named in the language of the page."""

    def name(code: str) -> str:
        found = listed.find(code)
        return found.name(get_language() or "id") if found else code

    codes = list(dict.fromkeys(entry.code for entry in listed.entries))
    return Filter(
        key,
        words,
        make_field or choice([(code, code) for code in codes]),
        narrow,
        shown=name,
        options=lambda _asked: [(code, name(code)) for code in codes],
    )


def flag(key: str, words: Text, narrow: Narrow | None = None, **more: Any) -> Filter:
    """Return a filter that is on or off. more: as `Filter` has it."""
    yes = _("yes")
    return Filter(
        key,
        words,
        partial(forms.BooleanField, required=False),
        (lambda rows, _on: narrow(rows, True)) if narrow else None,
        shown=lambda _on: str(yes),
        **more,
    )


def words(
    fields: Sequence[str] = (),
    label: Text = SEARCH,
    narrow: Narrow | None = None,
    without_letters: Sequence[str] = (),
    **more: Any,
) -> Filter:
    """Return a filter that finds every typed word in any of `fields`; without them, or `narrow`,
    the list's source reads the words itself. without_letters: fields of digits and signs alone,
    where no word with a letter is looked for. more: as `Filter` has it.
    """

    def find(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        for word in text.split():
            has_letter = any(sign.isalpha() for sign in word)
            names = fields if has_letter else (*without_letters, *fields)
            fits = Q()
            for name in names:
                fits |= _holds(rows, name, word)
            rows = rows.filter(fits)
        return rows

    chosen = narrow or (find if fields else None)
    return Filter("q", label, forms.CharField, chosen, is_typed=True, **more)


def _holds(rows: QuerySet[Any], name: str, word: str) -> Q:
    """Return whether a field holds a word. One without letters is looked for as it stands: folding
    each row's text takes longer than looking into it. Of `strpos` PostgreSQL does not guess that
    next to nothing holds it, as of LIKE: it reads a page in its order, and not every row for it.
    Where words stand in a list, it is no text.
    """
    is_text = isinstance(keyset.field_of(rows, name), CharField | TextField)
    if is_text and word.lower() == word.upper():
        return Q(GreaterThan(StrIndex(F(name), Value(word)), 0))
    return Q(**{f"{name}__icontains": word})


def area_name(key: int) -> str:
    """Return the name of an area; from the list that its table is made of, which costs no query."""
    try:
        return places.place(key).name
    except KeyError:
        return str(key)
