"""Lists of the treasury beside the ledger: the files, what differs, the lists to take out."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from pulih.budget.exporting import export
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.reads import chosen_year
from pulih.budget.views.years import asked_year
from pulih.inbox.models import ImportBatch, Kind, State
from pulih.lists import pages
from pulih.lists.files import wants_file
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.as_of import as_of
from pulih.web.bounds import row_key
from pulih.web.page import go_to, render_page

from .. import reads
from ..ledger_lists import EXPORT_HEADINGS, FILES, TITLES_INDONESIAN, Seen
from ..ledger_lists import rows as list_rows
from ..lists import DIFFERENCES, RECONCILIATIONS, told
from ..models import Difference, DifferenceState, ListKind

TAKEN_OUT = (ListKind.REALISATION, ListKind.PAYMENTS, ListKind.COMMITMENTS)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_reconciliations(request: PersonRequest) -> HttpResponseBase:
    """List the newest comparisons, beside the lists that can be taken out of the ledger."""
    units = SpendingUnit.objects.visible_to(request.user)
    lines = BudgetLine.objects.visible_to(request.user)
    context = {
        "waiting": Difference.objects.visible_to(request.user)
        .filter(state=DifferenceState.OPEN)
        .count(),
        "units": units.select_related("province").order_by("code")[:200],
        "chosen": request.GET.get("unit", ""),
        "lists": [(kind.value, kind.label) for kind in TAKEN_OUT],
        "year": chosen_year(None, lines, as_of(request).day),
        "seen": as_of(request),
    }
    return pages.answer(request, RECONCILIATIONS, "treasury/reconciliations.html", context=context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_reconciliation(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what a delivered file says otherwise than the ledger, or what a POK changed in it."""
    batch = batch_of(request, pk)
    if batch.kind == Kind.BUDGET:
        return _show_changes(request, batch)
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
        "postable": _postable(request, batch),
        "may_post": may_act,
        "may_compare": may(request.user, Permission.DELIVER_FILES, batch.province)
        and batch.is_newest,
    }
    return pages.answer(
        request,
        DIFFERENCES,
        "treasury/reconciliation.html",
        context=context,
        fixed={"batch": batch.pk},
    )


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
    if asked := request.GET.get("unit", ""):
        units = units.filter(pk=get_object_or_404(units, pk=row_key(asked)).pk)
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
    if not wants_file(request):
        return go_to(request, reverse("treasury:list"))
    seen = as_of(request)
    lines = BudgetLine.objects.visible_to(request.user)
    lines = lines.of_year(asked_year(request, lines))
    for name, field in (("unit", "unit_id"), ("province", "province_id")):
        if asked := request.GET.get(name, ""):
            lines = lines.filter(**{field: row_key(asked)})
    chosen = ListKind(kind)
    table = list_rows(chosen, lines, Seen(seen.day, seen.known))
    return export(
        request,
        "treasury",
        FILES[chosen],
        TITLES_INDONESIAN[chosen],
        EXPORT_HEADINGS[chosen],
        table,
    )


def batch_of(request: PersonRequest, pk: int) -> ImportBatch:
    """Return a file of the budget that was read to its end; 404 for any other."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("office", "province")
    found: ImportBatch = get_object_or_404(
        rows, pk=pk, kind__in=[Kind.BUDGET, Kind.TREASURY], state__in=[State.DONE, State.WITHDRAWN]
    )
    return found


def _postable(request: PersonRequest, batch: ImportBatch) -> int:
    lawful = Difference.objects.visible_to(request.user).lawful()
    return int(lawful.filter(last_seen__batch=batch).count())
