"""Drafts of revisions: the list, and one with its Matriks Semula-Menjadi."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from .. import actions
from ..exporting import export, wants_export
from ..models import Revision
from ..reads import account_name

HEADS_ID = ("Kode baris", "Akun", "Uraian", "Semula", "Menjadi", "Selisih")


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_revisions(request: PersonRequest) -> HttpResponseBase:
    """List the drafts, newest first."""
    revisions = Revision.objects.visible_to(request.user).select_related("unit", "province")
    context = {"revisions": revisions.order_by("-made_at", "province__sort_key")[:500]}
    return render_page(request, "budget/revisions.html", "budget/_revisions.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one draft: every line before and after, unchanged ones in one honest row."""
    revisions = Revision.objects.visible_to(request.user).select_related("unit", "made_by")
    revision = get_object_or_404(revisions, pk=pk)
    matrix = actions.matrix_rows(revision)
    before, after = sum(row.before for row in matrix), sum(row.after for row in matrix)
    if wants_export(request):
        return _export(request, revision, matrix)
    moved = [row for row in matrix if row.change]
    still = sum(row.before for row in matrix if not row.change)
    day = as_of(request).day
    context = {
        "revision": revision,
        "rows": [(row, row.detail or account_name(row.account, day)) for row in moved],
        "unchanged_count": len(matrix) - len(moved),
        "unchanged": still,
        "before": before,
        "after": after,
        "change": after - before,
        "agrees": after - before == revision.declared_total,
    }
    return render_page(request, "budget/revision.html", "budget/_matrix.html", context)


def _export(
    request: PersonRequest, revision: Revision, matrix: list[actions.MatrixRow]
) -> HttpResponseBase:
    table: list[tuple[object, ...]] = [
        (row.line_key, row.account, row.detail, row.before, row.after, row.change) for row in matrix
    ]
    before, after = sum(row.before for row in matrix), sum(row.after for row in matrix)
    table.append(("", "", "Jumlah satker", before, after, after - before))
    title = f"Matriks Semula-Menjadi {revision.unit} {revision.fiscal_year}"
    return export(request, f"matriks-{revision.unit.code}", title, HEADS_ID, table)
