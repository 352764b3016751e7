"""Values that an officer fixed: they hold through later files and merges until they are ended."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.number_fields import TextWithNumbers

from .enterprises import Enterprise
from .moving import ActQuerySet


class PinQuerySet(ActQuerySet):
    def in_force(self) -> Self:
        """Keep those that nobody ended."""
        return self.filter(ended_at=None)


@keep
class Pin(models.Model):
    """One attribute of one enterprise with the value it is to have, and why."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="pins")
    attribute = models.CharField(_("attribute"), max_length=30)
    value = TextWithNumbers(_("value"), blank=True)  # Blank: to be left empty.
    reason = models.TextField(_("reason"))
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    FIRMS: ClassVar[tuple[str, ...]] = ("enterprise_id",)
    objects = PinQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "attribute"],
                condition=Q(ended_at=None),
                name="registry_pin_one_an_attribute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id}.{self.attribute}"
