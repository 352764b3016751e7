"""Goods as a ledger: what moved from where to where. A stock is the sum of the moves."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.budget.models import Posting
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from ..rules.goods import ROUTES
from .activities import Activity, Session


class Spot(models.TextChoices):
    """Where goods of an activity can lie."""

    STORE = "store", _("in store")
    WORKSHOP = "workshop", _("with the class")
    UNCHECKED = "unchecked", _("made, not yet checked")
    ON_THE_WAY = "on_the_way", _("on the way to a receiver")


class MoveKind(models.TextChoices):
    BOUGHT = "bought", _("bought")
    ISSUED = "issued", _("given to the class")
    RETURNED = "returned", _("given back by the class")
    USED = "used", _("used up in production")
    MADE = "made", _("made")
    PASSED = "passed", _("passed the check")
    SCRAPPED = "scrapped", _("scrapped")
    SENT = "sent", _("sent to a receiver")
    RECEIVED = "received", _("received")
    CAME_BACK = "came_back", _("came back")
    LOST_ON_THE_WAY = "lost_on_way", _("lost on the way")
    UNRECEIVED = "unreceived", _("count corrected: not received")
    UNRETURNED = "unreturned", _("count corrected: did not come back")
    UNLOST = "unlost", _("count corrected: not lost")
    LOST = "lost", _("lost from the store")


@keep
class Item(models.Model):
    """Something that an activity buys or makes, counted in one unit.

    standard: the one that it was made by, such as SNI 8914:2020; empty where there was none yet.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="items")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20)
    standard = models.CharField(_("standard of the product"), max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "name"], name="delivery_item_once_an_activity"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _place(*, null: bool = False) -> Any:
    """Return the column of a place that goods.sql holds to that of the item.

    A foreign key of its own would let all who move goods at once lock the row of one province.
    """
    return models.ForeignKey(
        Area, models.PROTECT, null=null, db_index=False, db_constraint=False, related_name="+"
    )


class Stock(models.Model):
    """How much of an item lies at a spot, and what it cost; only a move changes it (goods.sql)."""

    item = models.ForeignKey(  # Found by delivery_stock_once_a_spot, which begins with it.
        Item, models.PROTECT, db_index=False, related_name="stocks"
    )
    province = _place()
    regency = _place(null=True)
    spot = models.CharField(max_length=10, choices=Spot.choices)
    quantity = models.BigIntegerField(default=0)
    value = models.BigIntegerField(default=0)  # Rupiah.
    since = models.DateField(null=True)  # The first day on which anything came to the spot.

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "spot"], name="delivery_stock_once_a_spot"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, value__gte=0), name="delivery_stock_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.spot}: {self.quantity}"


class Move(AppendOnly):
    """One movement of an item. from_spot, to_spot: empty where it comes in or goes out for good.

    value: whole rupiah; of what goes out, its share of the spot's value, so that nothing of what
    was paid is lost or counted twice. payment: the SP2D that paid for what was bought; paid_by: the
    same in the ledger, where the activity names the unit that pays.
    """

    item = models.ForeignKey(  # Found by delivery_moves_of_item, which begins with it.
        Item, models.PROTECT, db_index=False, related_name="moves"
    )
    province = _place()
    regency = _place(null=True)
    kind = models.CharField(max_length=11, choices=MoveKind.choices)
    from_spot = models.CharField(max_length=10, choices=Spot.choices, blank=True)
    to_spot = models.CharField(max_length=10, choices=Spot.choices, blank=True)
    quantity = models.BigIntegerField()
    value = models.BigIntegerField(default=0)
    day = models.DateField()
    payment = models.CharField(max_length=40, blank=True)
    paid_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    handover = models.ForeignKey(
        "delivery.Handover", models.PROTECT, null=True, related_name="moves"
    )
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, value__gte=0), name="delivery_move_moves_something"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    *(
                        Q(kind=kind, from_spot=route.source, to_spot=route.target)
                        for kind, route in ROUTES.items()
                    ),
                    _connector=Q.OR,
                ),
                name="delivery_move_takes_the_way_of_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[kind for kind, way in ROUTES.items() if way.needs_reason])
                | ~Q(reason=""),
                name="delivery_move_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind="bought") | ~Q(payment=""), name="delivery_move_names_payment"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["item", "id"], name="delivery_moves_of_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"


class Batch(AppendOnly):
    """What was made of an item at once: by whom, by which standard, and out of what.

    makers: keys of the classes that made it together. standard: with its version, as it held on
    that day; empty where there was none yet. used: the material; None where none was named.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="batches")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    made = models.OneToOneField(Move, models.PROTECT, related_name="batch")
    used = models.OneToOneField(Move, models.PROTECT, null=True, related_name="+")
    makers = ArrayField(models.BigIntegerField())
    standard = models.CharField(_("standard of the product"), max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.item_id}: {self.made_id}"
