"""What an officer says of a payee whom the rule takes for something else."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..rules.parties import PartyKind
from .rulings import TextRuling

PARTY_KINDS = (
    (PartyKind.BODY.value, _("body, whose name is published")),
    (PartyKind.PERSON.value, _("person, not named")),
    (PartyKind.LIST.value, _("list of people, not named")),
    (PartyKind.UNKNOWN.value, _("not certain, not named")),
)


class PartyRuling(TextRuling):
    """The kind of one payee in one province, as an officer states it; the newest counts.

    digest: of the payee's text, however written (`rules.parties.digest_of`); no name is kept here.
    """

    kind = models.CharField(max_length=7, choices=PARTY_KINDS)

    class Meta(TextRuling.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _label in PARTY_KINDS]) & ~Q(reason=""),
                name="budget_party_ruling_says_all",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "digest", "-id"], name="budget_party_ruling"),
        ]
