"""Spending units (satker) and their budget lines (baris POK) with the five amounts."""

from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, Level
from pulih.audit.history import keep, keep_without
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from ..rules.amounts import Amounts, total
from ..rules.guards import DECONCENTRATION, PHYSICAL
from ..rules.keys import PARTS, Funding, LineKey

BALANCES = ("ceiling", "blocked", "committed", "realised", "reserved")
CHAIN = ("sequence", "head", "latest_on")  # How far the line's entries go.


class Authority(models.TextChoices):
    """Whose money it is (kewenangan)."""

    DK = "DK", _("Deconcentration")
    TP = "TP", _("Assistance task")
    KP = "KP", _("Head office")
    KD = "KD", _("Regional office")
    UB = "UB", _("Shared affairs")


class BudgetQuerySet(models.QuerySet[Any]):
    """Rows of a province's budget: for those who may see budgets, within their reach."""

    def visible_to(self, person: User) -> Self:
        """Keep the rows that `person` may see; a regency's people see no budget."""
        return self._in_reach(person) if holds(person, Permission.SEE_BUDGET) else self.none()

    def described_to(self, person: User) -> Self:
        """Keep the rows whose descriptions `person` may read; stewards see none of their money."""
        return self._in_reach(person) if holds(person, Permission.SEE_DESCRIPTIONS) else self.none()

    def _in_reach(self, person: User) -> Self:
        if person.sight.country:
            return self
        return self.filter(province_id__in=person.sight.provinces)


