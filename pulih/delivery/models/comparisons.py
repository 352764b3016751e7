"""Lists that people are compared with: who is dead, employed by the state, helped elsewhere.

An entry keeps a keyed hash of the number and nothing that could be read; people of an activity are
compared by `delivery_compare`, across the walls between provinces, and by nothing else.
"""

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep_without
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


class Delivered(models.Model):
    """What is said of a delivered list: what it holds, from whom, of which day, for which places.

    covers: provinces; none means the whole country. province: whose office delivered it; none for
    the ministry. sha256: of the file.
    """

    kind = models.CharField(_("kind of list"), max_length=16, choices=ListKind.choices)
    source = models.CharField(_("source"), max_length=160)
    as_of = models.DateField(_("as of"))
    covers = ArrayField(models.BigIntegerField(), verbose_name=_("covers"), default=list)
    province = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    delivered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(_("delivered"), default=timezone.now)

    class Meta:
        abstract = True


class ComparisonList(Delivered, AppendOnly):
    """A delivered list to compare with. Nothing is edited: a newer list takes its place.

    part_of: the first file of a list that did not fit one; all parts count together.
    """

    row_count = models.PositiveIntegerField(_("rows"))
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")

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


class ListFileState(models.TextChoices):
    WAITING = "waiting", _("being read")
    DONE = "done", _("taken")
    REFUSED = "refused", _("refused")


class ListFileQuerySet(models.QuerySet["ListFile"]):
    def visible_to(self, person: User) -> Self:
        """Keep those of the person's own office; the ministry sees all."""
        sight = person.sight
        return self if sight.country else self.filter(province_id__in=sight.provinces)


@keep_without("rows_read", "rows_expected", only_when_named=True)
class ListFile(Delivered):
    """A large file with a list, which the background reads; its content goes once it is read.

    rows_read, rows_expected: how far the reading is. attempts: how often it began; what brings the
    reader down is not tried for ever. problem: why the file was refused. faults: the first things
    that are wrong in its rows, in both languages, long numbers cut; fault_count: of all of them.
    made: the list that came of it.
    """

    is_part = models.BooleanField()
    file_name = models.CharField(_("file"), max_length=200)
    size_bytes = models.BigIntegerField()
    stored_name = models.CharField(max_length=120)
    state = models.CharField(
        _("state"), max_length=8, choices=ListFileState.choices, default=ListFileState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(default=0)
    problem_indonesian = models.CharField(max_length=400, blank=True)
    problem_en = models.CharField(max_length=400, blank=True)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    made = models.ForeignKey(ComparisonList, models.PROTECT, null=True, related_name="files")

    objects = ListFileQuerySet.as_manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256", "kind", "as_of", "covers", "province"],
                condition=Q(state="waiting"),
                nulls_distinct=False,
                name="delivery_list_file_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
