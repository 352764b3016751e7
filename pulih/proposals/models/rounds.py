"""Rounds of proposals (putaran usulan): when offices may ask, and for what."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.audit.history import keep


class RoundQuerySet(models.QuerySet["Round"]):
    def open_on(self, day: date) -> Self:
        """Keep the rounds in which an office may begin a proposal on `day` of its own clock."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def newest_first(self) -> Self:
        return self.order_by("-opens_on", "-pk")


@keep
class Round(models.Model):
    """From the first to the last day, both whole, on each office's own clock.

    measures: codes that may be asked for; empty: every one of the catalogue.
    """

    title = models.CharField(_("title"), max_length=120)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes at the end of"))
    measures = ArrayField(
        models.CharField(max_length=40), verbose_name=_("measures"), default=list, blank=True
    )
    note = models.TextField(_("what offices should know"), blank=True)

    objects = RoundQuerySet.as_manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fiscal_year", "title"], name="proposals_round_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="proposals_round_closes_after"
            ),
        ]

    def __str__(self) -> str:
        return self.title
