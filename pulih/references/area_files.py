"""The list of areas as a file: the room of areas stands below the one door of files."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from pulih.areas.forms import AreaFilter
from pulih.areas.views import asked_areas, cells
from pulih.lists.files import send
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of

HEADS = ("Wilayah", "Tingkat", "Termasuk", "Kode Kemendagri", "Kode BPS", "Kode Kemenkeu")


@require_GET
@permission_required(Permission.EXPORT)
def export(request: PersonRequest) -> HttpResponseBase:
    """Hand out the filtered list of areas with all codes, as of a day."""
    day, form = as_of(request).day, AreaFilter(request.GET)
    return send(
        request,
        room="areas",
        key="areas",
        title="Daftar wilayah",
        file_name="wilayah",
        heads=HEADS,
        rows=cells(asked_areas(form, day).order_by("sort_key"), day),
        recorded=_recorded(form),
    )


def _recorded(form: AreaFilter) -> dict[str, str]:
    asked = form.cleaned_data if form.is_valid() else {}
    chosen = {name: str(value) for name, value in asked.items() if value}
    return {name: "…" if name == "q" else value for name, value in chosen.items()}
