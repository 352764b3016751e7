"""What an officer states of a text, on all rows of one province that say the same."""

from typing import Any

from django.conf import settings
from django.db import models

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly

from ..clock import now
from .lines import BudgetQuerySet


class TextRuling(AppendOnly):
    """One statement, with its reason; the newest of a province and a text counts.

    digest: of the text, however it is written; the text itself is not kept, for it may name
    somebody. kind: a field that each kind of statement adds, with its own choices.
    """

    kind: Any
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.province_id} {self.kind}"
