"""Matches (pencocokan): a frozen case, its answer, what other ways would have given."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise
from pulih.workflow import clock

from .groups import Group
from .needs import Need
from .products import Product


class RunState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SOLVING = "solving", _("being worked out")
    SOLVED = "solved", _("proposed")
    ADOPTED = "adopted", _("offered")
    FAILED = "failed", _("not worked out")


RUNNING = (RunState.WAITING, RunState.SOLVING)


@keep
class Run(models.Model):
    """One match. area: whose needs and makers it takes; firm_share, regency_share: percent.

    product: the one whose needs it takes; null: every product's. full_weeks: weeks of work that
    count as full help. tolerance: percent of the best fill that may be given up for more work;
    work_tolerance: of the best work, for lower cost. case_sha256: of the frozen case.
    explanation: as `pulih match` writes it. left_out: makers that the case leaves out, by
    reason.
    """

    title = models.CharField(_("title"), max_length=120)
    province = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    as_of = models.DateField(_("work from"))
    firm_share = models.PositiveSmallIntegerField(_("most of a product for one firm, %"), null=True)
    regency_share = models.PositiveSmallIntegerField(
        _("most of a product for one regency, %"), null=True
    )
    full_weeks = models.PositiveSmallIntegerField(_("weeks of work that help fully"), default=2)
    tolerance = models.PositiveSmallIntegerField(
        _("fill that may be given up for work, %"), default=0
    )
    work_tolerance = models.PositiveSmallIntegerField(
        _("work that may be given up for lower cost, %"), default=0
    )
    time_limit = models.PositiveSmallIntegerField(_("seconds"), default=20)
    # No machine of `workflow`: a worker takes it on; to offer, the one decision, has a constraint.
    state = models.CharField(max_length=7, choices=RunState.choices, default=RunState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    needs = models.PositiveIntegerField(default=0)
    makers = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    case_sha256 = models.CharField(max_length=64, blank=True)
    explanation: Any = models.JSONField(default=dict)
    baselines = models.JSONField(default=list)
    problem_indonesian = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    adopted_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="adopted", adopted_at__isnull=False)
                | (~Q(state="adopted") & Q(adopted_at=None)),
                name="market_run_is_adopted_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def area(self) -> Area | None:
        """The area whose needs and makers it takes; None is the country."""
        return self.regency or self.province

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class RunProgress(models.Model):
    """How far the working out of a match has come: written beside its transaction."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="progress")
    stage = models.CharField(max_length=4, blank=True)
    value = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    seconds = models.FloatField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.run_id} {self.stage}"


class RunCase(AppendOnly):
    """The frozen case of a match as a zip that `pulih match` reads once unpacked."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="frozen")
    case = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.run_id}"


class Consignment(AppendOnly):
    """All that one supplier would send to one need. Rupiah, whole."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="consignments")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    distance = models.CharField(max_length=8)
    quantity = models.BigIntegerField()
    firms = models.PositiveIntegerField()
    goods = models.BigIntegerField()
    fee = models.BigIntegerField()
    transport = models.BigIntegerField()
    ready_by = models.DateField()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(group=None) ^ Q(enterprise=None),
                name="market_consignment_has_one_supplier",
            ),
            models.UniqueConstraint(
                fields=["run", "need", "group", "enterprise"],
                nulls_distinct=False,
                name="market_consignment_one_a_supplier",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.group_id or self.enterprise_id}: {self.quantity}"

    @property
    def total(self) -> int:
        return self.goods + self.fee + self.transport

    @property
    def supplier(self) -> str:
        return str(self.group or self.enterprise)


class Part(AppendOnly):
    """One firm's units within a consignment, and its weeks of work. amount: rupiah."""

    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="parts")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, db_constraint=False, related_name="+"
    )
    quantity = models.BigIntegerField()
    lot = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    per_week = models.BigIntegerField()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consignment", "enterprise"], name="market_part_one_a_firm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.quantity}"


class Gate(AppendOnly):
    """How many makers of a need's product fall at which gate, alone."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="gates")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    gate = models.CharField(max_length=11)
    makers = models.PositiveIntegerField()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "need", "gate"], name="market_gate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.gate}: {self.makers}"
