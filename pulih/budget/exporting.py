"""Answering with XLSX or CSV: who may, what is recorded, what stands above it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils import timezone

from pulih.audit.actions import record
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import as_of
from pulih.web.exports import About, csv_response, xlsx_response

FORMATS = {"xlsx": xlsx_response, "csv": csv_response}


def wants_export(request: PersonRequest) -> bool:
    """Tell whether the address asks for the rows as a file."""
    return request.GET.get("format") in FORMATS


def export(
    request: PersonRequest,
    name: str,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> HttpResponseBase:
    """Answer with the rows as a file; each export is recorded."""
    if not holds(request.user, Permission.EXPORT):
        raise PermissionDenied
    wanted, table = request.GET["format"], list(rows)
    filters = request.GET.urlencode()
    record(request.user, "budget.export", request.user, what=name, rows=len(table), asked=filters)
    seen = as_of(request)
    about = About(title, str(request.user), seen.day, timezone.now(), filters, seen.known)
    return FORMATS[wanted](f"{name}{seen.suffix}.{wanted}", heads, table, about)
