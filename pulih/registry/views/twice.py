"""Across programmes: who would be counted twice if these lists were added up."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.inbox.models import ImportBatch
from pulih.lists.files import send, wants_file
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry import twice as doubles
from pulih.web.addresses import url_with
from pulih.web.figures import Tab
from pulih.web.page import render_page

SHOWN = 100
HEADS_ID = (
    *("Kunci (disamarkan)", "Nama usaha", "Pemilik", "Nomor IKM", "Jumlah daftar", "Daftar"),
    "Jumlah baris",
)


@require_GET
@permission_required(Permission.SEE_ENTERPRISES, Permission.SEE_FILES)
def twice(request: PersonRequest) -> HttpResponseBase:
    """Show whom the chosen lists have in common: by firm, by owner, by household."""
    offered = doubles.offered(request.user)
    chosen = [batch for batch in offered if str(batch.pk) in request.GET.getlist("list")]
    way = request.GET.get("by", "enterprise")
    way = way if way in doubles.WAYS else "enterprise"
    context: dict[str, Any] = {"offered": offered, "chosen": chosen, "way": way}
    if len(chosen) == 1 or len(chosen) > doubles.MOST_LISTS:
        said = _("Choose two lists or more, at most %(most)s.") % {"most": doubles.MOST_LISTS}
        messages.warning(request, said)
    elif chosen:
        rows = doubles.rows_of(chosen)
        found = doubles.found(rows, way)
        if wants_file(request):
            return _export(request, chosen, way, found)
        context |= _shown(request, chosen, way, found, doubles.counts(rows))
        context["rows"] = rows.height
    return render_page(request, "registry/twice.html", "registry/_twice.html", context)


def _shown(
    request: PersonRequest,
    chosen: list[ImportBatch],
    way: str,
    found: list[doubles.Twice],
    counts: dict[str, int],
) -> dict[str, Any]:
    names = {batch.pk: batch for batch in chosen}
    return {
        "counts": counts,
        "count": counts[way],
        "found": [(one, [names[key] for key in one.lists]) for one in found[:SHOWN]],
        "is_cut": len(found) > SHOWN,
        "shown": SHOWN,
        "tabs": [
            Tab(label, url_with(request, by=key), key == way, counts[key])
            for key, label in doubles.WAYS.items()
        ],
    }


def _export(
    request: PersonRequest, chosen: list[ImportBatch], way: str, found: list[doubles.Twice]
) -> HttpResponseBase:
    names = {batch.pk: batch.file_name for batch in chosen}
    table = [
        (
            *(one.key, "; ".join(one.names), "; ".join(one.owners), one.enterprise),
            *(len(one.lists), "; ".join(names[key] for key in one.lists), one.rows),
        )
        for one in found
    ]
    return send(
        request,
        room="registry",
        key="twice",
        title=f"Tercatat ganda di {len(chosen)} daftar",
        file_name="tercatat-ganda",
        heads=HEADS_ID,
        rows=table,
        recorded={"way": way, "lists": ",".join(str(batch.pk) for batch in chosen)},
    )
