"""A declared list for programs: the same rows, filters and totals, with an OpenAPI schema."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from operator import getitem
from typing import Any, cast

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field, create_model

from pulih.people.access import PersonRequest, asked_by
from pulih.web.as_of import as_of
from pulih.web.bounds import LARGEST_PAGE
from pulih.web.programs import limits_of

from .columns import Column, Kind, Place
from .filters import Asked, Filter, read
from .listing import Dressed, Listing, Search
from .usual import LARGEST_KEY

SIZE = 100
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
    row_out = _row_out(f"{name}Row", columns)
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


def serve_bare(
    router: Router, path: str, listing: Listing, order: str = "pk", **options: Any
) -> None:
    """Add `GET path` that answers with the rows alone, for programs older than the declared list.

    after: the `id` of the last row of the page before; order: the field that it compares.
    """
    name = f"{listing.room}_{listing.key}".title().replace("_", "")
    row_out = _row_out(f"{name}Bare", listing.columns_on(Place.API))
    query = _query(f"{name}After", listing, after=(int, Field(0, ge=0, le=LARGEST_KEY)))

    def list_rows(request: HttpRequest, given: Any) -> list[dict[str, Any]]:
        asked = given.dict()
        wanted, _order = _asked(cast(PersonRequest, request), listing, asked)
        rows = listing.rows(wanted)
        plain = rows if isinstance(rows, Dressed) else Dressed(cast(Any, rows), list)
        found = plain.after(order, asked["after"], asked["size"])
        return [_plain_row(listing, row) for row in found]

    list_rows.__annotations__["given"] = getitem(Query, query)
    list_rows.__name__ = f"list_{listing.key}_bare"
    list_rows.__doc__ = str(listing.title)
    response = list[row_out]  # type: ignore[valid-type]
    router.get(path, response=response, summary=str(listing.title), **options)(list_rows)


def _row_out(name: str, columns: list[Column]) -> type[Schema]:
    types = {column.key: column.typed or TYPES[column.kind] for column in columns}
    fields: dict[str, Any] = {key: (typed | None, None) for key, typed in types.items()}
    return create_model(name, __base__=Schema, **fields)


def _asked(
    request: PersonRequest, listing: Listing, given: dict[str, Any]
) -> tuple[Asked, tuple[str, ...]]:
    """Return what is asked of the list, and the order. Raises HttpError with a sentence."""
    if listing.permission is not None:
        asked_by(request, listing.permission)
    asked = read(listing.filters, given, request.user, as_of(request))
    order, wrong = listing.sort_of(given.get("sort") or "")
    if asked.faults or wrong:
        raise HttpError(422, " ".join([*asked.faults, wrong]).strip())
    return asked, order


def _answer(request: PersonRequest, listing: Listing, given: dict[str, Any]) -> dict[str, Any]:
    wanted, order = _asked(request, listing, given)
    rows = listing.rows(wanted)
    page, sums = listing.page(wanted, rows, order, given.get("page") or "", given["size"])
    is_uncounted = isinstance(rows, Search) and page.total < 0
    return {
        "rows": [_plain_row(listing, row) for row in page.rows],
        "total": cast(Search, rows).count() if is_uncounted else page.total,
        "sums": sums,
        "next": page.next,
    }


def _query(name: str, listing: Listing, **instead: Any) -> type[Schema]:
    """Return what an address may ask. instead: in place of sort and page."""
    sorts = ", ".join(sorted(column.key for column in listing.columns if column.order))
    fields: dict[str, Any] = {one.key: (str | None, _described(one)) for one in listing.filters}
    ways = {
        "sort": (str | None, Field(None, description=f"- before it for down: {sorts}")),
        "page": (str | None, Field(None, description="`next` of the page before")),
    }
    fields |= instead or ways
    fields["size"] = (int, Field(SIZE, ge=1, le=LARGEST_PAGE))
    return create_model(name, __base__=Schema, **fields)


def _described(one: Filter) -> Any:
    return Field(None, description=str(one.words), json_schema_extra=limits_of(one.make_field()))


def _plain_row(listing: Listing, row: Any) -> dict[str, Any]:
    return {c.key: _plain(c, c.value(row)) for c in listing.columns_on(Place.API)}


def _plain(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if TYPES[column.kind] is str and not column.typed else value
