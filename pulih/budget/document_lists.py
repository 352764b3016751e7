"""The documents of the ledger as a declared list, each with the one figure that says most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, number, province, words, year
from pulih.people.permissions import Permission

from .identity import NumberKey
from .lists import FILE_AND_API, line_name, unit_name
from .models import AmountKind, DocumentKind, Entry, Posting
from .reads.documents import Document, seen_on, with_figures

FILE, API = frozenset({Place.FILE}), frozenset({Place.API})


def _postings(asked: Asked) -> Any:
    """Documents in effect and known on the days asked for."""
    every = Posting.objects.visible_to(asked.person).select_related("unit__province", "refers_to")
    found = seen_on(every, asked.seen.day, asked.seen.known)
    if moved := _moved(asked):
        found = found.filter(pk__in=Entry.objects.filter(**moved).values("posting_id"))
    return found


def _moved(asked: Asked) -> dict[str, Any]:
    """What the entries of the documents are filtered by."""
    moved = {"line_id": asked["line"], "amount_kind": asked["amount"]}
    return {name: value for name, value in moved.items() if value}


def _with_figures(asked: Asked, postings: Sequence[Posting]) -> list[Document]:
    return with_figures(postings, **_moved(asked))


def _numbered(postings: Any, text: str) -> Any:
    """Keep the documents whose number, however written, holds the text."""
    keyed = postings.annotate(number_key=NumberKey(F("document_number")))
    fits = Q(document_number__icontains=text) | Q(number_key__contains=NumberKey(Value(text)))
    return keyed.filter(fits)


POSTINGS = Listing(
    room="budget",
    key="postings",
    title=_("Documents"),
    file_name="dokumen-anggaran",
    permission=Permission.SEE_BUDGET,
    source=_postings,
    dress=_with_figures,
    order=("-effective_on", "-id"),
    filters=(
        year(equals("fiscal_year")),
        province(equals("province_id")),
        Filter("unit", _("Spending unit"), number(1), equals("unit_id"), unit_name),
        Filter("line", _("Line"), number(1), shown=line_name),
        replace(choices("amount", _("Amount"), AmountKind.choices), is_drawn=False),
        words(label=_("Number of the document"), narrow=_numbered),
        choices("kind", _("Which documents"), DocumentKind.choices, equals("document_kind")),
    ),
    columns=(
        Column("id", _("Document id"), lambda d: d.posting.pk, Kind.WHOLE, API),
        Column("document", _("Document"), lambda d: d.posting.get_document_kind_display(),
               on=PAGE_ONLY, template="budget/_document.html"),
        Column("province", _("Province"), lambda d: d.posting.unit.province.name, on=FILE),
        Column("unit", _("Unit code"), lambda d: d.posting.unit.code, Kind.CODE, FILE_AND_API),
        Column("unit_name", _("Spending unit"), lambda d: d.posting.unit.name,
               on=frozenset({Place.PAGE, Place.FILE})),
        Column("fiscal_year", _("Year"), lambda d: d.posting.fiscal_year, Kind.WHOLE, API),
        Column("kind", _("Kind"), lambda d: d.posting.document_kind, Kind.CODE, API),
        Column("kind_name", _("Document"), lambda d: d.posting.get_document_kind_display(),
               on=FILE),
        Column("number", _("Number of the document"), lambda d: d.posting.document_number,
               Kind.CODE, FILE_AND_API),
        Column("effective_on", _("In effect on"), lambda d: d.posting.effective_on, Kind.DAY,
               order="effective_on"),
        Column("recorded_at", _("Known since"), lambda d: d.posting.recorded_at, Kind.MOMENT),
        Column("refers_to_name", _("Refers to"), lambda d: str(d.posting.refers_to or ""),
               on=FILE),
        Column("refers_to", _("Refers to"), lambda d: d.posting.refers_to_id, Kind.WHOLE, API),
        Column("reverses", _("Takes back"), lambda d: d.posting.reverses_id, Kind.WHOLE, API),
        Column("promise", _("Promise id"), lambda d: d.posting.promise_id, Kind.WHOLE, API),
        Column("party", _("With whom"), lambda d: d.posting.party, on=FILE_AND_API),
        Column("method", _("Way of payment"), lambda d: d.posting.method, Kind.CODE,
               FILE_AND_API),
        Column("rupiah", _("Amount"), lambda d: d.rupiah, Kind.RUPIAH),
        Column("reason", _("Reason"), lambda d: d.posting.reason, on=FILE_AND_API),
    ),
    when_empty=_("No documents by this day. The first is the POK sheet that an office sends."),
    when_none=_("No document fits these filters by this day."),
    icon="file-text",
)  # fmt: skip
