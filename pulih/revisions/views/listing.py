"""The list of revisions: by state, with who must act; exported as it is filtered."""

from collections.abc import Iterable
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.budget.exporting import export, wants_export
from pulih.budget.models import SpendingUnit
from pulih.budget.reads import language
from pulih.budget.rules.offices import NAMES, Office
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web import keyset
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from ..documents.revised import STATE_WORDS
from ..models import CLOSED_STATES, Revision, RevisionState

ORDER = ("-made_at", "-id")
HEADS_ID = (
    *("Kode satker", "Satker", "Provinsi", "Tahun", "Revisi ke", "Perihal", "Keadaan"),
    *("Kewenangan", "Perubahan pagu", "Disusun", "Berlaku"),
)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_revisions(request: PersonRequest) -> HttpResponseBase:
    """List revisions, those that wait for somebody first to be found by their state."""
    revisions = Revision.objects.visible_to(request.user).select_related("unit", "province")
    counts = {state: revisions.filter(state=state).count() for state in RevisionState.values}
    asked = request.GET.get("state", "")
    if asked in RevisionState.values:
        revisions = revisions.filter(state=asked)
    if wants_export(request):
        every = revisions.order_by("province__sort_key", "unit__code", "id")
        return export(request, "revisi", "Revisi anggaran", HEADS_ID, _exported(every))
    page = keyset.page(revisions, ORDER, request.GET.get("page", ""))
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    context = {
        "page": page,
        "rows": [(one, waits_for(one)) for one in page.rows],
        "states": [(s, RevisionState(s).label, n) for s, n in counts.items() if n],
        "asked": asked,
        "waiting": sum(n for state, n in counts.items() if state not in CLOSED_STATES),
        "units": units.filter(is_active=True).order_by("province__sort_key", "code"),
        "may_revise": holds(request.user, Permission.REVISE_BUDGET),
        "day": as_of(request).day,
    }
    return render_page(request, "revisions/revisions.html", "revisions/_revisions.html", context)


def waits_for(revision: Revision) -> str:
    """Say who must act on a revision now; nothing when nobody must."""
    if revision.state in (RevisionState.DRAFT, RevisionState.RETURNED):
        return _("the office: propose it")
    if revision.state == RevisionState.PROPOSED:
        office = NAMES[Office[revision.authority]].in_language(language())
        return _("%(office)s: decide") % {"office": office}
    if revision.state == RevisionState.APPROVED:
        return _("the directorate general: put it in force")
    return ""


def _exported(revisions: Iterable[Revision]) -> list[tuple[Any, ...]]:
    return [
        (
            one.unit.code, one.unit.name, one.province.name, one.fiscal_year, one.number or "",
            str(one), STATE_WORDS[RevisionState(one.state)],
            NAMES[Office[one.authority]].id if one.authority else "", one.declared_total,
            one.made_at.date(), one.effective_on or "",
        )
        for one in revisions
    ]  # fmt: skip
