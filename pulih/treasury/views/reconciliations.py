"""Lists of the treasury beside the ledger: the files, what differs, the lists to take out."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.budget.exporting import export, wants_export
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.reads import chosen_year, language
from pulih.inbox.models import ImportBatch, Kind, State
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web import keyset
from pulih.web.addresses import url_with
from pulih.web.as_of import as_of
from pulih.web.figures import Chip
from pulih.web.page import go_to, render_page

from .. import reads
from ..ledger_lists import FILES, HEADS_ID, TITLES_ID, Seen
from ..ledger_lists import rows as list_rows
from ..models import Difference, DifferenceKind, DifferenceState, ListKind, Reconciliation

HEADS = (
    *("Kode satker", "Daftar", "Perbedaan", "Dokumen", "Nomor", "Baris", "Besaran"),
    *("Menurut daftar", "Menurut buku besar", "Tanggal daftar", "Tanggal buku besar"),
    *("Keadaan", "Alasan", "Catatan", "Lembar", "Baris berkas"),
)
TONES = {
    DifferenceKind.MISSING_HERE: "info",
    DifferenceKind.OVERSPEND: "bad",
    DifferenceKind.LINE_UNKNOWN: "warn",
    DifferenceKind.AMOUNT: "bad",
    DifferenceKind.CONTENT: "bad",
    DifferenceKind.DATE: "warn",
    DifferenceKind.PARTY: "warn",
    DifferenceKind.METHOD: "warn",
    DifferenceKind.CONTRACT: "bad",
    DifferenceKind.MISSING_THERE: "warn",
}
TAKEN_OUT = (ListKind.REALISATION, ListKind.PAYMENTS, ListKind.COMMITMENTS)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_reconciliations(request: PersonRequest) -> HttpResponseBase:
    """List the newest comparisons, beside the lists that can be taken out of the ledger."""
    every = Reconciliation.objects.visible_to(request.user)
    rows = every.select_related("batch", "unit", "province").annotate(found_ever=Count("seen"))
    units = SpendingUnit.objects.visible_to(request.user)
    if (asked := request.GET.get("unit", "")).isdecimal():
        unit = get_object_or_404(units, pk=int(asked))
        rows = rows.filter(unit=unit)
    lines = BudgetLine.objects.visible_to(request.user)
    context = {
        "page": keyset.page(rows, ("-id",), request.GET.get("page", "")),
        "waiting": Difference.objects.visible_to(request.user)
        .filter(state=DifferenceState.OPEN)
        .count(),
        "units": units.select_related("province").order_by("code")[:200],
        "chosen": asked,
        "lists": [(kind.value, kind.label) for kind in TAKEN_OUT],
        "year": chosen_year(None, lines, as_of(request).day),
        "seen": as_of(request),
    }
    return render_page(
        request, "treasury/reconciliations.html", "treasury/_reconciliations.html", context
    )


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_reconciliation(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what a delivered file says otherwise than the ledger, or what a POK changed in it."""
    batch = batch_of(request, pk)
    if batch.kind == Kind.BUDGET:
        return _show_changes(request, batch)
    asked = _asked(request)
    rows = reads.differences(batch, request.user, asked)
    rows = rows.select_related("unit", "line", "posting", "decided_by", "reconciliation")
    if wants_export(request):
        title = f"Perbedaan {batch.file_name} dengan buku besar"
        return export(request, "perbedaan", title, HEADS, exported(rows.order_by("id")))
    page = keyset.page(rows, ("id",), request.GET.get("page", ""))
    may_act = may(request.user, Permission.POST_DOCUMENTS, batch.province)
    lists = list(reads.of_batch(batch, request.user))
    context = {
        "batch": batch,
        "lists": lists,
        "only_imprest": bool(lists) and all(one.list_kind == ListKind.IMPREST for one in lists),
        "documents": sum(one.documents for one in lists),
        "agreeing": sum(one.agreeing for one in lists),
        "waiting": reads.waiting(lists),
        "doubt": next((told(one.doubt) for one in lists if one.doubt), ""),
        "page": page,
        "differences": [(one, told(one.why), TONES[DifferenceKind(one.kind)]) for one in page.rows],
        "asked": asked,
        "chips": _chips(request, asked),
        "kinds": DifferenceKind.choices,
        "states": [*DifferenceState.choices, ("all", _("all"))],
        "postable": _postable(request, batch),
        "may_post": may_act,
        "may_compare": may(request.user, Permission.DELIVER_FILES, batch.province)
        and batch.is_newest,
    }
    return render_page(
        request, "treasury/reconciliation.html", "treasury/_differences.html", context
    )


