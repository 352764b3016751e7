"""Readiness for export (kesiapan ekspor): who was asked, what was answered, what was exported."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.links.models import Link
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise
from pulih.workflow import clock


class OfFirm(AppendOnly):
    """A row that tells of one firm, and is never changed."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, db_index=False, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = True


class ReadinessAsk(OfFirm):
    """A firm that was asked on a day. Who was asked and did not answer told nothing, not “no”."""

    asked_on = models.DateField()

    class Meta(OfFirm.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.asked_on}"


class ReadinessAnswer(OfFirm):
    """One answer to one term of the questionnaire; the newest counts. link: the firm's own."""

    question = models.SlugField(max_length=20)
    says = models.BooleanField()
    said_on = models.DateField()
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")

    class Meta(OfFirm.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by=None) ^ Q(link=None), name="market_answer_is_of_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["enterprise", "question", "-id"], name="market_answer_newest")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.question}: {self.says}"


class ExportSale(OfFirm):
    """One sale abroad. value: in its currency; rate: rupiah for one of it on rate_on.

    through: who exported for the firm; empty where it sold directly.
    """

    sold_on = models.DateField(_("sold on"))
    destination = models.CharField(_("destination (ISO code)"), max_length=2)
    hs = models.CharField("HS", max_length=6)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.DecimalField(_("rupiah for one"), max_digits=14, decimal_places=4)
    rate_on = models.DateField(_("rate of"))
    through = models.CharField(_("through whom"), max_length=120, blank=True)

    class Meta(OfFirm.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__gt=0, rate__gt=0), name="market_exportsale_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.destination} {self.sold_on}"

    @property
    def rupiah(self) -> int:
        """Whole rupiah at the rate of its day."""
        return int((self.value * self.rate).quantize(Decimal(1), ROUND_HALF_EVEN))
