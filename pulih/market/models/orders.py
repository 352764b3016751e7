"""Orders (pesanan): one consignment with its parts, from the offer to the receipt.

Triggers and constraints hold what must hold under any number of writers (`sql/orders.sql`).
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise
from pulih.workflow import clock

from ..states import OPEN
from .groups import Group
from .needs import Need, NeedTerms
from .runs import Run

AT_WORK = ("accepted", "confirmed", "sent", "partly", "received")
LIVE = ("offered", *AT_WORK)
ON_THE_WAY = ("confirmed", "sent", "partly")


class OrderQuerySet(ScopedQuerySet):
    def visible_to(self, person: User) -> Self:
        """Keep the orders whose supplier or whose buyer lies within one's reach."""
        sight = person.sight
        if sight.country:
            return self
        return self.filter(
            Q(regency_id__in=sight.regencies)
            | Q(province_id__in=sight.provinces)
            | Q(to_regency_id__in=sight.regencies)
            | Q(to_province_id__in=sight.provinces)
        )

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def to_hand_over(self, person: User) -> Self:
        """Keep the orders of makers in one's reach of which goods wait, or are on the way."""
        sight, rows = person.sight, self.filter(state__in=ON_THE_WAY)
        if sight.country:
            return rows
        return rows.filter(Q(regency_id__in=sight.regencies) | Q(province_id__in=sight.provinces))

    def full_needs(self) -> Any:
        """Return the open needs whose live orders already have the most suppliers."""
        rows = self.live().filter(need__state__in=OPEN).exclude(need__terms__max_suppliers=None)
        counted = rows.values("need").annotate(live=Count("pk"))
        full = counted.filter(live__gte=F("need__terms__max_suppliers"))
        return full.values_list("need", flat=True)

    def settled(self) -> Self:
        """Keep the orders whose supplier is not asked again: live, or declined on these terms."""
        declined = Q(state="declined", terms=F("need__terms"))
        return self.filter(Q(state__in=LIVE) | declined)


@keep
class Order(models.Model):
    """What one supplier sends to one need. Rupiah and units, whole.

    province, regency: of the supplier; to_…: of the buyer. work_from, ready_by: the days between
    which the parts are made. answer_until: the offer lapses then. sent, good, refused: units;
    sent_on: the day on which goods left last.
    bast: the newest hand-over that carries it; on_bast: units that hand-overs hold uncounted.
    waits_since, waits_until: the clock of its state; until is null once nobody has to act.
    """

    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="orders")
    need = models.ForeignKey(Need, models.PROTECT, related_name="orders")
    terms = models.ForeignKey(NeedTerms, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="orders")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="orders")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    to_province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    to_regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=9, default="offered")
    quantity = models.BigIntegerField(_("quantity"))
    goods = models.BigIntegerField()
    fee = models.BigIntegerField()
    transport = models.BigIntegerField()
    work_from = models.DateField()
    ready_by = models.DateField(_("ready by"))
    answer_until = models.DateTimeField(_("answer until"))
    sent = models.BigIntegerField(default=0)
    sent_on = models.DateField(_("sent on"), null=True)
    good = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    bast = models.CharField(max_length=60, blank=True)
    on_bast = models.BigIntegerField(default=0)
    waits_since = models.DateTimeField(_("waits since"), null=True)
    waits_until = models.DateTimeField(_("waits until"), null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(group=None) ^ Q(enterprise=None), name="market_order_has_one_supplier"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, good__gte=0, refused__gte=0, on_bast__gte=0)
                & Q(sent__lte=F("quantity"), sent__gte=F("good") + F("refused") + F("on_bast")),
                name="market_order_received_sent_ordered",
            ),
            models.CheckConstraint(
                condition=Q(goods__gte=0, fee__gte=0, transport__gte=0),
                name="market_order_money_is_not_negative",
            ),
            models.UniqueConstraint(
                fields=["need", "group", "enterprise"],
                condition=Q(state__in=LIVE),
                nulls_distinct=False,
                name="market_order_one_live_a_supplier",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="market_order_state"),
            models.Index(fields=["regency", "-id"], name="market_order_regency"),
            models.Index(fields=["to_regency", "-id"], name="market_order_to_regency"),
            models.Index(fields=["waits_until", "id"], name="market_order_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.supplier}: {self.quantity}"

    @property
    def supplier(self) -> str:
        return str(self.group or self.enterprise)

    @property
    def total(self) -> int:
        return self.goods + self.fee + self.transport

    @property
    def on_the_way(self) -> int:
        """Units that were sent, were not counted yet, and that no hand-over carries."""
        return self.sent - self.good - self.refused - self.on_bast


class OrderPart(AppendOnly):
    """One firm's units within an order, by its capacity when it was offered.

    free_from: the day from which it was free, if later than that of the order's work.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="parts")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="order_parts")
    quantity = models.BigIntegerField()
    amount = models.BigIntegerField()
    per_week = models.BigIntegerField()
    free_from = models.DateField(null=True)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "enterprise"], name="market_orderpart_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, per_week__gte=1, amount__gte=0),
                name="market_orderpart_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.quantity}"


class OrderStep(AppendOnly):
    """One move of an order: by a person, or by the holder of an access link, or by the clock."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=9)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.order_id}: {self.to_state}"


class Receipt(AppendOnly):
    """What came of an order on one day. receiver: a name that the buyer bore on that day.

    bast: the hand-over whose count this is; empty where it was typed here. A count that was
    corrected is a line of its own: good after all, and as many fewer refused, or the reverse.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="receipts")
    received_on = models.DateField()
    receiver = models.CharField(max_length=120)
    good = models.BigIntegerField()
    refused = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    bast = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(good__gte=0, refused=0)
                | (Q(good__gte=0, refused__gte=1) & ~Q(reason=""))
                | (Q(refused=-F("good")) & ~Q(good=0) & ~Q(reason="") & ~Q(bast="")),
                name="market_receipt_says_why_goods_are_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.good}"

    @property
    def is_correction(self) -> bool:
        return min(self.good, self.refused) < 0
