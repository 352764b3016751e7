"""What is made and asked for (produk): a dated list with units, words, codes and standards."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import valid_on
from pulih.audit.history import keep

from ..rules.capacity import Made
from ..rules.products import Vocabulary


class CountedIn(models.TextChoices):
    """What one unit of a product is, so that stated capacities can be turned into units."""

    PIECE = "piece", _("piece")
    PAIR = "pair", _("pair")
    KG = "kg", _("kilogram")
    LITER = "liter", _("litre")
    METER = "m", _("metre")


class ProductQuerySet(models.QuerySet["Product"]):
    def on(self, day: date) -> Self:
        """Keep the products that are listed on `day`, by name."""
        return self.filter(valid_on(day)).order_by("name_indonesian")

    def vocabulary(self) -> Vocabulary:
        """The words of every product, in the order of their codes."""
        listed = self.order_by("code").values_list("code", "name_indonesian", "name_en", "words")
        return Vocabulary.of((code, (*words, name, en)) for code, name, en, words in listed)


@keep
class Product(models.Model):
    """One product. gram: of one unit; usual_price: rupiah a unit where a maker stated none.

    most_per_day: units that one worker can make on one day at the very most.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_indonesian = models.CharField(_("name in Indonesian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    unit_indonesian = models.CharField(_("unit in Indonesian"), max_length=20)
    unit_en = models.CharField(_("unit in English"), max_length=20)
    measure = models.CharField(_("counted in"), max_length=5, choices=CountedIn.choices)
    gram = models.PositiveIntegerField(_("grams a unit"))
    kbli = models.CharField("KBLI", max_length=5)
    hs = models.CharField("HS", max_length=6, blank=True)
    most_per_day = models.PositiveIntegerField(_("most units a worker and day"))
    usual_price = models.BigIntegerField(_("usual price a unit, rupiah"))
    words = ArrayField(models.CharField(max_length=80), verbose_name=_("other words"))
    source = models.TextField(_("source, or “assumed”"))
    verified = models.BooleanField(_("verified"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = ProductQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gram__gte=1, most_per_day__gte=1, usual_price__gte=1),
                name="market_product_figures_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="market_product_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if is_english() else self.name_indonesian

    @property
    def unit(self) -> str:
        return self.unit_en if is_english() else self.unit_indonesian

    @property
    def made(self) -> Made:
        """What the reading of a capacity must know of it."""
        return Made(self.measure, self.gram, self.most_per_day)


@keep
class Standard(models.Model):
    """A standard or licence that buyers may demand of a product from a day on.

    accepts: kinds of certificate that satisfy it; one issued for the standard itself always does.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="standards")
    code = models.CharField(_("code"), max_length=40)
    name_indonesian = models.CharField(_("name in Indonesian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    accepts = ArrayField(models.CharField(max_length=40), verbose_name=_("certificates accepted"))
    source = models.TextField(_("source, or “assumed”"))
    verified = models.BooleanField(_("verified"), default=False)
    valid_from = models.DateField(_("exists from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "code", "valid_from"], name="market_standard_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="market_standard_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if is_english() else self.name_indonesian

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def is_english() -> bool:
    return (get_language() or "id").startswith("en")
