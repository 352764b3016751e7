"""Who makes what, as declared lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, valid_on
from pulih.areas.rows import area_of
from pulih.classifications import certificates
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, province, words
from pulih.people.permissions import Permission

from .models import Capacity, Certificate, Group, Member, Product, UnreadCapacity
from .rules.freshness import GREY_AFTER_DAYS, LEFT_OUT_AFTER_DAYS
from .wording import AT_MOST_COUNTED, OLDER_THAN_COUNTED, OLDER_THAN_GREY

FIRM = ("enterprise__name",)
AGES = [("counting", AT_MOST_COUNTED), ("fresh", _("confirmed lately")),
        ("grey", OLDER_THAN_GREY), ("left_out", OLDER_THAN_COUNTED)]  # fmt: skip


def product_name(code: str) -> str:
    return str(Product.objects.filter(code=code).first() or code)


def certificate_name(code: str) -> str:
    found = certificates.LIST.find(code)
    return found.name((get_language() or "id")[:2]) if found else code


def regency() -> Filter:
    return by_link("regency", _("Regency"), Area)


def of_product() -> Filter:
    """Return the filter that links from the list of products ask for."""
    narrow = equals("product__code")
    return Filter(
        "product", _("Product"), forms.SlugField, narrow, shown=product_name, is_drawn=False
    )


def _places(row: Any) -> str:
    return str(area_of(row))


def _firm_url(row: Any) -> str:
    return reverse("market:of-enterprise", args=[row.enterprise_id])


_lazy_name = lazy(certificate_name, str)
KINDS = [(one.code, _lazy_name(one.code)) for one in certificates.LIST.entries]
PLACE_COLUMNS = (
    Column("province_id", _("Province id"), lambda r: r.province_id, Kind.WHOLE, {Place.API}),
    Column("regency_id", _("Regency id"), lambda r: r.regency_id, Kind.WHOLE, {Place.API}),
    Column("province", _("Province"), lambda r: r.province.name, on=NOT_ON_PAGE),
    Column("place", _("Area"), _places, hide=True),
)
FIRM_COLUMNS = (
    Column("enterprise_id", _("Number of the firm"), lambda r: r.enterprise_id, Kind.WHOLE,
           NOT_ON_PAGE),
    Column("enterprise", _("Firm"), lambda r: r.enterprise.name, link=_firm_url,
           order="enterprise__sort_key"),
)  # fmt: skip


def _products(asked: Asked) -> QuerySet[Product]:
    seen = counting(Capacity.objects.visible_to(asked.person).of_listed(), asked.seen.day)
    return Product.objects.on(asked.seen.day).annotate(
        makers=Count("capacities", Q(capacities__in=seen))
    )


PRODUCTS = Listing(
    room="market",
    key="products",
    title=_("Products"),
    file_name="produk",
    permission=Permission.SEE_MARKET,
    source=_products,
    columns=(
        Column("code", _("Code"), lambda p: p.code, Kind.CODE, NOT_ON_PAGE),
        Column("name", _("Product"), lambda p: p.name, order="name_indonesian",
               link=lambda p: reverse("market:product", args=[p.code])),
        Column("unit", _("Unit"), lambda p: p.unit),
        Column("makers", _("Makers in your area"), lambda p: p.makers, Kind.WHOLE),
        Column("gram", _("Grams a unit"), lambda p: p.gram, Kind.WHOLE, hide=True),
        Column("kbli", "KBLI", lambda p: p.kbli, Kind.CODE),
        Column("hs", "HS", lambda p: p.hs, Kind.CODE, hide=True),
        Column("words", _("Other words"), lambda p: "; ".join(p.words), on=NOT_ON_PAGE),
        Column("verified", _("Verified"), lambda p: p.verified, Kind.YES_NO, NOT_ON_PAGE),
        Column("source", _("Source"), lambda p: p.source, on=NOT_ON_PAGE),
    ),
    filters=(words(["name_indonesian", "name_en", "words"]),),
    order=("name_indonesian", "pk"),
)  # fmt: skip


def counting(rows: QuerySet[Capacity], day: date) -> QuerySet[Capacity]:
    """Keep the capacities that a match on a day does not leave out as too old."""
    return rows.filter(confirmed_on__gte=day - timedelta(LEFT_OUT_AFTER_DAYS))


def _capacities(asked: Asked) -> QuerySet[Capacity]:
    rows = Capacity.objects.visible_to(asked.person).of_listed()
    rows = rows.select_related("enterprise", "product", "province", "regency")
    if asked["age"] == "counting":
        return counting(rows, asked.seen.day)
    if asked["age"]:
        grey, out = (asked.seen.day - timedelta(n) for n in (GREY_AFTER_DAYS, LEFT_OUT_AFTER_DAYS))
        rows = rows.filter(
            {
                "fresh": Q(confirmed_on__gte=grey),
                "grey": Q(confirmed_on__lt=grey, confirmed_on__gte=out),
                "left_out": Q(confirmed_on__lt=out),
            }[asked["age"]]
        )
    return rows


CAPACITIES = Listing(
    room="market",
    key="capacities",
    title=_("Capacities"),
    file_name="kapasitas",
    permission=Permission.SEE_MARKET,
    source=_capacities,
    columns=(
        *FIRM_COLUMNS,
        *PLACE_COLUMNS,
        Column("product_code", _("Product code"), lambda c: c.product.code, Kind.CODE, NOT_ON_PAGE),
        Column("product", _("Product"), lambda c: c.product.name),
        Column("per_week", _("Units a week"), lambda c: c.per_week, Kind.WHOLE, order="per_week"),
        Column("unit", _("Unit"), lambda c: c.product.unit),
        Column("price", _("Price"), lambda c: c.price, Kind.RUPIAH, unit="Rp"),
        Column("lot", _("Lot"), lambda c: c.lot, Kind.WHOLE, NOT_ON_PAGE),
        Column("min_order", _("Smallest order"), lambda c: c.min_order, Kind.WHOLE, NOT_ON_PAGE),
        Column("free_from", _("Free from"), lambda c: c.free_from, Kind.DAY, NOT_ON_PAGE),
        Column("said", _("As written"), lambda c: c.said, hide=True,
               template="market/_said.html"),
        Column("guesses", _("Guessed"), lambda c: "; ".join(rule for rule, _said in c.guesses),
               on=NOT_ON_PAGE),
        Column("confirmed_on", _("Confirmed on"), lambda c: c.confirmed_on, Kind.DAY,
               order="confirmed_on", template="market/_confirmed.html"),
    ),
    filters=(
        of_product(),
        choices("age", _("Confirmed"), AGES),
        province(equals("province")),
        regency(),
        words(FIRM, _("Firm")),
    ),
    order=("-confirmed_on", "-pk"),
    when_empty=_("No capacity fits. Deliver a list with capacities, or state one for a firm."),
)  # fmt: skip


def _unread(asked: Asked) -> QuerySet[UnreadCapacity]:
    rows = UnreadCapacity.objects.visible_to(asked.person)
    return rows.select_related("enterprise", "product", "province", "regency")


UNREAD = Listing(
    room="market",
    key="unread",
    title=_("Capacities that could not be read"),
    file_name="kapasitas-tak-terbaca",
    permission=Permission.SEE_MARKET,
    source=_unread,
    columns=(
        *FIRM_COLUMNS,
        *PLACE_COLUMNS,
        Column("product", _("Product"), lambda u: u.product.name),
        Column("said", _("As written"), lambda u: u.said),
        Column("reason", _("Why not"), lambda u: u.reason, look="full"),
    ),
    filters=(of_product(), province(equals("province")), regency(), words(FIRM, _("Firm"))),
    order=("-pk",),
    when_empty=_("Every capacity of a listed product was read."),
)


def _certificates(asked: Asked) -> QuerySet[Certificate]:
    rows = Certificate.objects.visible_to(asked.person)
    return rows.select_related("enterprise", "standard", "province", "regency")


CERTIFICATES = Listing(
    room="market",
    key="certificates",
    title=_("Certificates"),
    file_name="sertifikat",
    permission=Permission.SEE_MARKET,
    source=_certificates,
    columns=(
        *FIRM_COLUMNS,
        *PLACE_COLUMNS,
        Column("kind_code", _("Code"), lambda c: c.kind, Kind.CODE, NOT_ON_PAGE),
        Column("kind", _("Certificate"), lambda c: certificate_name(c.kind)),
        Column("standard", _("Standard"), lambda c: str(c.standard or ""), hide=True),
        Column("number", _("Certificate number"), lambda c: c.number, Kind.CODE),
        Column("valid_from", _("Valid from"), lambda c: c.valid_from, Kind.DAY, NOT_ON_PAGE),
        Column("valid_to", _("Valid until"), lambda c: c.valid_to, Kind.DAY),
        Column("verified", _("Seen by an office"), lambda c: c.verified_at is not None,
               Kind.YES_NO),
    ),
    filters=(
        choices("kind", _("Kind"), KINDS, equals("kind")),
        province(equals("province")),
        regency(),
        words((*FIRM, "number"), _("Firm or number")),
    ),
    order=("-pk",),
    when_empty=_("No certificate fits. Lists with a column of licences bring them."),
)  # fmt: skip


def _groups(asked: Asked) -> Any:
    members = Member.objects.filter(valid_on(asked.seen.day))
    rows = Group.objects.visible_to(asked.person).select_related("province", "regency")
    return rows.annotate(member_count=Count("members", Q(members__in=members)))


GROUPS = Listing(
    room="market",
    key="groups",
    title=_("Groups"),
    file_name="kelompok",
    permission=Permission.SEE_MARKET,
    source=_groups,
    columns=(
        Column("id", _("Record number"), lambda g: g.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("name", _("Group"), lambda g: g.name, order="name",
               link=lambda g: reverse("market:group", args=[g.pk])),
        Column("kind", _("Kind"), lambda g: g.get_kind_display()),
        *PLACE_COLUMNS,
        Column("members", _("Members"), lambda g: g.member_count, Kind.WHOLE),
        Column("fee", _("Fee a unit"), lambda g: g.fee, Kind.RUPIAH, unit="Rp"),
        Column("min_order", _("Smallest order"), lambda g: g.min_order, Kind.WHOLE),
    ),
    filters=(province(equals("province")), regency(), words(["name"])),
    order=("name", "pk"),
    when_empty=_("No group yet. A group makes small lots large."),
)  # fmt: skip
