"""Documents: the list with its filters and export, and one document with its chain and entries."""

from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web import keyset
from pulih.web.addresses import url_with
from pulih.web.as_of import as_of
from pulih.web.figures import Chip
from pulih.web.page import go_to, render_page

from .. import actions
from ..entry_lists import ENTRIES
from ..exporting import export, wants_export
from ..filter_forms import DocumentFilter
from ..forms import PartyForm
from ..identity import NumberKey
from ..lists import year_asked
from ..models import AmountKind, BudgetLine, Entry, Posting, SpendingUnit
from ..models.lines import BudgetQuerySet
from ..reads import language
from ..reads.documents import Document, chain_of, seen_on, with_figures
from ..reads.parties import kind_on
from .written import steps_after

ORDER = ("-effective_on", "-id")
HEADS_ID = (
    *("Provinsi", "Kode satker", "Satker", "Dokumen", "Nomor", "Berlaku", "Diketahui sejak"),
    *("Rujukan", "Pihak", "Cara bayar", "Rupiah", "Keterangan"),
)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_postings(request: PersonRequest) -> HttpResponseBase:
    """List the documents in effect and known on the days shown, newest first; export them."""
    seen = as_of(request)
    form = DocumentFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    unit = None
    if asked.get("unit"):
        units = SpendingUnit.objects.visible_to(request.user)
        unit = get_object_or_404(units, pk=asked["unit"])
    postings = _filtered(seen_on(_visible(request), seen.day, seen.known), asked)
    if wants_export(request):
        return _export(request, postings, asked)
    page = keyset.page(postings.select_related("unit"), ORDER, request.GET.get("page", ""))
    context = {
        "page": page,
        "documents": with_figures(page.rows, **_moved(asked)),
        "unit": unit,
        "form": form,
        "asked": asked,
        "chips": _chips(request, asked),
        "seen": seen,
        "day": seen.day,
    }
    return render_page(request, "budget/postings.html", "budget/_postings.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_entries(request: PersonRequest) -> HttpResponseBase:
    """List what documents did to each amount of each line; its totals are the amounts shown."""
    asked = pages.ask(request, ENTRIES)
    query = request.GET.copy()
    for name in ("page", "sort", "format", "within"):
        query.pop(name, None)
    context = {"year": year_asked(asked), "seen": asked.seen, "query": query.urlencode()}
    return pages.answer(request, ENTRIES, "budget/entries.html", context=context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_posting(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one document: its chain, what it did to each line, and the proof of both."""
    return _posting_page(request, _posting(request, pk), PartyForm())


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def rule_party(request: PersonRequest, pk: int) -> HttpResponseBase:
    """State what the payee of a document is."""
    posting, form = _posting(request, pk), PartyForm(request.POST)
    if form.is_valid():
        try:
            actions.rule_party(posting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message.in_language(language()))
        else:
            return go_to(request, reverse("budget:posting", args=[pk]))
    return _posting_page(request, posting, form)


def _posting(request: PersonRequest, pk: int) -> Posting:
    every = _visible(request).select_related(
        "unit__province", "batch", "posted_by", "refers_to", "reverses", "reversed_by", "province"
    )
    posting: Posting = get_object_or_404(every, pk=pk)
    return posting


def _posting_page(request: PersonRequest, posting: Posting, form: PartyForm) -> HttpResponseBase:
    pk, seen = posting.pk, as_of(request)
    entries = posting.entries.select_related("line").order_by("line__line_key", "id")
    (document,) = with_figures([posting])
    context = {
        "posting": posting,
        "document": document,
        "entries": entries,
        "chain": chain_of(posting),
        "steps": steps_after(posting, request.user),
        "hash": bytes(posting.hash).hex(),
        "payee": kind_on(posting),
        "party_form": form,
        "may_rule": may(request.user, Permission.POST_DOCUMENTS, posting.province),
        "seen": seen,
        "is_there": seen_on(_visible(request).filter(pk=pk), seen.day, seen.known).exists(),
    }
    return render_page(request, "budget/posting.html", "budget/_entries.html", context)


def _visible(request: PersonRequest) -> BudgetQuerySet:
    return Posting.objects.visible_to(request.user)


def _filtered(postings: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
    plain = {
        "unit": "unit_id",
        "province": "province_id",
        "year": "fiscal_year",
        "kind": "document_kind",
    }
    for name, field in plain.items():
        if asked.get(name):
            postings = postings.filter(**{field: asked[name]})
    if moved := _moved(asked):
        postings = postings.filter(pk__in=Entry.objects.filter(**moved).values("posting_id"))
    if words := str(asked.get("q") or "").strip():
        postings = postings.annotate(number_key=NumberKey(F("document_number")))
        postings = postings.filter(
            Q(document_number__icontains=words) | Q(number_key__contains=NumberKey(Value(words)))
        )
    return postings


def _moved(asked: dict[str, Any]) -> dict[str, Any]:
    """What the entries of the documents are filtered by."""
    moved = {"line_id": asked.get("line"), "amount_kind": asked.get("amount")}
    return {name: value for name, value in moved.items() if value}


def _chips(request: PersonRequest, asked: dict[str, Any]) -> list[Chip]:
    chips: list[tuple[str, object, str]] = []
    if asked.get("unit"):
        chips.append((_("Spending unit"), SpendingUnit.objects.get(pk=asked["unit"]), "unit"))
    if asked.get("province"):
        chips.append((_("Province"), Area.objects.filter(pk=asked["province"]).first(), "province"))
    if asked.get("line"):
        lines = BudgetLine.objects.visible_to(request.user)
        chips.append((_("Line"), lines.filter(pk=asked["line"]).first(), "line"))
    if asked.get("amount"):
        chips.append((_("Amount"), AmountKind(str(asked["amount"])).label, "amount"))
    return [
        Chip(label, str(value or "–"), clear_url=url_with(request, **{name: None, "page": None}))
        for label, value, name in chips
    ]


def _export(
    request: PersonRequest, postings: QuerySet[Any], asked: dict[str, Any]
) -> HttpResponseBase:
    """Answer with the documents that the page lists; what each moved is the list of entries."""
    read = postings.select_related("unit__province", "refers_to").order_by(*ORDER)
    rows = [_exported(one) for one in with_figures(read, **_moved(asked))]
    return export(request, "dokumen-anggaran", "Dokumen anggaran", HEADS_ID, rows)


def _exported(one: Document) -> tuple[object, ...]:
    posting = one.posting
    return (
        posting.unit.province.name,
        posting.unit.code,
        posting.unit.name,
        posting.get_document_kind_display(),
        posting.document_number,
        posting.effective_on,
        posting.recorded_at,
        str(posting.refers_to or ""),
        posting.party,
        posting.method,
        one.rupiah,
        posting.reason,
    )


def address_of(posting: Posting) -> str:
    """Return where a document is shown."""
    return reverse("budget:posting", args=[posting.pk])
