"""What is owed and what is blocked: commitments by age, and blocks with reason and release."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.addresses import url_with
from pulih.web.as_of import as_of
from pulih.web.figures import Chip
from pulih.web.page import render_page

from ..exporting import export, wants_export
from ..forms import OwedFilter
from ..models import BudgetLine, SpendingUnit
from ..models.lines import BudgetLineQuerySet
from ..reads.commitments import Owed, by_age, unpaid
from ..reads.documents import Hold, holds
from .overview import asked_year

SHOWN = 50  # Rows of one page; all of them are in the export.
OWED_HEADS_ID = (
    *("Provinsi", "Kode satker", "Satker", "Dokumen", "Nomor", "Pihak", "Tanggal", "Umur (hari)"),
    *("Kode baris", "Akun", "Komitmen", "Dibayar", "Belum dibayar"),
)
HELD_HEADS_ID = (
    *("Provinsi", "Kode satker", "Satker", "Kode baris", "Akun", "Blokir sekarang"),
    *("Dokumen", "Nomor", "Berlaku", "Rupiah", "Alasan"),
)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_commitments(request: PersonRequest) -> HttpResponseBase:
    """List what is committed and not paid, oldest first; export all of it."""
    seen = as_of(request)
    asked, year, lines = _asked(request)
    owed = unpaid(lines, seen.day, seen.known)
    chosen = [one for one in owed if asked["age"] in (None, one.bracket)]
    if wants_export(request):
        title = f"Komitmen belum dibayar {year}"
        return export(request, "komitmen", title, OWED_HEADS_ID, [_owed(one) for one in chosen])
    context = {
        "owed": chosen[:SHOWN],
        "count": len(chosen),
        "total": sum(one.rupiah for one in chosen),
        "ages": by_age(lines, seen.day, seen.known),
        "age": asked["age"],
        "chips": _chips(request, asked),
        "year": year,
        "seen": seen,
    }
    return render_page(request, "budget/commitments.html", "budget/_commitments.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_blocks(request: PersonRequest) -> HttpResponseBase:
    """List what is blocked with the documents that blocked and released it; export them."""
    seen = as_of(request)
    asked, year, lines = _asked(request)
    blocked = holds(lines, seen.day, seen.known)
    if wants_export(request):
        rows = [row for hold in blocked for row in _held(hold)]
        return export(request, "blokir", f"Dana diblokir {year}", HELD_HEADS_ID, rows)
    context = {
        "blocked": blocked[:SHOWN],
        "count": len(blocked),
        "total": sum(one.rupiah for one in blocked),
        "chips": _chips(request, asked),
        "year": year,
        "seen": seen,
    }
    return render_page(request, "budget/blocks.html", "budget/_blocks.html", context)


def _asked(request: PersonRequest) -> tuple[dict[str, Any], int, BudgetLineQuerySet]:
    form = OwedFilter(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) for name in form.fields}
    every = BudgetLine.objects.visible_to(request.user)
    year = asked_year(request, every)
    lines = every.of_year(year)
    for name, field in {"province": "province_id", "unit": "unit_id", "line": "pk"}.items():
        if asked[name]:
            lines = lines.filter(**{field: asked[name]})
    return asked, year, lines


def _chips(request: PersonRequest, asked: dict[str, Any]) -> list[Chip]:
    shown: list[tuple[str, object, str]] = []
    if asked["province"]:
        found = Area.objects.filter(pk=asked["province"]).first()
        shown.append((_("Province"), found, "province"))
    if asked["unit"]:
        units = SpendingUnit.objects.visible_to(request.user)
        shown.append((_("Spending unit"), units.filter(pk=asked["unit"]).first(), "unit"))
    if asked["line"]:
        lines = BudgetLine.objects.visible_to(request.user)
        shown.append((_("Line"), lines.filter(pk=asked["line"]).first(), "line"))
    return [
        Chip(label, str(value or "–"), clear_url=url_with(request, **{name: None}))
        for label, value, name in shown
    ]


def _owed(one: Owed) -> tuple[object, ...]:
    unit = one.line.unit
    return (
        one.line.province.name,
        unit.code,
        unit.name,
        str(one.posting.get_document_kind_display()),
        one.posting.document_number,
        one.posting.party,
        one.posting.effective_on,
        one.age_days,
        one.line.line_key,
        one.line.account,
        one.committed,
        one.paid,
        one.rupiah,
    )


def _held(hold: Hold) -> list[tuple[object, ...]]:
    line = hold.line
    return [
        (
            line.province.name,
            line.unit.code,
            line.unit.name,
            line.line_key,
            line.account,
            hold.rupiah,
            str(entry.posting.get_document_kind_display()),
            entry.posting.document_number,
            entry.effective_on,
            entry.rupiah,
            entry.posting.reason,
        )
        for entry in hold.entries
    ]
