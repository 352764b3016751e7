"""The canonical enterprises, and which delivered row speaks of which enterprise.

As with the inbox's rows, foreign keys of what is stored by the million are not checked row by
row by PostgreSQL; `registry.actions.check` counts the ones that lead nowhere.
"""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep_without
from pulih.audit.models import AppendOnly
from pulih.inbox.models import SourceRecord
from pulih.people.number_cipher import HASH_LENGTH, STORED_WHOLE
from pulih.people.number_fields import NumberField
from pulih.people.scope import ScopedQuerySet


class Scale(models.TextChoices):
    SMALL = "small", _("small")
    MEDIUM = "medium", _("medium")
    LARGE = "large", _("large")
    UNKNOWN = "unknown", _("unknown")


class EnterpriseQuerySet(ScopedQuerySet):
    def listed(self) -> Self:
        """Keep the enterprises that stand for themselves and that a current list names."""
        return self.filter(is_listed=True, merged_into=None)

    def by_name(self) -> Self:
        """Put them in the order of their sort key."""
        return self.order_by("sort_key", "id")


@keep_without("search", "nik_hash")
class Enterprise(models.Model):
    """One firm (IKM) as all its sources together describe it: the golden record."""

    province = models.ForeignKey(
        Area, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    regency = models.ForeignKey(
        Area, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    name = models.TextField(_("name"))
    sort_key = models.CharField(max_length=80)  # The name without legal form, honorific and case.
    owner_name = models.TextField(_("owner"), null=True)
    owner_sex = models.CharField(_("sex of the owner"), max_length=1, null=True)
    nik = NumberField("NIK", null=True)
    # Found by it under row policies too, which let no index be asked of a function's answer.
    nik_hash = models.GeneratedField(
        expression=Func(
            F("nik"), Value(":"), Value(2), function="split_part", output_field=models.CharField()
        ),
        output_field=models.CharField(max_length=HASH_LENGTH),
        db_persist=True,
    )
    nib = models.CharField("NIB", max_length=13, null=True)
    npwp = NumberField("NPWP", null=True)
    phone = models.TextField(_("phone"), null=True)
    email = models.TextField(_("e-mail"), null=True)
    address = models.TextField(_("address"), null=True)
    village = models.TextField(_("village"), null=True)
    village_code = models.CharField(max_length=10, null=True)
    district = models.TextField(_("district"), null=True)
    district_code = models.CharField(max_length=6, null=True)
    kbli = models.TextField("KBLI", null=True)
    product = models.TextField(_("product"), null=True)
    commodity_group = models.TextField(_("commodity group"), null=True)
    workers = models.IntegerField(_("workers"), null=True)
    workers_male = models.IntegerField(_("men among the workers"), null=True)
    workers_female = models.IntegerField(_("women among the workers"), null=True)
    investment = models.BigIntegerField(_("investment"), null=True)  # Rupiah.
    year_established = models.SmallIntegerField(_("year established"), null=True)
    status = models.TextField(_("status"), null=True)
    scale = models.CharField(_("scale"), max_length=7, choices=Scale.choices)
    is_manufacturing = models.BooleanField(_("manufacturing"), null=True)
    first_seen = models.DateField(_("first seen"))
    last_seen = models.DateField(_("last seen"))
    is_listed = models.BooleanField(default=True)  # False when every list naming it was withdrawn.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="merged"
    )
    search = SearchVectorField(null=True, editable=False)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(nik__regex=STORED_WHOLE) | Q(nik__isnull=True),
                name="registry_nik_is_encrypted",
            ),
            models.CheckConstraint(
                condition=Q(npwp__regex=STORED_WHOLE) | Q(npwp__isnull=True),
                name="registry_npwp_is_encrypted",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sort_key", "id"], name="registry_by_name"),
            models.Index(fields=["province", "sort_key", "id"], name="registry_by_province"),
            models.Index(fields=["regency", "sort_key", "id"], name="registry_by_regency"),
            models.Index(
                fields=["nik_hash"], condition=Q(nik_hash__isnull=False), name="registry_nik_hash"
            ),
            models.Index(fields=["nib"], condition=Q(nib__isnull=False), name="registry_nib"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="registry_merged",
            ),
            GinIndex(fields=["search"], name="registry_words"),
        ]

    def __str__(self) -> str:
        return self.name


class EnterpriseSource(AppendOnly):
    """Lineage: which enterprise a delivered row speaks of. Never re-pointed."""

    source_record = models.OneToOneField(
        SourceRecord,
        models.PROTECT,
        primary_key=True,
        db_constraint=False,
        related_name="enterprise_source",
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, db_constraint=False, related_name="sources"
    )
    province = models.ForeignKey(
        Area, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    regency = models.ForeignKey(
        Area, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.source_record_id} of {self.enterprise_id}"
