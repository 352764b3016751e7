"""One product: what it is, which standards hold, who can make how much of it, where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.lists.figures import Stated, as_read
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.as_of import AsOf, as_of
from pulih.web.page import render_page

from ..balance import by_province, capacity_map
from ..figures import MAKERS
from ..lists import counting
from ..models import Capacity, Product


@dataclass(frozen=True)
class AreaCapacity:
    """How many firms of an area make the product, and how much in a week together."""

    area: Area
    firms: int
    per_week: int
    stated: Stated | None = None  # The firms, where one may see them all.

    @property
    def per_two_weeks(self) -> int:
        return 2 * self.per_week


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_product(request: PersonRequest, code: str) -> HttpResponseBase:
    """Show one product with its standards and with capacity by area."""
    product = get_object_or_404(Product.objects.prefetch_related("standards"), code=code)
    seen = as_of(request)
    day = seen.day
    own = own_areas(product, request.user, seen)
    provinces = by_province(product, day)
    firms = sum(one.firms for one in own)
    context = {
        "product": product,
        "day": day,
        "standards": sorted(product.standards.all(), key=lambda one: one.valid_from),
        "provinces": provinces,
        "map": capacity_map(provinces, day),
        "own": own,
        "total": AreaCapacity(
            Area(name=_("Together")),
            firms,
            sum(one.per_week for one in own),
            as_read(MAKERS, firms, request.user, seen, {"product": code}),
        ),
        "history": product.events.order_by("-pgh_created_at")[:10],
    }
    return render_page(request, "market/product.html", "market/_product.html", context)


def own_areas(product: Product, by: User, seen: AsOf) -> Sequence[AreaCapacity]:
    """Return each regency within one's reach with its makers; those left out of runs are not in."""
    makers = Capacity.objects.visible_to(by).of_listed().filter(product=product)
    rows = counting(makers, seen.day)
    summed = rows.values("regency_id", "province_id").annotate(
        firms=Count("pk"), made=Sum("per_week")
    )
    keys = [row["regency_id"] or row["province_id"] for row in summed]
    areas = Area.objects.in_bulk(keys)
    divided = {row["province_id"] for row in summed if row["regency_id"]}
    found = []
    for key, row in zip(keys, summed, strict=True):
        level = "regency" if row["regency_id"] else "province"
        asked = {"product": product.code, level: key}
        is_rest = level == "province" and key in divided  # Its page has those of regencies, too.
        stated = as_read(MAKERS, row["firms"], by, seen, asked, is_beyond=is_rest)
        found.append(AreaCapacity(areas[key], row["firms"], int(row["made"]), stated))
    return sorted(found, key=lambda row: -row.per_week)
