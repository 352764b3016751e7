"""The firms of the register as a declared list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.areas.rows import area_of
from pulih.classifications import commodities, status
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import area_name, choices, coded, number, province, words
from pulih.people.permissions import Permission

from . import search
from .forms import provinces_of, regencies_of
from .models import Enterprise, Scale

MAKING = (("yes", _("manufacturing")), ("no", _("not manufacturing")), ("unknown", _("unknown")))
MISSING = (
    ("nik", _("without NIK")),
    ("nib", _("without NIB")),
    ("phone", _("without telephone")),
    ("village", _("without village code")),
    ("kbli", _("without KBLI")),
    ("wrong_village", _("village code of another regency")),
    ("wrong_kbli", _("KBLI outside manufacturing")),
)
FILE_ONLY = frozenset({Place.FILE})  # How to reach somebody leaves as a recorded export alone.


def firms(asked: Asked) -> search.Firms:
    filters = {name: str(asked[name]) for name in search.FILTERS if asked[name] is not None}
    return search.Firms(asked.person, asked["q"] or "", filters)


def _offered(areas: Iterable[Area]) -> list[tuple[int, str]]:
    return [(area.pk, area.name) for area in areas]


def _regencies(asked: Asked) -> list[tuple[int, str]]:
    return _offered(regencies_of(asked.person, asked["province"], asked.seen.day))


def _page(firm: Enterprise) -> str:
    return reverse("registry:enterprise", args=[firm.pk])


def _name(area: Any) -> str:
    return area.name if area else ""


FIRMS = Listing(
    room="registry",
    key="firms",
    title=_("Enterprises"),
    file_name="daftar-ikm",
    permission=Permission.SEE_ENTERPRISES,
    source=firms,
    columns=(
        Column("id", _("Number of the firm"), lambda f: f.pk, Kind.WHOLE, {Place.API}, order="id"),
        Column("name", _("Name"), lambda f: f.name, link=_page, order="sort_key", look="nm"),
        Column("owner", _("Owner"), lambda f: f.owner_name, hide=True),
        Column("owner_sex", _("Sex"), lambda f: f.owner_sex, on=FILE_ONLY),
        Column("nik", "NIK", lambda f: str(f.nik or ""), Kind.CODE, FILE_ONLY),
        Column("nib", "NIB", lambda f: f.nib, Kind.CODE, NOT_ON_PAGE),
        Column("phone", _("Telephone"), lambda f: f.phone, Kind.CODE, FILE_ONLY),
        Column("address", _("Address"), lambda f: f.address, on=FILE_ONLY),
        Column("village", _("Village"), lambda f: f.village, on=NOT_ON_PAGE),
        Column("district", _("District"), lambda f: f.district, on=NOT_ON_PAGE),
        Column("place", _("Place"), lambda f: str(area_of(f)), on=PAGE_ONLY),
        Column("regency", _("Regency or city"), lambda f: _name(f.regency), on=NOT_ON_PAGE),
        Column("province", _("Province"), lambda f: f.province.name, on=NOT_ON_PAGE),
        Column("kbli", "KBLI", lambda f: f.kbli, Kind.CODE, NOT_ON_PAGE),
        Column("product", _("Product"), lambda f: f.product, on=NOT_ON_PAGE),
        Column("product_short", _("Product"), lambda f: Truncator(f.product or "").chars(32),
               on=PAGE_ONLY, hide=True),
        Column("commodity_group", _("Commodity group"), lambda f: f.commodity_group,
               on=NOT_ON_PAGE),
        Column("workers", _("Workers"), lambda f: f.workers, Kind.WHOLE, NOT_ON_PAGE),
        Column("investment", _("Investment"), lambda f: f.investment, Kind.RUPIAH, FILE_ONLY,
               unit="Rp"),
        Column("year_established", _("Year established"), lambda f: f.year_established,
               Kind.WHOLE, NOT_ON_PAGE),
        Column("scale", _("Scale"), lambda f: f.get_scale_display(), hide=True,
               template="registry/_scale.html"),
        Column("workers_now", _("Workers"), lambda f: f.workers, Kind.WHOLE, PAGE_ONLY, hide=True),
        Column("is_manufacturing", _("Manufacturing"), lambda f: f.is_manufacturing, Kind.YES_NO,
               NOT_ON_PAGE),
        Column("status", _("Status"), lambda f: f.status, on=NOT_ON_PAGE),
        Column("first_seen", _("First seen"), lambda f: f.first_seen, Kind.DAY, NOT_ON_PAGE),
        Column("last_seen", _("Last seen"), lambda f: f.last_seen, Kind.DAY, NOT_ON_PAGE),
    ),
    filters=(
        words(hint=_("Search by half a name, NIK or NIB"), shown="“{}”".format),
        province(options=lambda asked: _offered(provinces_of(asked.person))),
        Filter("regency", _("Regency or city"), number(1), shown=area_name, options=_regencies),
        choices("scale", _("Scale"), Scale.choices),
        coded("commodity", _("Commodity group"), commodities.LIST),
        choices("making", _("Manufacturing"), MAKING),
        coded("status", _("Status"), status.LIST),
        choices("missing", _("Missing"), MISSING),
    ),
    order=search.BY_NAME,
    orders=(
        ("name", _("by name")), ("-name", _("by name, backwards")), ("-id", _("newest first")),
    ),
    count="registry:count",
    when_empty=_("No enterprise is registered in your area yet. Lists of offices bring them."),
    when_none=_("Nothing was found. Type fewer letters of each word, or take a filter away."),
    icon="building-factory-2",
)  # fmt: skip
