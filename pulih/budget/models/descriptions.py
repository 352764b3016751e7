"""What an officer says of a text that may name a person, or that the rule takes for one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..rules.descriptions import DescriptionKind
from .rulings import TextRuling

DESCRIPTION_KINDS = (
    (DescriptionKind.THINGS.value, _("things or work, published as written")),
    (DescriptionKind.SOMEBODY.value, _("names a person, not published")),
    (DescriptionKind.UNKNOWN.value, _("not certain, not published")),
)


class DescriptionRuling(TextRuling):
    """What one text of one province speaks of, as an officer states it; the newest counts.

    digest: of the text, however written (`rules.descriptions.text_digest`); no text is kept here.
    """

    kind = models.CharField(max_length=8, choices=DESCRIPTION_KINDS)

    class Meta(TextRuling.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _label in DESCRIPTION_KINDS]) & ~Q(reason=""),
                name="budget_description_ruling_says_all",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "digest", "-id"], name="budget_description_ruling"),
        ]
