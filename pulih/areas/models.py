"""Areas as tables: surrogate ids, codes by scheme and date, and a dated closure.

The rows are those of `pulih.places`; `Area.id` is the key of the place there.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih import places

COUNTRY = 1


class Level(models.TextChoices):
    COUNTRY = "country", _("Country")
    PROVINCE = "province", _("Province")
    REGENCY = "regency", _("Regency or city")


def valid_on(day: date) -> Q:
    """Return the condition that a dated row holds on `day`; `valid_to` is the first day after."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


class AreaQuerySet(models.QuerySet["Area"]):
    def valid_on(self, day: date) -> Self:
        """Keep the areas that exist on `day`."""
        return self.filter(valid_on(day))

    def provinces(self, on: date) -> Self:
        """Keep the provinces of `on`: 34 in 2020, 38 since the end of 2022."""
        return self.valid_on(on).filter(level=Level.PROVINCE).order_by("sort_key")

    def regencies(self, on: date) -> Self:
        """Keep the 514 regencies and cities."""
        return self.valid_on(on).filter(level=Level.REGENCY).order_by("sort_key")

    def named_like(self, text: str, on: date) -> Self:
        """Keep the areas of `on` whose name has a word that begins so, or that are spelt so.

        `bandu` finds Kab. Bandung, `jabar` Jawa Barat; nothing typed keeps all.
        """
        words = " ".join(text.casefold().replace(".", " ").split())
        for prefix in ("kab ", "kabupaten ", "kota ", "provinsi "):
            words = words.removeprefix(prefix)
        begins = Q(sort_key__startswith=words) | Q(sort_key__contains=f" {words}")
        spelt = [one.key for one in places.candidates(text, on=on)]
        return self.valid_on(on).filter(begins | Q(pk__in=spelt)).order_by("sort_key")

    def within(self, area: "Area", on: date) -> Self:
        """Keep the areas that lie in `area` on `on`, itself included."""
        below = AreaClosure.objects.filter(valid_on(on), ancestor=area)
        return self.filter(pk__in=below.values("descendant"))


class Area(models.Model):
    """The country, a province or a regency, with the days between which it exists."""

    id = models.BigIntegerField(primary_key=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=80, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="areas_area_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaCode(models.Model):
    """The code of an area in one scheme; a number alone means nothing."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=10)
    code = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    verified = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "code", "valid_from"], name="areas_areacode_one_meaning_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class AreaClosure(models.Model):
    """`descendant` lies `depth` levels within `ancestor` between two days; each lies in itself."""

    ancestor = models.ForeignKey(Area, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Area, models.CASCADE, related_name="+")
    depth = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ancestor", "descendant"], name="areas_closure")]

    def __str__(self) -> str:
        return f"{self.descendant} in {self.ancestor}"
