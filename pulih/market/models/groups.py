"""Firms that send together (sentra, koperasi, KUB), with dated members of one regency."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, valid_on
from pulih.audit.history import keep
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise


class GroupKind(models.TextChoices):
    CLUSTER = "cluster", _("cluster (sentra)")
    COOPERATIVE = "cooperative", _("cooperative")
    JOINT_GROUP = "joint_group", _("joint business group (KUB)")


@keep
class Group(models.Model):
    """A group with its hub regency. fee: rupiah a unit; min_order: units of a consignment."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=11, choices=GroupKind.choices)
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    fee = models.BigIntegerField(_("fee a unit, rupiah"), default=0)
    min_order = models.PositiveIntegerField(_("smallest order, units"), default=1)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regency", "name"], name="market_group_name_once"),
            models.CheckConstraint(
                condition=Q(fee__gte=0, min_order__gte=1), name="market_group_figures_are_lawful"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="market_group_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(ScopedQuerySet):
    def on(self, day: date) -> Self:
        """Keep those who are members on `day`."""
        return self.filter(valid_on(day))


@keep
class Member(models.Model):
    """A firm in a group between two days. A trigger holds it to the group's regency.

    batch: the delivered list that named it, null where an office did.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="memberships")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)
    source_record = models.ForeignKey(
        SourceRecord, models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="+")

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "enterprise"],
                condition=Q(valid_to=None),
                name="market_member_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="market_member_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} in {self.group_id}"
