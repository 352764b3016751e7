"""How participants are chosen: criteria, then the frozen list, then the seed, then the plan."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from .activities import Activity
from .applicants import Applicant


@keep
class Selection(models.Model):
    """One selection of an activity's participants; a trigger lets its steps only go on.

    criteria: as `rules.criteria.Criteria`; places: free ones by the key of a regency, as the list
    was frozen. digest: of the frozen list, public before the seed is drawn before two witnesses.
    explanation: what the core says of its plan. decree_number, decreed_on: of a decree of its own;
    empty where the first decree of the activity seats its chosen.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="selections")
    version = models.PositiveSmallIntegerField(_("version of the criteria"))
    criteria = models.JSONField()
    published_at = models.DateTimeField(_("criteria published"))
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    places = models.JSONField(default=dict)
    digest = models.CharField(_("digest of the list"), max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("list frozen"), null=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    seed = models.CharField(_("seed"), max_length=60, blank=True)
    witness = models.CharField(_("first witness"), max_length=120, blank=True)
    other_witness = models.CharField(_("second witness"), max_length=120, blank=True)
    drawn_at = models.DateTimeField(_("seed drawn"), null=True)
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    explanation = models.JSONField(default=dict)
    solved_at = models.DateTimeField(_("solved"), null=True)
    decreed_at = models.DateTimeField(_("decreed"), null=True)
    decree_number = models.CharField(_("number of the decree"), max_length=60, blank=True)
    decreed_on = models.DateField(_("day of the decree"), null=True)

    objects = models.Manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "version"], name="delivery_selection_version_once"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="delivery_frozen_list_has_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, seed="")
                | (
                    Q(frozen_at__isnull=False, drawn_at__gt=F("frozen_at"))
                    & ~Q(seed="") & ~Q(witness="") & ~Q(other_witness="")
                    & ~Q(witness=F("other_witness"))
                ),
                name="delivery_seed_after_the_list_before_two",
            ),
            models.CheckConstraint(
                condition=Q(solved_at=None) | Q(drawn_at__isnull=False),
                name="delivery_solved_after_the_draw",
            ),
            models.CheckConstraint(
                condition=Q(decreed_at=None) | Q(solved_at__isnull=False),
                name="delivery_decreed_after_the_plan",
            ),
            models.CheckConstraint(
                condition=Q(decree_number="", decreed_on=None)
                | (~Q(decree_number="") & Q(decreed_on__isnull=False, decreed_at__isnull=False)),
                name="delivery_own_decree_has_number_and_day",
            ),
            models.UniqueConstraint(
                fields=["activity", "decree_number"], condition=~Q(decree_number=""),
                name="delivery_own_decree_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.activity_id} {self.version}"


class SelectionEntry(AppendOnly):
    """One applicant as the list was frozen.

    code: as the public list names the application. household: a mark that its members share,
    which names nobody.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="entries")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="entries")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    code = models.CharField(_("application"), max_length=20)
    score = models.DecimalField(_("score"), max_digits=9, decimal_places=3)
    sex = models.CharField(max_length=1)
    has_disability = models.BooleanField()
    is_laid_off = models.BooleanField()
    household = models.CharField(max_length=40, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["selection", "code"], name="delivery_entry_code_once"),
            models.UniqueConstraint(
                fields=["selection", "applicant"], name="delivery_entry_applicant_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SelectionDecision(AppendOnly):
    """Why an entry was chosen or not, as the core says it. by: codes or rules in the way."""

    entry = models.OneToOneField(SelectionEntry, models.PROTECT, related_name="decision")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    is_chosen = models.BooleanField(_("chosen as a participant"))
    group = models.PositiveIntegerField(_("group"))
    place = models.PositiveIntegerField(_("place"), null=True)
    line = models.DecimalField(_("score line"), max_digits=9, decimal_places=3, null=True)
    reason = models.CharField(_("reason"), max_length=8)
    by = ArrayField(models.CharField(max_length=60), default=list)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.reason}"