@keep
class SpendingUnit(models.Model):
    """A provincial office as spender of state budget, by the treasury's unit code."""

    code = models.CharField(_("unit code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=160)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    authority = models.CharField(_("authority"), max_length=2, choices=Authority.choices)
    is_active = models.BooleanField(default=True)

    objects = BudgetQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """Return what tells it from others in a list: its province, or its name at the centre."""
        return self.name if self.province.level == "country" else self.province.name


class BudgetLineQuerySet(BudgetQuerySet):
    def of_provinces(self) -> Self:
        """Keep the lines of provincial units; the head office lies in no province."""
        return self.filter(province__level=Level.PROVINCE)

    def untagged(self) -> Self:
        """Keep the lines that no measure is named for, though a plan might move them."""
        return self.of_provinces().filter(measure=None, is_protected=False)

    def movable(self) -> Self:
        """Keep the lines that a plan may move: they name a measure and nobody protects them."""
        return self.of_provinces().filter(measure__isnull=False, is_protected=False)

    def blocked(self) -> Self:
        return self.filter(blocked__gt=0)

    def protected(self) -> Self:
        return self.filter(is_protected=True)

    def of_year(self, fiscal_year: int) -> Self:
        return self.filter(fiscal_year=fiscal_year)

    def totals(self) -> dict[str, int]:
        """Add up the five amounts of these lines, in rupiah."""
        return dict(self.aggregate(**{name: Coalesce(Sum(name), 0) for name in BALANCES}))

    def amounts_by(self, key: str, day: date, known: date | None = None) -> dict[Any, Amounts]:
        """Add up these lines as of `day`, as known on `known`, for each value of `key`.

        key: a field of a line, such as "pk" or "unit_id". Lines whose entries have all taken effect
        by `day` are read from their balances, the others from their entries; same figures, sooner.
        """
        found: dict[Any, Amounts] = {}
        if known is None:
            sums = [Sum(name) for name in BALANCES]
            settled = self.filter(latest_on__lte=day).order_by().values_list(key)
            for value, *amounts in settled.annotate(*sums):
                found[value] = Amounts(*map(int, amounts))
        moving = self.filter(latest_on__gt=day) if known is None else self
        entries = _entries().filter(line__in=moving.order_by().values("pk"))
        key = "line_id" if key in ("pk", "id") else f"line__{key}"
        for value, amounts in entries.amounts_by(key, day, known).items():
            found[value] = total([found.get(value, Amounts()), amounts])
        return found

    def there_on(self, day: date, known: date | None = None) -> Self:
        """Keep the lines that some document had opened by `day`, as known on `known`."""
        opened = _entries().filter(line=OuterRef("pk"), effective_on__lte=day).known_by(known)
        return self.filter(Exists(opened))

    def physical(self) -> Self:
        """Keep the deconcentration lines whose account was warned of as their year began."""
        starts = Q()
        for rule in PHYSICAL:
            until = {"fiscal_year__lte": rule.valid_to.year} if rule.valid_to else {}
            starts |= Q(account__startswith=rule.prefix, **until)
        return self.filter(starts, authority=DECONCENTRATION)

    def untagged_first(self) -> Self:
        """Add `place`: 0 for untagged money that could move, 1 for the rest."""
        is_open = Q(measure=None, is_protected=False, province__level=Level.PROVINCE)
        return self.annotate(
            place=Case(When(is_open, then=0), default=1, output_field=models.IntegerField())
        )


def _entries() -> Any:
    """Entries name their lines, so their table is asked for by name."""
    return apps.get_model("budget", "Entry")._default_manager


@keep_without(*BALANCES, *CHAIN, only_when_named=True)
class BudgetLine(models.Model):
    """One line down to its account. Its five balances move only through postings.

    The balances are kept by the function `budget_post` alone (a trigger refuses all others);
    their history is the entries.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="lines")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    authority = models.CharField(_("authority"), max_length=2, choices=Authority.choices)
    fund_source = models.CharField(_("fund source"), max_length=8, default="RM")
    programme = models.CharField(_("programme"), max_length=20, blank=True)
    activity = models.CharField(_("activity"), max_length=4)
    output = models.CharField(_("output"), max_length=3)
    suboutput = models.CharField(_("suboutput or RO"), max_length=3, blank=True)
    component = models.CharField(_("component"), max_length=3)
    subcomponent = models.CharField(_("subcomponent"), max_length=2)
    account = models.CharField(_("account"), max_length=6)
    line_key = models.CharField(_("line key"), max_length=30)
    detail = models.TextField(_("description"), blank=True)
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="lines"
    )
    is_protected = models.BooleanField(_("protected"), default=False)
    ceiling = models.BigIntegerField(_("ceiling"), default=0)
    blocked = models.BigIntegerField(_("blocked"), default=0)
    committed = models.BigIntegerField(_("committed"), default=0)
    realised = models.BigIntegerField(_("realised"), default=0)
    reserved = models.BigIntegerField(_("reserved"), default=0)
    sequence = models.PositiveIntegerField(default=0)  # How many entries the line has.
    head = models.BinaryField(max_length=32, null=True)  # The hash of the newest.
    latest_on = models.DateField(null=True)  # The last day on which one of them takes effect.

    objects = BudgetLineQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "unit",
                    "fiscal_year",
                    "authority",
                    "fund_source",
                    "programme",
                    "line_key",
                ],
                name="budget_line_once",
            ),
            models.CheckConstraint(
                condition=Q(realised__gte=0)
                & Q(realised__lte=F("committed"))
                & Q(committed__lte=F("ceiling") - F("blocked") - F("reserved"))
                & Q(blocked__gte=0)
                & Q(reserved__gte=0),
                name="budget_line_is_never_overspent",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "fiscal_year"], name="budget_line_province"),
            models.Index(fields=["fiscal_year", "unit", "line_key"], name="budget_line_order"),
        ]

    def __str__(self) -> str:
        return self.line_key

    @property
    def key(self) -> LineKey:
        return LineKey(*(getattr(self, name) for name in PARTS))

    @property
    def funding(self) -> Funding:
        return Funding(self.fund_source, self.programme, self.authority)

    @property
    def is_movable(self) -> bool:
        """The same as `movable()`, of one line that is read with its province."""
        is_open = self.measure_id is not None and not self.is_protected
        return is_open and self.province.level == Level.PROVINCE

    @property
    def amounts(self) -> Amounts:
        return Amounts(self.ceiling, self.blocked, self.committed, self.realised, self.reserved)
