"""Whether a firm produces again (berproduksi lagi), as it or its office says."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise


class ProductionStatement(AppendOnly):
    """That a firm produces again since a day, or stands still since; the newest one holds.

    A wrong statement is mended by a newer one, so the earlier ones stay. by, link: who wrote it
    down, an officer or the firm. note: how the office knows it.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="production_statements")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    is_producing = models.BooleanField(_("produces again"))
    since = models.DateField(_("since"))
    note = models.CharField(_("how it is known"), max_length=300, blank=True)
    stated_at = models.DateTimeField(_("stated at"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by=None, link__isnull=False) | Q(by__isnull=False, link=None),
                name="market_production_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stated_at", "id"], name="market_production_stated")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.since:%Y-%m-%d} {self.is_producing}"
