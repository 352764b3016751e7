"""What the country can make of a product beside what is asked for, by province and on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from django.db import connection
from django.utils.translation import gettext as _

from pulih.areas.models import Area, AreaCode
from pulih.web import maps, numbers

from .models import Product
from .rules.freshness import LEFT_OUT_AFTER_DAYS

BY_PROVINCE = "SELECT province_id, firms, per_week FROM market_capacity_by_province(%s, %s)"
ASKED = files("pulih.market").joinpath("sql", "queries", "asked.sql").read_text("utf-8")


@dataclass(frozen=True)
class ProvinceBalance:
    """A province's capacity beside its open needs. firms, per_week: None below five makers.

    missing: units that no order holds yet; asked: of them a week, spread out until each is due.
    """

    province: Area
    firms: int | None
    per_week: int | None
    needs: int
    missing: int
    asked: int


def by_province(product: Product, day: date) -> Sequence[ProvinceBalance]:
    """Return each province with five makers or more whose capacity counts, or with open needs."""
    with connection.cursor() as cursor:
        cursor.execute(BY_PROVINCE, [product.pk, day - timedelta(LEFT_OUT_AFTER_DAYS)])
        made = {key: (int(firms), int(units)) for key, firms, units in cursor.fetchall()}
        cursor.execute(ASKED, {"product": product.pk, "day": day})
        asked = {key: tuple(map(int, sums)) for key, *sums in cursor.fetchall()}
    areas = Area.objects.in_bulk(made.keys() | asked.keys())
    rows = [
        ProvinceBalance(area, *made.get(key, (None, None)), *asked.get(key, (0, 0, 0)))
        for key, area in areas.items()
    ]
    return sorted(rows, key=lambda row: (-(row.per_week or 0), -row.asked, row.province.sort_key))


def capacity_map(rows: Sequence[ProvinceBalance], day: date) -> maps.Map | None:
    """Return the country coloured by units a week; None where no province may be shown."""
    told = {row.province.pk: row.per_week for row in rows if row.per_week is not None}
    if not told:
        return None
    breaks = maps.round_breaks([float(value) for value in told.values()])
    every = Area.objects.provinces(day)
    codes = AreaCode.objects.filter(scheme="kemendagri", area__in=every, valid_from__lte=day)
    by_area = dict(codes.order_by("valid_from").values_list("area_id", "code"))
    provinces = [
        maps.Province(by_area[one.pk], one.name, told.get(one.pk), numbers.whole(told.get(one.pk)))
        for one in every
        if one.pk in by_area
    ]
    marks = [_short(value) for value in (0, *breaks)]
    title = _("Units a week by province; numbers in the table")
    named = [by_area[key] for key in sorted(told, key=lambda key: -told[key])[:4] if key in by_area]
    return maps.country_map(title, provinces, breaks, marks, named=named)


def _short(value: float) -> str:
    """Write a bound so that it fits under its colour: 3.000, 250 rb, 1,5 jt."""
    if value >= 1_000_000:
        return _("%(n)s m") % {"n": numbers.decimal(value / 1_000_000, int(value % 1_000_000 > 0))}
    if value >= 100_000:
        return _("%(n)s k") % {"n": numbers.whole(int(value / 1_000))}
    return numbers.whole(int(value))
