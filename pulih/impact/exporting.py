"""Answering with XLSX or CSV: who may, what is recorded, what stands above it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from pulih.audit.actions import record
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import as_of
from pulih.web.exports import About, csv_response, xlsx_response

FORMATS = {"xlsx": xlsx_response, "csv": csv_response}


def wants_export(request: PersonRequest) -> bool:
    """Tell whether the address asks for the rows as a file; a file speaks Indonesian throughout."""
    is_wanted = request.GET.get("format") in FORMATS
    if is_wanted:
        translation.activate("id")  # For the rest of this request; the next chooses its own.
    return is_wanted


def export(
    request: PersonRequest,
    name: str,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    filters: str = "",
) -> HttpResponseBase:
    """Answer with the rows as a file; each export is recorded. filters: in words, for its note."""
    if not holds(request.user, Permission.EXPORT):
        raise PermissionDenied
    wanted, table = request.GET["format"], list(rows)
    asked = request.GET.urlencode()
    record(request.user, "impact.export", request.user, what=name, rows=len(table), asked=asked)
    about = About(title, str(request.user), as_of(request).day, timezone.now(), filters)
    return FORMATS[wanted](f"{name}.{wanted}", heads, table, about)
