"""Posts that decide and do, and the persons who hold them by the day."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.web.words import say

from ..post_kinds import KINDS


@keep
class Post(models.Model):
    """A post of one area, such as the verifier of a province; `post_kinds.KINDS` has its words."""

    key = models.CharField(max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "area"], name="workflow_post_once"),
        ]

    def __str__(self) -> str:
        """Write it in the language of the page: `Verifikator · Jawa Barat`."""
        return f"{say(KINDS[self.key].label)} · {self.area.name}"


class PostHolderQuerySet(models.QuerySet["PostHolder"]):
    def on(self, day: date) -> Self:
        """Keep those who hold their post on `day`; the last day is the one before `until`."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


@keep
class PostHolder(models.Model):
    """A person in a post from one day until before another. PostgreSQL refuses two at once."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until before"), null=True, blank=True)

    objects = PostHolderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="workflow_holder_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"

    @property
    def may_end(self) -> bool:
        """Tell whether the term runs today or is to come, so that its end may still be set."""
        return self.until is None or self.until > timezone.localdate()
