"""Answering with XLSX or CSV: who may, what is recorded, what stands above it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import as_of
from pulih.web.exports import About, csv_response, xlsx_response

from .models import BudgetLine, SpendingUnit

FORMATS = {"xlsx": xlsx_response, "csv": csv_response}


# What an address filters by, as a reader of the file reads it; the rest is no filter.
FILTERS = {
    "year": "tahun",
    "province": "provinsi",
    "unit": "satker",
    "line": "baris",
    "kind": "jenis",
    "amount": "besaran",
    "measure": "langkah",
    "account": "akun",
    "only": "hanya",
    "within": "satker",
    "age": "umur",
    "state": "keadaan",
    "q": "memuat",
}
NAMED_BY_ID = {"province": Area, "unit": SpendingUnit, "line": BudgetLine}


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
) -> HttpResponseBase:
    """Answer with the rows as a file; each export is recorded."""
    if not holds(request.user, Permission.EXPORT):
        raise PermissionDenied
    wanted, table = request.GET["format"], list(rows)
    asked = request.GET.urlencode()
    record(request.user, "budget.export", request.user, what=name, rows=len(table), asked=asked)
    seen = as_of(request)
    filters = filters_of(request)
    about = About(title, str(request.user), seen.day, timezone.now(), filters, seen.known)
    return FORMATS[wanted](f"{name}{seen.suffix}.{wanted}", heads, table, about)


def filters_of(request: PersonRequest) -> str:
    """Return what the address filters by, in Indonesian: `tahun 2020; satker 029999 Dinas …`."""
    asked = [(name, request.GET.get(name, "").strip()) for name in FILTERS]
    return "; ".join(f"{FILTERS[name]} {_named(name, value)}" for name, value in asked if value)


def _named(name: str, value: str) -> str:
    model = NAMED_BY_ID.get(name)
    found = None
    if model and value.isdecimal():
        found = model._default_manager.filter(pk=value).first()
    if isinstance(found, SpendingUnit):
        return f"{found.code} {found}"
    return str(found or value)
