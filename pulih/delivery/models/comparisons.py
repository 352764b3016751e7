"""Lists that people are compared with: who is dead, employed by the state, helped elsewhere.

An entry keeps a keyed hash of the number and nothing that could be read; people of an activity are
compared by `delivery_compare`, across the walls between provinces, and by nothing else.
"""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.models import User

from ..rules import checks


class ListKind(models.TextChoices):
    """What standing in a list, or its answer, says of a person."""

    CIVIL_REGISTRY = checks.CIVIL_REGISTRY, _("answers of the civil registry")
    CIVIL_SERVANTS = "civil_servants", _("civil servants")
    MILITARY_POLICE = "military_police", _("military and police")
    STATE_FIRMS = "state_firms", _("employees of state-owned firms")
    DECEASED = "deceased", _("deceased")
    OTHER_PROGRAMMES = "other_programmes", _("receivers of other programmes")
    CREDIT = "credit", _("receivers of bank credit")
    PAYMENTS = "payments", _("payments of this programme")


class RegistryAnswer(models.TextChoices):
    MATCH = checks.MATCH, _("matches")
    MISMATCH = checks.MISMATCH, _("does not match")
    DECEASED = checks.DECEASED, _("deceased")
    ABROAD = checks.ABROAD, _("moved abroad")


class ComparisonListQuerySet(models.QuerySet["ComparisonList"]):
    def visible_to(self, _person: User) -> Self:
        """Keep all: what a list is tells nothing of the people in it."""
        return self


class ComparisonList(AppendOnly):
    """A delivered list to compare with: what it holds, from whom, of which day, for which places.

    covers: provinces; none means the whole country. province: whose office delivered it; none for
    the ministry. sha256: of the file. part_of: the first file of a list that did not fit one; all
    parts count together. Nothing is edited: a newer list takes its place.
    """

    kind = models.CharField(_("kind of list"), max_length=16, choices=ListKind.choices)
    source = models.CharField(_("source"), max_length=160)
    as_of = models.DateField(_("as of"))
    covers = ArrayField(models.BigIntegerField(), verbose_name=_("covers"), default=list)
    province = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    row_count = models.PositiveIntegerField(_("rows"))
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    sha256 = models.CharField(max_length=64)
    delivered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(_("delivered"), default=timezone.now)

    objects = ComparisonListQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(source=""), name="delivery_comparison_list_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.source}"

    def is_of(self, province: int) -> bool:
        return not self.covers or province in self.covers


class ComparisonEntry(AppendOnly):
    """One number of a list, as its keyed hash. name_key: of the name that was asked about."""

    list = models.ForeignKey(ComparisonList, models.PROTECT, db_index=False, related_name="entries")
    nik_key = models.CharField(max_length=64)
    name_key = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=8, choices=RegistryAnswer.choices, blank=True)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nik_key", "list"], name="delivery_entry_once_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.pk}"
