"""The one door through which rows leave as a file: who may, what is recorded, what stands above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation

from pulih.audit.actions import record
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import as_of
from pulih.web.both import in_both
from pulih.web.exports import FORMATS, About, file_response
from pulih.web.kept_files import made_file

from .background import InBackground
from .columns import Place
from .downloads import ask
from .filters import Asked
from .listing import Listing, each, number_of


def wants_file(request: PersonRequest) -> bool:
    """Tell whether the address asks for a file; a file speaks Indonesian throughout."""
    is_wanted = request.GET.get("format") in FORMATS
    if is_wanted:
        translation.activate("id")  # For the rest of this request; the next chooses its own.
    return is_wanted


def export(request: PersonRequest, listing: Listing, asked: Asked) -> HttpResponseBase:
    """Answer with every row that fits, as a file.

    A file of many rows is made by a worker: the answer then leads to the page where it will lie.
    """
    order, _wrong = listing.sort_of(request.GET.get("sort", ""))
    columns = listing.columns_on(Place.FILE)
    found = listing.rows(asked)
    rows = each(found, order)
    if isinstance(request, InBackground):
        rows = request.told(rows)
    elif number_of(found) > settings.ROWS_AT_ONCE:
        return _later(request, listing)
    table = ([column.value(row) for column in columns] for row in rows)
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


def _later(request: PersonRequest, listing: Listing) -> HttpResponseBase:
    """Have the file made, and lead to where it will lie."""
    _refuse_without_right(request)
    name = _name_of(request, listing.file_name)
    ask(request.user, request.get_full_path(), in_both(lambda: listing.title), name)
    return redirect("lists:downloads")


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
    subject: Model | None = None,
    day: date | None = None,
) -> HttpResponseBase:
    """Answer with a table as a file, and record it: CSV unless the address names another format.

    recorded: filters without typed words. subject: what the table is of, else the person who asks;
    day: what the data are of, where no address says it. Raises PermissionDenied for a role that may
    not export.
    """
    _refuse_without_right(request)
    person, seen = request.user, as_of(request)
    about = About(title, str(person), day or seen.day, timezone.now(), filters, seen.known)
    name = _name_of(request, file_name)
    response, number = file_response(_format_of(request), name, heads, rows, about)
    record_export(request, room, key, subject, rows=number, asked=recorded or {})
    return response


def send_paper(
    request: PersonRequest,
    make: Callable[[], bytes],
    *,
    room: str,
    key: str,
    kind: str,
    file_name: str,
    subject: Model | None = None,
    **detail: Any,
) -> HttpResponse:
    """Answer with a paper, workbook or archive that is no plain table, and record it.

    kind: of `kept_files.MADE`, the end of its name.
    make: its content, once it is known that it may go out.
    """
    _refuse_without_right(request)
    answer = made_file(make(), f"{file_name}.{kind}")
    record_export(request, room, key, subject, format=kind, **detail)
    return answer


def record_export(
    request: PersonRequest, room: str, key: str, subject: Model | None = None, **detail: Any
) -> None:
    """Record what goes out, as of which days. Raises PermissionDenied without the right."""
    _refuse_without_right(request)
    kept = {"what": key, **detail, **as_of(request).query}
    record(request.user, f"{room}.export", subject or request.user, **kept)


def _refuse_without_right(request: PersonRequest) -> None:
    if not holds(request.user, Permission.EXPORT):
        raise PermissionDenied


def _format_of(request: PersonRequest) -> str:
    wanted = request.GET.get("format", "")
    return wanted if wanted in FORMATS else "csv"


def _name_of(request: PersonRequest, file_name: str) -> str:
    return f"{file_name}{as_of(request).suffix}.{_format_of(request)}"


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
