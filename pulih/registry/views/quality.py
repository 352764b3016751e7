"""How complete the register is: each area beside the others, what to fix first, file by file."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pulih.areas.models import Area, Level
from pulih.lists.files import send, wants_file
from pulih.people.access import PersonRequest
from pulih.registry import quality
from pulih.registry.figures import stated_firms, wheres_of
from pulih.registry.quality import Quality
from pulih.registry.quality_rows import QualityRow, Rest, compared, gaps_of, rest_of, rows_below
from pulih.web.page import render_page
from pulih.web.tables import Head, sorting

from .lookups import area_of_page, gate

HEADS = (
    Head(gettext_lazy("Area"), key="name"),
    Head(gettext_lazy("Firms"), key="firms", is_number=True, starts_down=True, hide=True),
    Head(gettext_lazy("Filled"), gettext_lazy("mean of five"), "filled", is_number=True),
    Head("NIK", "%", "nik", is_number=True, hide=True),
    Head("NIB", "%", "nib", is_number=True, hide=True),
    Head(gettext_lazy("Telephone"), "%", "phone", is_number=True, hide=True),
    Head(gettext_lazy("Village code"), "%", "village", is_number=True, hide=True),
    Head("KBLI", "%", "kbli", is_number=True, hide=True),
    Head(gettext_lazy("Wrong codes"), "", "wrong", is_number=True, starts_down=True, hide=True),
    Head(gettext_lazy("Doubtful"), "", "waiting", is_number=True, starts_down=True, hide=True),
    Head(gettext_lazy("Merged"), "", "merged", is_number=True, starts_down=True, hide=True),
    Head(gettext_lazy("Wrong in the last file"), "%", "file", is_number=True, hide=True),
)
EXPORT_HEADINGS = (
    *("Wilayah", "IKM", "Terisi (rata-rata lima data)", "Ber-NIK", "Ber-NIB", "Bertelepon"),
    *("Berkode desa", "Ber-KBLI", "Kode desa keliru", "KBLI di luar industri"),
    *("Kembar menunggu", "Sudah digabung", "Berkas terakhir", "Baris bermasalah di berkas itu"),
)
REST_INDONESIAN = "Di antara wilayah atau tanpa wilayah"
USUAL = "filled"


@require_GET
@gate
def data_quality(request: PersonRequest) -> HttpResponseBase:
    """Show an area's completeness, its parts', what to fix first, and how others stand."""
    area = area_of_page(request)
    rows = rows_below(area, request.user)
    own = _own(area, rows)
    waiting = quality.waiting(request.user).get(area.pk, 0)
    merged = quality.merged(request.user).get(area.pk, 0)
    rest = rest_of(own, waiting, merged, rows)
    if wants_file(request):
        return _export(request, area, rows, rest)
    beside = quality.of_areas(quality.siblings(area, timezone.localdate()))
    place = quality.rank(area.pk, beside) if area.level != Level.COUNTRY else None
    files = quality.last_files(request.user, area)
    where = wheres_of([area], timezone.localdate())[area.pk]
    gaps = gaps_of(area, own, request.user, where)
    context = {
        "area": area,
        "own": own,
        "stated": stated_firms(own.firms, area, request.user, where),
        "rows": _sorted(request, rows),
        "heads": HEADS,
        "usual": USUAL,
        "place": place,
        "gaps": gaps,
        "first_gap": gaps[0] if gaps else None,
        "compared": compared(own, beside, files) if area.level != Level.COUNTRY else [],
        "files": files,
        "rest": rest,
        "waiting": waiting,
        "merged": merged,
        "up": _up(request, area),
    }
    return render_page(request, "registry/quality.html", "registry/_quality.html", context)


def _own(area: Area, rows: list[QualityRow]) -> Quality:
    """Return the counts of the area itself: of a province also firms of an unknown regency."""
    if area.level == Level.PROVINCE:
        return quality.of_areas([area])[area.pk]
    return quality.total(row.quality for row in rows)


def _sorted(request: PersonRequest, rows: list[QualityRow]) -> list[QualityRow]:
    order = sorting(HEADS, request, USUAL)
    key, is_down = order.removeprefix("-"), order.startswith("-")

    def value(row: QualityRow) -> Any:
        if key in quality.PARTS:
            return row.quality.share(key)
        return row.file_share if key == "file" else getattr(row, key)

    known = [row for row in rows if value(row) is not None]
    rest = [row for row in rows if value(row) is None]
    return [*sorted(known, key=value, reverse=is_down), *rest]


def _up(request: PersonRequest, area: Area) -> str:
    home = request.user.home
    return reverse("registry:quality") if home is not None and home.pk != area.pk else ""


def _export(
    request: PersonRequest, area: Area, rows: list[QualityRow], rest: Rest | None
) -> HttpResponseBase:
    table: list[tuple[Any, ...]] = [
        (
            *(row.area.name, row.firms, row.filled, *row.parts),
            *(row.quality.wrong_village, row.quality.wrong_kbli, row.waiting, row.merged),
            *(row.file.file_name if row.file else None, row.file_share),
        )
        for row in _sorted(request, rows)
    ]
    if rest:
        shares, wrong = [None] * 6, (rest.wrong_village, rest.wrong_kbli)
        doubles = (rest.waiting, rest.merged)
        table.append((REST_INDONESIAN, rest.firms, *shares, *wrong, *doubles, None, None))
    return send(
        request,
        room="registry",
        key="quality",
        title=f"Mutu data {area}",
        file_name="mutu-data",
        heads=EXPORT_HEADINGS,
        rows=table,
        recorded={"area": str(area.pk)},
    )
