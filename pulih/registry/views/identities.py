"""Odd identities: what contradicts itself about the NIK of an area's firms, every NIK cut."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pulih.areas.models import Area
from pulih.lists.files import send, wants_file
from pulih.people.access import PersonRequest
from pulih.registry import identity_findings as findings
from pulih.registry.identity_findings import SEVERAL, OddIdentity
from pulih.registry.nik import Doubt
from pulih.web.addresses import url_with
from pulih.web.figures import Tab
from pulih.web.page import render_page

from .reach import area_of_page, gate

SHOWN = 100
LABELS: dict[str, Any] = {
    SEVERAL: gettext_lazy("One NIK, several people"),
    Doubt.SEX: gettext_lazy("Another sex"),
    Doubt.PLACE: gettext_lazy("No such regency"),
    Doubt.BIRTHDAY: gettext_lazy("No such birthday"),
    Doubt.SERIAL: gettext_lazy("Serial number 0000"),
}
WHY: dict[str, Any] = {
    SEVERAL: gettext_lazy(
        "One NIK stands beside owners whose names share no word. One of them has it wrong, or it "
        "was lent; help may go to one person twice."
    ),
    Doubt.SEX: gettext_lazy(
        "The NIK is a man's and the list says a woman, or the other way round. Often the NIK is "
        "that of the husband or the wife."
    ),
    Doubt.PLACE: gettext_lazy(
        "A NIK begins with the code of the regency that gave it. No regency ever had this one."
    ),
    Doubt.BIRTHDAY: gettext_lazy("The NIK names a day that no month has."),
    Doubt.SERIAL: gettext_lazy(
        "Nobody is given 0000. Excel keeps 15 figures of a number and makes the others 0."
    ),
}
HEADS_ID = ("Temuan", "NIK (disamarkan)", "Nomor IKM", "Nama usaha", "Pemilik")
TITLES_ID = {
    SEVERAL: "Satu NIK, beberapa orang",
    Doubt.SEX: "Jenis kelamin lain dari NIK",
    Doubt.PLACE: "Kode kabupaten/kota tidak ada",
    Doubt.BIRTHDAY: "Tanggal lahir tidak ada",
    Doubt.SERIAL: "Nomor urut 0000",
}


@require_GET
@gate
def identities(request: PersonRequest) -> HttpResponseBase:
    """Show which NIK of an area contradict themselves, or stand beside several people."""
    area = area_of_page(request)
    found = findings.odd_identities(request.user, area)
    if wants_file(request):
        return _export(request, area, found)
    counts = findings.counts(found)
    kind = _kind(request, counts)
    of_kind = [one for one in found if one.kind == kind]
    context = {
        "area": area,
        "counts": counts,
        "number": len(found),
        "kind": kind,
        "why": WHY[kind],
        "found": of_kind[:SHOWN],
        "is_cut": len(of_kind) > SHOWN,
        "shown": SHOWN,
        "count": counts[kind],
        "tabs": [
            Tab(label, url_with(request, kind=key), key == kind, counts[key])
            for key, label in LABELS.items()
        ],
        "up": f"{reverse('registry:quality')}?area={area.pk}",
    }
    part = "registry/_identities_part.html" if "part" in request.GET else ""
    return render_page(
        request, "registry/identities.html", part or "registry/_identities.html", context
    )


def _kind(request: PersonRequest, counts: dict[str, int]) -> str:
    """Return the asked kind, or the first of which there is any."""
    asked = request.GET.get("kind", "")
    if asked in LABELS:
        return asked
    return next((kind for kind in LABELS if counts[kind]), SEVERAL)


def _export(request: PersonRequest, area: Area, found: list[OddIdentity]) -> HttpResponseBase:
    table = [
        (
            *(TITLES_ID[one.kind], one.nik),
            "; ".join(str(pk) for pk, _name in one.firms),
            "; ".join(name for _pk, name in one.firms),
            "; ".join(one.owners),
        )
        for one in found
    ]
    return send(
        request,
        room="registry",
        key="identities",
        title=f"NIK janggal {area}",
        file_name="nik-janggal",
        heads=HEADS_ID,
        rows=table,
        recorded={"area": str(area.pk)},
    )
