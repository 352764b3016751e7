"""One filter of a list, typed and bounded by a form field, and what an address asks of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.people.models import User
from pulih.web.as_of import AsOf

from .columns import Text

LONGEST = 200  # Signs of one filter; nobody searches with more.
Narrow = Callable[[Any, Any], Any]
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Filter:
    """key: the name in the address. make_field: a fresh form field, which types and bounds.

    narrow: keeps the rows that fit a value; None where the list's source reads the value itself.
    shown: words a value for its chip and for the file's note. is_typed: free text, which may name a
    person and is therefore left out of the record of exports. is_drawn: the page offers it by a
    menu; otherwise by links of its own, or by links from elsewhere. options: what its menu offers,
    where that depends on who asks; an address may still ask for anything that the field takes.
    counts: how many rows each value has; the page then offers values as links with their number.
    default: the value that counts while the address names none, so that its menu has no empty one.
    hint: what may be typed.
    """

    key: str
    words: Text
    make_field: Callable[[], forms.Field]
    narrow: Narrow | None = None
    shown: Callable[[Any], str] = str
    is_typed: bool = False
    is_drawn: bool = True
    options: Callable[[Asked], Iterable[tuple[Any, Text]]] | None = None
    counts: Callable[[Asked], Mapping[str, int]] | None = None
    default: str = ""
    hint: Text = ""


@dataclass(frozen=True)
class Asked:
    """What one person asks of a list: days, the values of filters, and what could not be read.

    fixed: the filters that the path of the page says, as the file whose problems it lists.
    """

    person: User
    seen: AsOf
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    fixed: Set[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        """Return a filter's value; None where the address does not ask for it."""
        return self.values.get(key)


def read(
    filters: tuple[Filter, ...],
    given: Mapping[str, Any],
    person: User,
    seen: AsOf,
    fixed: Mapping[str, Any] = NOTHING,
) -> Asked:
    """Read the filters of an address; a value that a filter cannot have becomes a sentence."""
    values, faults = {}, []
    for one in filters:
        text = str(fixed.get(one.key) or given.get(one.key) or "").strip()
        if not text:
            continue
        try:
            value = _typed(one, text)
        except ValidationError as wrong:
            faults.append(_sentence(one, text, wrong))
            continue
        if value is not False and value not in (None, ""):
            values[one.key] = value
    return Asked(person, seen, values, tuple(faults), frozenset(fixed))


def _typed(one: Filter, text: str) -> Any:
    if len(text) > LONGEST:
        raise ValidationError(
            ngettext("It is longer than %(n)d sign.", "It is longer than %(n)d signs.", LONGEST)
            % {"n": LONGEST}
        )
    if "\0" in text:
        raise ValidationError(_("It holds a sign that no text has."))
    return one.make_field().clean(text)


def _sentence(one: Filter, text: str, wrong: ValidationError) -> str:
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return _("The filter “%(filter)s” was left out: “%(value)s” does not fit. %(reason)s") % {
        "filter": one.words,
        "value": short.replace("\0", ""),
        "reason": " ".join(wrong.messages),
    }
