"""Figures for programs: what each means, and its value under the filters of its page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from pulih.people.access import asked_by
from pulih.people.permissions import holds
from pulih.web.as_of import as_of

from .figures import Definition, Stated, every, find
from .filters import read

router = Router(tags=["figures"])


class DefinitionOut(Schema):
    """What a figure means. unit: rupiah or a number; filters: what it can be narrowed by."""

    key: str
    words: str
    definition: str
    unit: str
    filters: list[str]


class FigureOut(DefinitionOut):
    """A figure on a day, as known on another; rows_url: the rows whose sum it is."""

    value: int | None
    as_of: date
    known: date | None
    computed_at: datetime
    rows_url: str
    api_url: str


@router.get("/figures", response=list[DefinitionOut])
def list_figures(request: HttpRequest) -> list[dict[str, Any]]:
    """List the figures that one's role may see, with their definitions."""
    person: Any = request.user
    return [_defined(one) for one in every() if holds(person, one.permission)]


@router.get("/figures/{key}", response=FigureOut)
def show_figure(request: HttpRequest, key: str) -> dict[str, Any]:
    """Compute one figure within one's reach, under its filters, on `per` and `diketahui`."""
    definition = find(key)
    if definition is None:
        raise Http404
    person = asked_by(request, definition.permission)
    asked = read(definition.filters, request.GET, person, as_of(request))
    if asked.faults:
        raise HttpError(422, " ".join(asked.faults))
    query = {name: str(value) for name, value in asked.values.items()}
    value = definition.compute(asked)
    stated = Stated(definition, value, asked.person, asked.seen, query)
    return _defined(definition) | {
        "value": value,
        "as_of": asked.seen.day,
        "known": asked.seen.known,
        "computed_at": timezone.now(),
        "rows_url": stated.url,
        "api_url": stated.api_url,
    }


def _defined(one: Definition) -> dict[str, Any]:
    return {
        "key": one.key,
        "words": str(one.words),
        "definition": str(one.definition),
        "unit": one.kind.value,
        "filters": [each.key for each in one.filters],
    }
