"""A declared list for programs: the same rows, filters and totals, with an OpenAPI schema."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from operator import getitem
from typing import Any, cast

from django import forms
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field, create_model

from pulih.people.access import PersonRequest
from pulih.people.permissions import holds
from pulih.web.as_of import as_of

from .columns import Kind, Place
from .filters import Filter, read
from .listing import Listing, page_of

SIZE, LARGEST = 100, 1_000
TYPES: dict[Kind, Any] = {
    Kind.TEXT: str,
    Kind.CODE: str,
    Kind.RUPIAH: int,
    Kind.WHOLE: int,
    Kind.DECIMAL: float,
    Kind.SHARE: float,
    Kind.DAY: date,
    Kind.MOMENT: datetime,
    Kind.YES_NO: bool,
}


def serve(router: Router, path: str, listing: Listing) -> None:
    """Add `GET path`. next: the `page` that follows; sums: over all rows, not this page."""
    name = f"{listing.room}_{listing.key}".title().replace("_", "")
    columns = listing.columns_on(Place.API)
    fields: dict[str, Any] = {column.key: (TYPES[column.kind] | None, None) for column in columns}
    row_out = create_model(f"{name}Row", __base__=Schema, **fields)
    answer = create_model(
        f"{name}List",
        __base__=Schema,
        rows=(list[row_out], ...),  # type: ignore[valid-type]
        total=(int, Field(description="Rows that fit; counted exactly up to 10,000.")),
        sums=(dict[str, int], ...),
        next=(str | None, None),
    )
    query = _query(f"{name}Query", listing)

    def list_rows(request: HttpRequest, given: Any) -> dict[str, Any]:
        return _answer(cast(PersonRequest, request), listing, given.dict())

    list_rows.__annotations__["given"] = getitem(Query, query)
    list_rows.__name__ = f"list_{listing.key}"
    list_rows.__doc__ = str(listing.title)
    router.get(path, response=answer, summary=str(listing.title))(list_rows)


def _answer(request: PersonRequest, listing: Listing, given: dict[str, Any]) -> dict[str, Any]:
    if listing.permission is not None and not holds(request.user, listing.permission):
        raise HttpError(403, "Your role may not do this.")
    asked = read(listing.filters, given, request.user, as_of(request))
    order, wrong = listing.sort_of(given.get("sort") or "")
    if asked.faults or wrong:
        raise HttpError(422, " ".join([*asked.faults, wrong]).strip())
    rows = listing.rows(asked)
    page = page_of(rows, order, given.get("page") or "", given["size"])
    columns = listing.columns_on(Place.API)
    return {
        "rows": [{c.key: _plain(c.kind, c.value(row)) for c in columns} for row in page.rows],
        "total": page.total,
        "sums": listing.sums(rows),
        "next": page.next,
    }


def _query(name: str, listing: Listing) -> type[Schema]:
    sorts = ", ".join(sorted(column.key for column in listing.columns if column.order))
    fields: dict[str, Any] = {one.key: (str | None, _described(one)) for one in listing.filters}
    fields["sort"] = (str | None, Field(None, description=f"- before it for down: {sorts}"))
    fields["page"] = (str | None, Field(None, description="`next` of the page before"))
    fields["size"] = (int, Field(SIZE, ge=1, le=LARGEST))
    return create_model(name, __base__=Schema, **fields)


def _described(one: Filter) -> Any:
    return Field(None, description=str(one.words), json_schema_extra=_bounds(one.make_field()))


def _bounds(field: forms.Field) -> dict[str, Any]:
    """Return what a form field allows, as OpenAPI says it; the field itself does the checking."""
    match field:
        case forms.IntegerField():
            limits = {"minimum": field.min_value, "maximum": field.max_value}
            return {"type": "integer"} | {k: v for k, v in limits.items() if v is not None}
        case forms.ChoiceField():
            keys = [str(key) for key, _words in cast(Any, field.choices)]
            return {"enum": [key for key in keys if key]}
        case forms.DateField():
            return {"type": "string", "format": "date"}
        case forms.BooleanField():
            return {"type": "boolean"}
        case _:
            return {"type": "string"}


def _plain(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if TYPES[kind] is str else value
