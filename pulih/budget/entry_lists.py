"""What documents did to amounts of lines, entry by entry, as a declared list."""

from __future__ import annotations

from django.db.models import BigIntegerField, Case, F, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind, Place
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals
from pulih.people.permissions import Permission

from .lists import LINES, lines_asked
from .models import AmountKind, Entry

ENTRY_AMOUNTS = {
    "ceiling": AmountKind.CEILING,
    "blocked": AmountKind.BLOCK,
    "committed": AmountKind.COMMITMENT,
    "realised": AmountKind.REALISATION,
    "reserved": AmountKind.RESERVATION,
}
ENTRY_WORDS = {
    "ceiling": _("Ceiling"),
    "blocked": _("Blocked"),
    "committed": _("Committed"),
    "realised": _("Realised"),
    "reserved": _("Reserved"),
}


def _entries(asked: Asked) -> QuerySet[Entry]:
    """All that moved one of the five amounts by the days asked for."""
    lines = lines_asked(asked).order_by().values("pk")
    entries = Entry.objects.filter(
        line__in=lines,
        amount_kind__in=ENTRY_AMOUNTS.values(),
        effective_on__lte=asked.seen.day,
    ).known_by(asked.seen.known)
    amounts = {
        f"of_{name}": Case(
            When(amount_kind=kind, then=F("rupiah")),
            default=Value(0),
            output_field=BigIntegerField(),
        )
        for name, kind in ENTRY_AMOUNTS.items()
    }
    read = ("posting__unit", "posting__province", "posting__refers_to", "line")
    found: QuerySet[Entry] = entries.annotate(**amounts).select_related(*read)
    return found


def _referred(entry: Entry) -> str:
    return str(entry.posting.refers_to or "")


def _entry_amount(name: str) -> Column:
    return Column(
        name,
        ENTRY_WORDS[name],
        lambda entry: getattr(entry, f"of_{name}") or None,
        Kind.RUPIAH,
        order=f"of_{name}",
        sums=True,
    )


ENTRIES = Listing(
    room="budget",
    key="entries",
    title=_("What documents moved"),
    file_name="jurnal",
    permission=Permission.SEE_BUDGET,
    source=_entries,
    order=("-effective_on", "-id"),
    filters=(
        *LINES,
        choices("amount", _("Amount"), list(AmountKind.choices)[:5], equals("amount_kind")),
    ),
    columns=(
        Column("id", _("Entry id"), lambda e: e.pk, Kind.WHOLE, {Place.API}),
        Column("posting_id", _("Document id"), lambda e: e.posting_id, Kind.WHOLE, {Place.API}),
        Column("line_id", _("Line id"), lambda e: e.line_id, Kind.WHOLE, {Place.API}),
        Column(
            "document",
            _("Document"),
            lambda e: e.posting.get_document_kind_display(),
            template="budget/_entry_document.html",
        ),
        Column(
            "number",
            _("Number of the document"),
            lambda e: e.posting.document_number,
            on=NOT_ON_PAGE,
        ),
        Column("province", _("Province"), lambda e: e.posting.province.name, on=NOT_ON_PAGE),
        Column("unit_code", _("Unit code"), lambda e: e.posting.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("unit", _("Spending unit"), lambda e: e.posting.unit.name, on=NOT_ON_PAGE),
        Column("effective_on", _("In effect on"), lambda e: e.effective_on, Kind.DAY),
        Column("known", _("Known since"), lambda e: e.recorded_at, Kind.MOMENT, NOT_ON_PAGE),
        Column("refers_to", _("Refers to"), _referred, on=NOT_ON_PAGE),
        Column("party", _("With whom"), lambda e: e.posting.party, on=NOT_ON_PAGE),
        Column("method", _("Way of payment"), lambda e: e.posting.method, on=NOT_ON_PAGE),
        Column(
            "line_key",
            _("Line"),
            lambda e: e.line.line_key,
            Kind.CODE,
            link=lambda e: reverse("budget:line", args=[e.line_id]),
        ),
        Column("account", _("Account"), lambda e: e.line.account, Kind.CODE, NOT_ON_PAGE),
        *(_entry_amount(name) for name in ENTRY_AMOUNTS),
        Column("reason", _("Reason"), lambda e: e.posting.reason, on=NOT_ON_PAGE),
    ),
    when_empty=_("No document moved money under these filters by this day."),
)
