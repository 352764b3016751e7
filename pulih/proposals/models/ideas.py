"""What a regency's office wants its province to propose."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.measures.models import Measure
from pulih.people.scoped import ScopedQuerySet

from .proposals import Proposal
from .rounds import Round


@keep
class Idea(models.Model):
    """An idea of a regency (gagasan daerah); its state is its last step, of the machine `idea`.

    rupiah: what the office guesses that it costs; None where it does not know. proposal: what took
    the idea up; several ideas may stand in one proposal.
    """

    number = models.CharField(_("number"), max_length=30, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="ideas")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("regency"))
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    need = models.TextField(_("what is needed and why"))
    people = models.PositiveIntegerField(_("participants"))
    rupiah = models.BigIntegerField(_("estimated cost"), null=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="ideas")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedQuerySet.as_manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(people__gte=1) & (Q(rupiah=None) | Q(rupiah__gte=0)),
                name="proposals_idea_is_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
