"""What an officer says of a payee whom the rule takes for something else."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly

from ..clock import now
from ..rules.parties import PartyKind
from .lines import BudgetQuerySet

PARTY_KINDS = (
    (PartyKind.BODY.value, _("body, whose name is published")),
    (PartyKind.PERSON.value, _("person, not named")),
    (PartyKind.LIST.value, _("list of people, not named")),
    (PartyKind.UNKNOWN.value, _("not certain, not named")),
)


class PartyRuling(AppendOnly):
    """The kind of one payee in one province, as an officer states it; the newest counts.

    digest: of the payee's text, however written (`rules.parties.digest_of`); no name is kept here.
    """

    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=7, choices=PARTY_KINDS)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _label in PARTY_KINDS]) & ~Q(reason=""),
                name="budget_party_ruling_says_all",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "digest", "-id"], name="budget_party_ruling"),
        ]

    def __str__(self) -> str:
        return f"{self.province_id} {self.kind}"
