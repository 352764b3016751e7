"""Enterprises joined, distinguished and split. Lineage is never re-pointed: all of it is overlay.

The merges in force are a forest: every merge hangs one enterprise under another, and
`Enterprise.merged_into` is the top of its tree. Taking a merge back removes one edge.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.inbox.models import SourceRecord

from .enterprises import Enterprise
from .linking import LinkRun
from .moving import ActQuerySet
from .reviews import Review


class InForceQuerySet(ActQuerySet):
    def in_force(self) -> Self:
        """Keep those that nobody took back."""
        return self.filter(undone_at=None)


@keep
class Merge(models.Model):
    """One enterprise hung under another, by a person or by a run."""

    kept = models.ForeignKey(Enterprise, models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Enterprise, models.PROTECT, related_name="merges_gone")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="merges")
    run = models.ForeignKey(LinkRun, models.PROTECT, null=True, related_name="merges")
    weight = models.FloatField(null=True)  # Bits, where a run weighed the pair.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    FIRMS: ClassVar[tuple[str, ...]] = ("kept_id", "merged_id")
    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="registry_merge_hangs_once"
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("merged")), name="registry_merge_of_two_enterprises"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class MergeMember(AppendOnly):
    """An enterprise that a merge moved, and where it had pointed before."""

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="members")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    before = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merge", "enterprise"], name="registry_mergemember_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} in {self.merge_id}"


@keep
class Separation(models.Model):
    """Two enterprises that a person distinguished: no run joins them or what they belong to."""

    first = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="separations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    FIRMS: ClassVar[tuple[str, ...]] = ("first_id", "second_id")
    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(undone_at=None),
                name="registry_separation_once",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="registry_separation_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


@keep
class SplitMove(models.Model):
    """A delivered row that counts for another enterprise than the one it was given."""

    source_record = models.ForeignKey(SourceRecord, models.PROTECT, related_name="split_moves")
    from_enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="splits_from")
    to_enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="splits_to")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    FIRMS: ClassVar[tuple[str, ...]] = ("from_enterprise_id", "to_enterprise_id")
    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_record"],
                condition=Q(undone_at=None),
                name="registry_splitmove_moved_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_record_id}: {self.from_enterprise_id} → {self.to_enterprise_id}"
