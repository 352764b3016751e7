"""What offices asked for in earlier years, as their own sheets say it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.inbox.models import ImportBatch, State
from pulih.measures.models import Measure


class EarlierQuerySet(models.QuerySet["EarlierProposal"]):
    def visible_to(self, person: Any) -> Any:
        """Keep what `person` may see: of the own provinces, or of the whole country."""
        sight = person.sight
        return self if sight.country else self.filter(province_id__in=sight.provinces)

    def counting(self) -> Any:
        """Leave out what was withdrawn, or corrected by a later file."""
        return self.filter(batch__is_newest=True, batch__state=State.DONE)


class EarlierProposal(AppendOnly):
    """A proposal of an earlier year out of a delivered sheet; rupiah: the sum of its rows.

    measure: where the sheet names one of the catalogue. Whether it counts is a matter of its file.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.CharField(_("number"), max_length=80)
    title = models.CharField(_("title"), max_length=300, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    people = models.PositiveIntegerField(_("participants"), default=0)
    outcome = models.CharField(_("what became of it"), max_length=200, blank=True)
    rupiah = models.BigIntegerField(_("asked"))

    objects = EarlierQuerySet.as_manager()
    rows: Any

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="proposals_earlier_once_a_file"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["province", "-fiscal_year", "number"], name="proposals_earlier_list"
            ),
            models.Index(fields=["measure", "-id"], name="proposals_earlier_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class EarlierRow(AppendOnly):
    """A cost row of an earlier proposal, as the sheet states it; amounts in whole rupiah."""

    proposal = models.ForeignKey(
        EarlierProposal, models.PROTECT, db_constraint=False, related_name="rows"
    )
    source_record_id = models.BigIntegerField()
    row = models.IntegerField()
    text = models.TextField(_("text"), blank=True)
    account = models.CharField(_("account"), max_length=6, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    unit_cost = models.BigIntegerField(_("unit cost"), null=True)
    rupiah = models.BigIntegerField(_("amount"))

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.row}: {self.rupiah}"
