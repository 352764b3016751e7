"""Who asks for what: buyers (pemesan) with the names they bore, and their needs (kebutuhan)."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet
from pulih.workflow import clock

from .products import Product, Standard


class BuyerKind(models.TextChoices):
    TASK_FORCE = "task_force", _("task force (Gugus Tugas, Satgas)")
    HEALTH_FACILITY = "health_facility", _("health facility")
    PUBLIC_OFFICE = "public_office", _("public office")
    EXPORTER = "exporter", _("exporter or aggregator")
    INDUSTRY = "industry", _("large industry")
    SHOP = "shop", _("shop")


@keep
class Buyer(models.Model):
    """One who asks for goods. name: the newest. Its needs count once an office verified it."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=15, choices=BuyerKind.choices)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regency", "name"], name="market_buyer_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


@keep
class BuyerName(models.Model):
    """A name that a buyer bore between two days; two may hold at once, as in August 2020.

    Perpres 82/2020 art. 20 let each Gugus Tugas work on until its Satgas was formed.
    """

    buyer = models.ForeignKey(Buyer, models.CASCADE, related_name="names")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer", "name"], name="market_buyername_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="market_buyername_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep
class BuyerContact(models.Model):
    """Whom to ask at a buyer: seen by the offices of its area alone."""

    buyer = models.OneToOneField(Buyer, models.CASCADE, primary_key=True, related_name="contact")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    person = models.CharField(_("person to ask"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.person


class NeedQuerySet(ScopedQuerySet):
    def visible_to(self, person: User) -> Self:
        """Keep what every office sees, and the drafts within one's reach."""
        sight = person.sight
        if sight.country:
            return self
        own = Q(regency_id__in=sight.regencies) | Q(province_id__in=sight.provinces)
        return self.filter(own | ~Q(state="draft"))

    def open_on(self, day: date) -> Self:
        """Keep the needs that can still be served after `day`."""
        return self.filter(state__in=("open", "matched"), due__gt=day)

    def asking(self) -> Self:
        """Keep the needs of which orders do not hold everything yet."""
        return self.filter(state__in=("open", "matched"), quantity__gt=F("ordered"))

    def filled(self) -> Self:
        """Keep the needs that are ordered in full, or received."""
        return self.filter(state__in=("ordered", "received"))


@keep
class Need(models.Model):
    """What one buyer asks for. Its terms are the newest version; province, regency: of delivery.

    quantity, due: as the newest terms say. ordered: units of its live orders. received: units
    that came and were good.
    """

    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="needs")
    product = models.ForeignKey(Product, models.PROTECT, related_name="needs")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=9, default="draft")
    terms = models.ForeignKey(
        "NeedTerms", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    quantity = models.BigIntegerField(_("quantity"))
    due = models.DateField(_("due"))
    ordered = models.BigIntegerField(_("ordered"), default=0)
    received = models.BigIntegerField(_("received"), default=0)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, ordered__gte=0, ordered__lte=F("quantity")),
                name="market_need_is_never_ordered_twice",
            ),
            models.CheckConstraint(
                condition=Q(received__gte=0, received__lte=F("ordered")),
                name="market_need_receives_what_was_ordered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due", "id"], name="market_need_due"),
            models.Index(fields=["state", "due", "id"], name="market_need_state"),
            models.Index(fields=["product", "state"], name="market_need_product"),
            # The board counts those that still ask for makers: few, late in a crisis.
            models.Index(
                fields=["state", "id"],
                condition=Q(quantity__gt=F("ordered")),
                name="market_need_asking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id}: {self.quantity} {self.product_id}"

    @property
    def missing(self) -> int:
        return self.quantity - self.ordered

    @property
    def is_under_way(self) -> bool:
        """Whether orders of it are offered, made or sent; what they hold has not come."""
        return self.ordered > self.received

    @property
    def may_be_ended(self) -> bool:
        """Whether it may be withdrawn, or closed with what came."""
        return self.state in ("draft", "open", "matched") and not self.is_under_way

    @property
    def filled(self) -> float:
        """The share of it that live orders hold, 0 to 1."""
        return self.ordered / self.quantity


class NeedTerms(AppendOnly):
    """One version of a need's terms; an amendment adds the next, nothing is edited.

    max_price: rupiah a unit with fee and transport. min_order: units of a consignment. by, link:
    who stated it, an office or the buyer's own link.
    """

    need = models.ForeignKey(Need, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    quantity = models.BigIntegerField(_("quantity"))
    place = models.CharField(_("place of delivery"), max_length=200, blank=True)
    due = models.DateField(_("due"))
    standard = models.ForeignKey(Standard, models.PROTECT, null=True, related_name="+")
    max_price = models.BigIntegerField(_("highest price a unit, rupiah"), null=True)
    min_order = models.BigIntegerField(_("smallest consignment, units"), default=1)
    max_suppliers = models.PositiveSmallIntegerField(_("most suppliers"), null=True)
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2, default=1)
    weight_reason = models.CharField(_("reason of the weight"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "number"], name="market_terms_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, min_order__gte=1, min_order__lte=F("quantity")),
                name="market_terms_quantities_are_lawful",
            ),
            models.CheckConstraint(
                condition=Q(max_price=None) | Q(max_price__gte=1),
                name="market_terms_price_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight=1)
                | (Q(weight__gt=0, weight__lte=100) & ~Q(weight_reason="")),
                name="market_terms_weight_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} v{self.number}"


class NeedSource(AppendOnly):
    """Which delivered row a need was drafted from."""

    need = models.OneToOneField(Need, models.PROTECT, primary_key=True, related_name="source")
    source_record = models.ForeignKey(
        SourceRecord, models.PROTECT, db_constraint=False, related_name="+"
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.need_id} of {self.batch_id}"
