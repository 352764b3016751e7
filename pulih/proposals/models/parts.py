"""What a proposal consists of: rows of the cost plan, places with quotas, goods, attachments.

Each part counts its changes in `version`, so that two people at one draft notice each other.
"""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly

from .proposals import FOLLOWS_AMENDMENT, Proposal

# Their constructors state no types.
REFERENCING: Any = pgtrigger.Referencing
FUNC: Any = pgtrigger.Func


def frozen_with_proposal() -> pgtrigger.Trigger:
    """Refuse changes of a part of what has been sent, but by an amendment."""
    return pgtrigger.Trigger(
        name="frozen_with_proposal",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF EXISTS (SELECT 1 FROM proposals_proposal
                       WHERE id = coalesce(NEW.proposal_id, OLD.proposal_id)
                         AND state NOT IN ('draft', 'returned'))
                AND NOT {FOLLOWS_AMENDMENT.format(key="coalesce(NEW.proposal_id, OLD.proposal_id)")}
            THEN
                RAISE EXCEPTION 'proposals_frozen: nothing submitted is edited'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN coalesce(NEW, OLD);
        """,  # noqa: S608  Names of our own models.
    )


# What was asked for stays what it was when it was answered, whatever is amended afterwards.
UNDECIDED = """ AND NOT EXISTS (SELECT 1 FROM proposals_proposaldecision answer
                    WHERE answer.proposal_id = proposals_proposal.id)"""


def kept_sums(field: str, total: str, unless: str = "") -> list[pgtrigger.Trigger]:
    """Keep the sum of a part's `field` in the proposal's `total`, a statement at a time.

    unless: a condition, as SQL, for proposals whose total follows.
    """
    changed = {
        pgtrigger.Insert: ("new_rows", REFERENCING(new="new_rows")),
        pgtrigger.Delete: ("old_rows", REFERENCING(old="old_rows")),
        pgtrigger.Update: (
            "(SELECT proposal_id FROM new_rows UNION SELECT proposal_id FROM old_rows) touched",
            REFERENCING(old="old_rows", new="new_rows"),
        ),
    }
    return [
        pgtrigger.Trigger(
            name=f"sum_after_{str(operation).lower()}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=FUNC(
                f"""
                UPDATE proposals_proposal SET {total} = coalesce(
                    (SELECT sum({field}) FROM {{meta.db_table}}
                     WHERE proposal_id = proposals_proposal.id), 0)
                WHERE id IN (SELECT proposal_id FROM {rows}){unless};
                RETURN NULL;
                """  # noqa: S608  Names of our own models.
            ),
        )
        for operation, (rows, referencing) in changed.items()
    ]


class Part(models.Model):
    """One part of a draft. position: its place in the list, from 1."""

    proposal: Any
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ("position", "pk")
        triggers: ClassVar = [frozen_with_proposal()]


@keep
class CostRow(Part):
    """One row of the cost plan (RAB): up to four whole factors with units × unit cost, in rupiah.

    standard: code of the confirmed item of the standard unit costs, `none`, or empty. prices: a
    survey's three prices where no item fits, its paper in `survey`.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rows")
    text = models.CharField(_("text"), max_length=300, blank=True)
    account = models.CharField(_("account"), max_length=6, blank=True)
    counts = ArrayField(models.BigIntegerField(), verbose_name=_("numbers"), default=list, size=4)
    units = ArrayField(
        models.CharField(max_length=40, blank=True), verbose_name=_("units"), default=list, size=4
    )
    unit_cost = models.BigIntegerField(_("unit cost"), default=0)
    rupiah = models.BigIntegerField(_("amount"), default=0)
    standard = models.CharField(_("standard"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    prices = ArrayField(
        models.BigIntegerField(), verbose_name=_("prices"), default=list, blank=True, size=3
    )
    survey = models.ForeignKey(
        "proposals.Attachment", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Part.Meta):
        triggers: ClassVar = [
            frozen_with_proposal(),
            *kept_sums("rupiah", "asked_rupiah", UNDECIDED),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit_cost__gte=0, rupiah__gte=0), name="proposals_row_is_not_negative"
            ),
            models.CheckConstraint(
                # An empty calculation costs nothing; any other is the exact product.
                condition=RawSQL(
                    "rupiah = CASE WHEN cardinality(counts) = 0 THEN 0 ELSE unit_cost"
                    " * coalesce(counts[1], 1) * coalesce(counts[2], 1)"
                    " * coalesce(counts[3], 1) * coalesce(counts[4], 1) END",
                    (),
                    output_field=models.BooleanField(),
                ),
                name="proposals_row_is_its_product",
            ),
            models.CheckConstraint(
                condition=RawSQL(
                    "cardinality(counts) = cardinality(units) AND cardinality(counts) <= 4"
                    " AND 0 < ALL (counts) AND cardinality(prices) IN (0, 1, 2, 3)"
                    " AND 0 < ALL (prices)",
                    (),
                    output_field=models.BooleanField(),
                ),
                name="proposals_row_counts_whole_units",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.position}: {self.text}"


@keep
class Place(Part):
    """Where it takes place and how many come from there. site: address or building."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="places")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("regency"))
    site = models.CharField(_("place"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("participants"))

    class Meta(Part.Meta):
        triggers: ClassVar = [frozen_with_proposal(), *kept_sums("people", "people")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.regency_id}: {self.people}"


class Receiver(models.TextChoices):
    FIRM = "firm", _("the participants' firms")
    TASK_FORCE = "task_force", _("task force")
    HEALTH = "health", _("health facilities")
    PUBLIC = "public", _("public facilities")
    GOVERNMENT = "government", _("regional government")


@keep
class ProposedGood(Part):
    """Goods that come out, with their standard and who receives them."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="goods")
    text = models.CharField(_("goods"), max_length=200)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=40)
    standard = models.CharField(_("standard or specification"), max_length=200, blank=True)
    receiver = models.CharField(_("receiver"), max_length=10, choices=Receiver.choices)
    receiver_note = models.CharField(_("which ones"), max_length=200, blank=True)

    class Meta(Part.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.quantity} {self.unit} {self.text}"


class Attachment(AppendOnly):
    """A file that belongs to a proposal, kept under its hash and served only through it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="attachments")
    name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "sha256"], name="proposals_attachment_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
