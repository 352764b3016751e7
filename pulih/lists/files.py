"""The one door through which rows leave as a file: who may, what is recorded, what stands above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from pulih.audit.actions import record
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import as_of
from pulih.web.exports import FORMATS, About, file_response

from .columns import Place
from .filters import Asked
from .listing import Listing, each


def wants_file(request: PersonRequest) -> bool:
    """Tell whether the address asks for a file; a file speaks Indonesian throughout."""
    is_wanted = request.GET.get("format") in FORMATS
    if is_wanted:
        translation.activate("id")  # For the rest of this request; the next chooses its own.
    return is_wanted


def export(request: PersonRequest, listing: Listing, asked: Asked) -> HttpResponseBase:
    """Answer with every row that fits, as a file."""
    order, _wrong = listing.sort_of(request.GET.get("sort", ""))
    columns = listing.columns_on(Place.FILE)
    table = ([column.value(row) for column in columns] for row in each(listing.rows(asked), order))
    return send(
        request,
        room=listing.room,
        key=listing.key,
        title=str(listing.title),
        file_name=listing.file_name,
        heads=[_head(column.words, column.unit) for column in columns],
        rows=table,
        filters=words_of(listing, asked),
        recorded=recorded(listing, asked),
    )


def send(
    request: PersonRequest,
    *,
    room: str,
    key: str,
    title: str,
    file_name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    filters: str = "",
    recorded: dict[str, str] | None = None,
) -> HttpResponseBase:
    """Answer with a table as a file, and record it: CSV unless the address names another format.

    recorded: filters without typed words. Raises PermissionDenied for a role that may not export.
    """
    if not holds(request.user, Permission.EXPORT):
        raise PermissionDenied
    person, seen, wanted = request.user, as_of(request), request.GET.get("format", "")
    wanted = wanted if wanted in FORMATS else "csv"
    about = About(title, str(person), seen.day, timezone.now(), filters, seen.known)
    name = f"{file_name}{seen.suffix}.{wanted}"
    response, number = file_response(wanted, name, heads, rows, about)
    kept = {"what": key, "rows": number, "asked": recorded or {}}
    record(person, f"{room}.export", person, **kept, **seen.query)
    return response


def words_of(listing: Listing, asked: Asked) -> str:
    """Return the filters in words, as the file's note says them."""
    return "; ".join(
        f"{str(one.words).lower()} {one.shown(asked[one.key])}"
        for one in listing.filters
        if asked[one.key] is not None
    )


def recorded(listing: Listing, asked: Asked) -> dict[str, str]:
    """Return the filters for the record: what was typed is left out, as it may name a person."""
    return {
        one.key: "…" if one.is_typed else str(asked[one.key])
        for one in listing.filters
        if asked[one.key] is not None
    }


def _head(words: object, unit: object) -> str:
    return f"{words} ({unit})" if str(unit) else str(words)
