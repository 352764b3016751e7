"""Papers that a payment request (SPP) needs by the checklist of its accounts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.budget.clock import now
from pulih.budget.models import Posting
from pulih.budget.models.lines import BudgetQuerySet


class SupportingPaper(AppendOnly):
    """A paper that the office holds, or why it is not there; the newest edition counts.

    code: of `measures/data/documents.csv`. Without number and reason it is missing again.
    """

    request = models.ForeignKey(Posting, models.PROTECT, related_name="supporting_papers")
    edition = models.PositiveSmallIntegerField(default=1)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    code = models.SlugField(_("paper"), max_length=40)
    number = models.CharField(_("number of the paper"), max_length=80, blank=True)
    dated = models.DateField(_("dated"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "edition", "code"], name="treasury_supporting_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(number="", dated=None) | (~Q(number="") & Q(dated__isnull=False)),
                name="treasury_supporting_paper_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(reason=""),
                name="treasury_supporting_paper_is_there_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
