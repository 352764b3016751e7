"""Who can make what (kapasitas), and which certificates stand behind it (sertifikat)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise

from .products import Product, Standard, is_english


class Origin(models.TextChoices):
    LIST = "list", _("a delivered list")
    OFFICE = "office", _("an office")
    OWNER = "owner", _("the owner")


class CapacityQuerySet(ScopedQuerySet):
    def of_listed(self) -> Self:
        """Keep the capacities of firms that stand for themselves and that a list names."""
        return self.filter(enterprise__is_listed=True, enterprise__merged_into=None)


@keep
class Capacity(models.Model):
    """What a firm makes of one product in a week of six days; the newest statement.

    price: rupiah a unit, null where the firm stated none. said: the words it was read from.
    guesses: pairs of rule and words for each thing that the words did not say.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="capacities")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, db_index=False, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="capacities")
    per_week = models.BigIntegerField(_("units a week"))
    price = models.BigIntegerField(_("price a unit, rupiah"), null=True, blank=True)
    lot = models.PositiveIntegerField(_("units a lot"), default=1)
    min_order = models.PositiveIntegerField(_("smallest order, units"), default=1)
    free_from = models.DateField(_("free from"), null=True, blank=True)
    origin = models.CharField(_("said by"), max_length=6, choices=Origin.choices)
    said = models.CharField(_("as written"), max_length=200, blank=True)
    guesses = models.JSONField(default=list)
    confirmed_on = models.DateField(_("confirmed on"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    source_record = models.ForeignKey(
        SourceRecord, models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="+")

    objects = CapacityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "product"], name="market_capacity_one_a_product"
            ),
            models.CheckConstraint(
                condition=Q(per_week__gte=1, lot__gte=1, min_order__gte=1),
                name="market_capacity_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=1), name="market_capacity_price_is_positive"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "province", "id"], name="market_capacity_province"),
            models.Index(fields=["product", "regency", "id"], name="market_capacity_regency"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.product_id}: {self.per_week}"


@keep
class Certificate(models.Model):
    """A certificate that a firm holds. Only those that an office verified count in a match.

    kind: a code of `classifications.certificates`. standard: the one that it was issued for.
    file_name, stored_name: of the scan or photo that the office kept of it; empty without one.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="certificates")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, db_index=False, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    standard = models.ForeignKey(Standard, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("number"), max_length=80, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    stored_name = models.CharField(max_length=80, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    source_record = models.ForeignKey(
        SourceRecord, models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "number"], name="market_certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="market_certificate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | ~Q(number=""),
                name="market_certificate_is_verified_by_its_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class UnreadCapacity(models.Model):
    """A capacity that a delivered row states and that cannot be used, with the reason."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, db_constraint=False, related_name="+"
    )
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, db_index=False, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    said = models.CharField(_("as written"), max_length=200)
    reason_indonesian = models.TextField()
    reason_en = models.TextField()
    source_record = models.ForeignKey(
        SourceRecord, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.said}"

    @property
    def reason(self) -> str:
        return self.reason_en if is_english() else self.reason_indonesian
