"""What an edit form showed when it was read: a form that is stale says what changed meanwhile.

The form carries a short hash of the stored values it was filled with. Where they are others by the
time it is sent, nothing is saved: the page shows what stands now beside what was typed, and holds
the version of now, so that sending it again keeps one's own words.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from pulih.web import numbers

FIELD = "read_version"
DIGITS = 20
NOTHING = "–"
SEVERAL = (list, tuple, set, QuerySet)


@dataclass(frozen=True)
class Differing:
    """A field as it stands now and as this person typed it, in the words of the page."""

    label: str
    stored: str
    typed: str


class EditForm(forms.BaseForm):
    """A form over stored values: give it the same `initial` when it is drawn and when it is sent.

    again: fields that are typed at each change, such as its reason, and hold nothing stored.
    stored_as: what else is part of the version, such as the key of a dated row.
    read_values: stored values of fields that are drawn with others, such as those of a file.
    A form that was sent without a version is not judged.
    """

    anew: ClassVar[tuple[str, ...]] = ()
    stored_as: Any = None
    read_values: dict[str, Any] | None = None
    is_edit = True  # False of a new thing's form that is built on the form of an edit.
    differing: tuple[Differing, ...] = ()
    is_stale = False

    @property
    def version_name(self) -> str:
        return self.add_prefix(FIELD)

    @property
    def version(self) -> str:
        """Return the version to draw: what was sent, until its person was told of another."""
        sent = self.data.get(self.version_name, "") if self.is_bound else ""
        return self._stored_version() if self.is_stale else sent or self._stored_version()

    def full_clean(self) -> None:
        super().full_clean()
        sent = self.data.get(self.version_name, "") if self.is_bound else ""
        if not sent or self.errors or sent == self._stored_version():
            return
        self.differing = tuple(self._differing())
        self.is_stale = bool(self.differing) or self.stored_as is not None
        if self.is_stale:
            self.add_error(
                None,
                _(
                    "Somebody changed this after you opened it. Nothing has been saved: compare "
                    "both, then save again to keep yours."
                ),
            )

    def _stored(self, name: str) -> Any:
        field = self.fields[name]
        given = self.read_values or {}
        value = given[name] if name in given else self.get_initial_for_field(field, name)
        return field.prepare_value(value)

    def _names(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if name not in self.anew and not isinstance(field, forms.FileField)
        ]

    def _stored_version(self) -> str:
        said = [[name, _plain(self._stored(name))] for name in self._names()]
        whole = json.dumps([said, self.stored_as], default=str, sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:DIGITS]

    def _differing(self) -> list[Differing]:
        found = []
        for name in self._names():
            field, stored = self[name], self._stored(name)
            typed = field.field.prepare_value(self.cleaned_data.get(name))
            if field.is_hidden or _plain(stored) == _plain(typed):
                continue
            found.append(Differing(str(field.label), _words(field, stored), _words(field, typed)))
        return found


def _plain(value: Any) -> Any:
    """Return a value as it is hashed: the same however the database or a form wrote it."""
    if isinstance(value, SEVERAL):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(getattr(value, "pk", value))


def _words(field: BoundField, value: Any) -> str:
    """Return a value as the page would say it."""
    choices = getattr(field.field, "choices", None)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if choices is not None:
        several = value if isinstance(value, SEVERAL) else [value]
        wanted = {str(getattr(one, "pk", one)) for one in several if one is not None}
        chosen = [str(words) for key, words in _flat(choices) if str(key) in wanted]
        return ", ".join(chosen) or NOTHING
    if isinstance(value, date):
        return numbers.day(value)
    shown = field.field.widget.format_value(value)
    return NOTHING if shown in (None, "") else str(shown)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Return choices without the groups they may stand in."""
    found: list[tuple[Any, Any]] = []
    for key, words in choices:
        found += _flat(words) if isinstance(words, list | tuple) else [(key, words)]
    return found
