"""Access links: an address that lets one person or party without an account do one thing."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep_without
from pulih.audit.models import AppendOnly
from pulih.people.scoped import ScopedQuerySet

LONGEST_HOLDER = 120
LONGEST_REASON = 200
MOST_SUBJECTS = 100


class LinkQuerySet(ScopedQuerySet):
    def open_at(self, moment: datetime) -> Self:
        """Keep the links that open at `moment`: begun, not over, not ended by an office."""
        return self.filter(revoked_at=None, valid_from__lte=moment, valid_to__gt=moment)


@keep_without("digest")
class Link(models.Model):
    """An address given to one person or party for one purpose, between two moments.

    subjects: keys of the rows that it opens, of the kind that its purpose means. digest: of the
    digest of the address (`address.py`), so that nobody can read a link out of this table.
    """

    is_link: ClassVar = True  # The record asks whether a person or a link acts.

    purpose = models.CharField(max_length=60)
    holder = models.CharField(_("given to"), max_length=LONGEST_HOLDER)
    subjects = ArrayField(models.BigIntegerField())
    digest = models.CharField(max_length=64, unique=True)
    valid_from = models.DateTimeField(_("opens"))
    valid_to = models.DateTimeField(_("until before"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    revoke_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="people_link_ends_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(subjects__len__gte=1, subjects__len__lte=MOST_SUBJECTS),
                name="people_link_has_subjects",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
                name="people_link_revoked_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.holder

    @property
    def area(self) -> Area | None:
        """Whose officers see this link; None for the country's."""
        return self.regency or self.province


class LinkUse(AppendOnly):
    """One use of a link. device: a random mark of the browser, so that forwarding shows."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        SENT = "sent", _("sent a form")

    link = models.ForeignKey(Link, models.PROTECT, related_name="uses")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    device = models.CharField(max_length=16)

    class Meta(AppendOnly.Meta):
        indexes: ClassVar = [models.Index(fields=["link", "at"], name="people_linkuse_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
