"""Figures: each is defined once, and pages, tiles, files and the API ask the definition.

    FREE = define(
        Definition(
            key="budget.free", words=_("May still be moved"), definition=_("…"), kind=Kind.RUPIAH,
            permission=Permission.SEE_BUDGET, filters=LINES, compute=free_money,
            rows="budget:lines", api="budget/lines", adds="free", head="Masih dapat digeser",
        )
    )

`state(FREE, person, seen, {"year": 2020})` computes it for one person on one day, and
`{% stated figure "miliar" %}` writes it as a link to the rows whose sum it is. What is so written
is followed by `tests/architecture/test_walk.py` to its page, its file and its API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pulih.people.models import User
from pulih.people.opening import may_open
from pulih.people.permissions import Permission
from pulih.web import numbers
from pulih.web.addresses import with_query
from pulih.web.as_of import AsOf

from .columns import Kind, Text
from .filters import Asked, Filter, read

NOTHING: Mapping[str, object] = {}
STYLES: dict[str, Callable[[Any], str]] = {
    "rupiah": numbers.rupiah,
    "miliar": numbers.billions,
    "miliar bare": partial(numbers.billions, bare=True),
    "juta": numbers.millions,
    "juta bare": partial(numbers.millions, bare=True),
    "angka": numbers.whole,
}


@dataclass(frozen=True)
class Definition:
    """What a figure means, how it is computed, and which rows add up to it.

    compute: of what the person may see, on the days and under the filters asked for.
    rows: name of the page of the rows; asks: what its address asks beside the filters.
    adds: the total of that page, and the field of the API, that is the figure; blank: its rows are
    counted. head: the same column of the file. api: where the API lists the rows.
    """

    key: str
    words: Text
    definition: Text
    kind: Kind
    permission: Permission
    compute: Callable[[Asked], int | None]
    rows: str
    filters: tuple[Filter, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    adds: str = ""
    head: str = ""
    api: str = ""


@dataclass(frozen=True)
class Stated:
    """A figure as it was computed for one person. query: the filters that it was asked with.

    is_beyond: it covers more than the person's reach, so that no page of theirs has all its rows.
    """

    definition: Definition
    value: int | None
    person: User
    seen: AsOf
    query: Mapping[str, str]
    is_beyond: bool = False

    @property
    def url(self) -> str:
        """The page of its rows; empty where the person may not see them all."""
        address = reverse(self.definition.rows)
        is_open = not self.is_beyond and may_open(self.person, address)
        return with_query(address, self.asked) if is_open else ""

    @property
    def api_url(self) -> str:
        address = f"/api/v1/{self.definition.api}"
        return with_query(address, self.asked) if self.definition.api else ""

    def written(self, style: str = "angka") -> SafeString:
        """The figure as a link to its rows, marked with its key and its exact value."""
        text = STYLES[style](self.value)
        if not self.url or self.value is None:
            return format_html("<span {}>{}</span>", self.marks, text)
        return format_html('<a class="text-reset" href="{}" {}>{}</a>', self.url, self.marks, text)

    @property
    def marks(self) -> SafeString:
        """What tells programs, and our tests, which figure this is and its exact value."""
        key, value = self.definition.key, exact(self.value)
        return format_html('data-figure="{}" data-value="{}"', key, value)

    @property
    def asked(self) -> dict[str, str]:
        """All that an address must ask to show the same rows on the same days."""
        return {**self.definition.asks, **self.query, **self.seen.query}


_definitions: dict[str, Definition] = {}


def define(definition: Definition) -> Definition:
    """Make a figure known; each key once. Rooms do so in their `figures.py`."""
    known = _definitions.setdefault(definition.key, definition)
    assert known is definition, definition.key
    return definition


def every() -> Iterable[Definition]:
    return sorted(_definitions.values(), key=lambda one: one.key)


def find(key: str) -> Definition | None:
    return _definitions.get(key)


def state(
    definition: Definition, person: User, seen: AsOf, asked: Mapping[str, object] = NOTHING
) -> Stated:
    """Compute a figure. asked: values of its filters, as an address would give them."""
    query = _query(asked)
    question = read(definition.filters, query, person, seen)
    assert not question.faults, question.faults
    return Stated(definition, definition.compute(question), person, seen, query)


def as_read(
    definition: Definition,
    value: int | None,
    person: User,
    seen: AsOf,
    asked: Mapping[str, object] = NOTHING,
    *,
    is_beyond: bool = False,
) -> Stated:
    """A figure whose value one query has read together with others, as for each row of a table."""
    return Stated(definition, value, person, seen, _query(asked), is_beyond)


def _query(asked: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in asked.items() if value not in (None, "")}


def exact(value: int | None) -> str:
    return "" if value is None else str(value)
