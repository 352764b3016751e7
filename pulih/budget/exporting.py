"""Tables made by hand as XLSX or CSV, through the door of all lists: what they filter by."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.http.response import HttpResponseBase

from pulih.areas.models import Area
from pulih.lists.files import send
from pulih.people.access import PersonRequest
from pulih.web.bounds import row_key

from .models import BudgetLine, SpendingUnit

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
TYPED = "q"
NAMED_BY_ID = {"province": Area, "unit": SpendingUnit, "line": BudgetLine}
A_KEY = re.compile(r"[\w-]{1,20}", re.ASCII)  # Of a year, a unit, a choice: no name of a person.


def export(
    request: PersonRequest,
    room: str,
    name: str,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> HttpResponseBase:
    """Answer with the rows as a file, and record it as an export of `room`."""
    return send(
        request,
        room=room,
        key=name,
        title=title,
        file_name=name,
        heads=heads,
        rows=rows,
        filters=filters_of(request),
        recorded=recorded_of(request),
    )


def recorded_of(request: PersonRequest) -> dict[str, str]:
    """Return what the address filters by, for the record: without what was typed."""
    asked = {name: request.GET.get(name, "").strip() for name in FILTERS}
    return {
        name: value if name != TYPED and A_KEY.fullmatch(value) else "…"
        for name, value in asked.items()
        if value
    }


def filters_of(request: PersonRequest) -> str:
    """Return what the address filters by, in Indonesian: `tahun 2020; satker 029999 Dinas …`."""
    asked = [(name, request.GET.get(name, "").strip()) for name in FILTERS]
    return "; ".join(f"{FILTERS[name]} {_named(name, value)}" for name, value in asked if value)


def _named(name: str, value: str) -> str:
    model = NAMED_BY_ID.get(name)
    found = model._default_manager.filter(pk=row_key(value)).first() if model else None
    if isinstance(found, SpendingUnit):
        return f"{found.code} {found}"
    return str(found or value)