def _asked(request: PersonRequest) -> dict[str, str]:
    """Return the filters of the address; what can be none is left out."""
    names = ("kind", "state", "unit", "q")
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in names}
    return asked if asked["unit"].isdecimal() else asked | {"unit": ""}


def _show_changes(request: PersonRequest, batch: ImportBatch) -> HttpResponseBase:
    changes = reads.changes(batch, request.user)
    context = {"batch": batch, "changes": changes}
    return render_page(request, "treasury/pok_changes.html", "treasury/_pok_changes.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_imprest(request: PersonRequest) -> HttpResponseBase:
    """Show the imprest of every unit, month by month, and what is overdue on the day shown."""
    seen = as_of(request)
    day = seen.day
    units = SpendingUnit.objects.visible_to(request.user)
    if (asked := request.GET.get("unit", "")).isdecimal():
        units = units.filter(pk=get_object_or_404(units, pk=int(asked)).pk)
    year = chosen_year(None, BudgetLine.objects.visible_to(request.user), day)
    found = [
        (one, [told(message) for message in one.warnings])
        for one in reads.held(units, year, day, seen.known)
    ]
    context = {
        "held": found,
        "seen": seen,
        "day": day,
        "year": year,
        "due": sum(len(sentences) for _one, sentences in found),
    }
    return render_page(request, "treasury/imprest.html", "treasury/_imprest.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET, Permission.EXPORT)
def take_list_out(request: PersonRequest, kind: str) -> HttpResponseBase:
    """Answer with one of the treasury's lists, of the days shown, as it can be read again."""
    if kind not in TAKEN_OUT:
        raise Http404
    if not wants_export(request):
        return go_to(request, reverse("treasury:list"))
    seen = as_of(request)
    lines = BudgetLine.objects.visible_to(request.user)
    year = request.GET.get("year", "")
    lines = lines.of_year(int(year) if year.isdecimal() else chosen_year(None, lines, seen.day))
    for name, field in (("unit", "unit_id"), ("province", "province_id")):
        if (asked := request.GET.get(name, "")).isdecimal():
            lines = lines.filter(**{field: int(asked)})
    chosen = ListKind(kind)
    table = list_rows(chosen, lines, Seen(seen.day, seen.known))
    return export(request, FILES[chosen], TITLES_ID[chosen], HEADS_ID[chosen], table)


def batch_of(request: PersonRequest, pk: int) -> ImportBatch:
    """Return a file of the budget that was read to its end; 404 for any other."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("office", "province")
    found: ImportBatch = get_object_or_404(
        rows, pk=pk, kind__in=[Kind.BUDGET, Kind.TREASURY], state__in=[State.DONE, State.WITHDRAWN]
    )
    return found


def told(message: Any) -> str:
    """Return a message in the language of the page."""
    return str(message.in_language(language())) if message else ""


def exported(rows: Iterable[Difference]) -> Iterable[tuple[Any, ...]]:
    """Yield differences in the columns of HEADS."""
    for one in rows:
        yield (
            one.unit.code,
            ListKind(one.list_kind).label,
            DifferenceKind(one.kind).label,
            one.get_document_kind_display() if one.document_kind else "",
            one.document_number,
            one.line.line_key if one.line else one.line_text,
            one.get_amount_kind_display() if one.amount_kind else "",
            one.theirs,
            one.ours,
            one.their_day,
            one.our_day,
            one.get_state_display(),
            one.why_id,
            one.note,
            one.sheet,
            one.row,
        )


def _postable(request: PersonRequest, batch: ImportBatch) -> int:
    lawful = Difference.objects.visible_to(request.user).lawful()
    return int(lawful.filter(last_seen__batch=batch).count())


def _chips(request: PersonRequest, asked: dict[str, str]) -> list[Chip]:
    named: list[tuple[str, str, object]] = []
    if asked["unit"].isdecimal():
        units = SpendingUnit.objects.visible_to(request.user)
        named.append((_("Spending unit"), "unit", units.filter(pk=int(asked["unit"])).first()))
    if asked["q"]:
        named.append((_("Document"), "q", asked["q"]))
    return [
        Chip(label, str(value or "–"), clear_url=url_with(request, **{name: None, "page": None}))
        for label, name, value in named
    ]
