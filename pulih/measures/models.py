"""The catalogue of support (langkah strategis): reference data that planners keep, with history."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, valid_on
from pulih.audit.history import keep


class Purpose(models.TextChoices):
    """What the ministry wants of its measures: penumbuhan, pengembangan, penyebaran."""

    SEEDING = "seeding", _("Seeding of new enterprises")
    DEVELOPMENT = "development", _("Development of enterprises")
    DISPERSAL = "dispersal", _("Dispersal of industry")


class MeasureQuerySet(models.QuerySet["Measure"]):
    def usable_on(self, day: date) -> Self:
        """Keep the active measures whose validity covers `day`."""
        return self.filter(valid_on(day), is_active=True).order_by("code")


@keep
class Measure(models.Model):
    """One kind of support: what a unit is, how many make a batch, which accounts may pay for it.

    line_template: the parts of the line key that an adopted plan writes new lines with, by
    scheme (`{"2020": {"activity": …}, "2021": {…}}`). account_shares: percent by account.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_indonesian = models.CharField(_("name in Indonesian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    description = models.TextField(_("description in Indonesian"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    unit = models.CharField(_("unit in Indonesian"), max_length=40)
    unit_en = models.CharField(_("unit in English"), max_length=40)
    batch = models.PositiveIntegerField(_("units per batch"), default=1)
    setup_cost = models.BigIntegerField(_("set-up cost per regency, rupiah"), default=0)
    setup_source = models.TextField(_("source of the set-up cost"), blank=True)
    setup_verified = models.BooleanField(_("set-up cost verified"), default=False)
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose.choices)
    allowed_accounts = ArrayField(models.CharField(max_length=6), verbose_name=_("accounts"))
    line_template = models.JSONField(default=dict)
    account_shares = models.JSONField(default=dict)
    is_active = models.BooleanField(_("in use"), default=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = MeasureQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(batch__gte=1), name="measures_batch_is_one_or_more"),
            models.CheckConstraint(
                condition=Q(setup_cost__gte=0), name="measures_setup_cost_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="measures_measure_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if _is_english() else self.name_indonesian

    @property
    def unit_name(self) -> str:
        return self.unit_en if _is_english() else self.unit

    @property
    def words(self) -> str:
        """The description in the language of the page."""
        return self.description_en if _is_english() else self.description


class MeasureCostQuerySet(models.QuerySet["MeasureCost"]):
    def valid_on(self, day: date) -> Self:
        """Keep the costs that hold on `day`."""
        return self.filter(valid_on(day))


@keep
class MeasureCost(models.Model):
    """What a unit costs in an area from a day on; the most specific area wins, null: country."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="costs")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    unit_cost = models.BigIntegerField(_("cost per unit, rupiah"))
    source = models.TextField(_("source, or “assumed”"))
    verified = models.BooleanField(_("verified"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = MeasureCostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "area", "valid_from"],
                nulls_distinct=False,
                name="measures_cost_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(unit_cost__gt=0), name="measures_unit_cost_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="measures_cost_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.area_id}: {self.unit_cost}"


@keep
class MeasureEffect(models.Model):
    """How many firms one unit fully relieves in one need, with the source or "assumed"."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="effects")
    need = models.CharField(_("need"), max_length=40)
    relief = models.DecimalField(_("firms relieved per unit"), max_digits=7, decimal_places=3)
    source = models.TextField(_("source, or “assumed”"))
    verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "need"], name="measures_effect_one_a_need"),
            models.CheckConstraint(condition=Q(relief__gt=0), name="measures_relief_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.need}: {self.relief}"


def _is_english() -> bool:
    return (get_language() or "id").startswith("en")
